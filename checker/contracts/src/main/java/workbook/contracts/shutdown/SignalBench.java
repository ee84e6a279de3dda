package workbook.contracts.shutdown;

import java.util.function.Function;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;

/** A runner under test, in a process and with a host that are played by the rule. */
final class SignalBench {

  final Trial trial;
  final FakeProcess process;
  final FakeHost host;
  final HostRunner runner;

  SignalBench(Trial trial, Function<HostProcess, HostRunner> maker) {
    this.trial = trial;
    this.process = new FakeProcess(trial);
    this.host = new FakeHost(trial);
    this.runner = trial.subject(maker.apply(process));
  }

  Caller<Integer> run() {
    return trial.start("main", () -> runner.run(host));
  }

  Caller<Integer> running() {
    var run = run();
    trial.expectSoon("the host is started", () -> host.starts.get() > 0, () -> "it is not");
    trial.expectWaiting("run waits for the end of the host", run);
    return run;
  }

  void expectAsked(String when) {
    trial.expectSoon(
        "the host is asked to stop " + when,
        () -> host.requests.get() > 0,
        () -> "requestStop was not called");
  }

  void expectCode(String expected, Caller<Integer> run, int code) {
    trial.expect(
        "the exit code " + expected + ": " + code,
        trial.expectReturn("run returns " + expected, run),
        code);
  }
}
