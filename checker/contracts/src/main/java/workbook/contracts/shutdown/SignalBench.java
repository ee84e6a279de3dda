package workbook.contracts.shutdown;

import java.util.List;
import java.util.function.Function;
import workbook.checker.Caller;
import workbook.checker.TimedWaits;
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
    this(trial, maker, new FakeProcess(trial));
  }

  /** In this process, which may have plans of its own. */
  SignalBench(Trial trial, Function<HostProcess, HostRunner> maker, FakeProcess process) {
    this.trial = trial;
    this.process = process;
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

  /** How long the end of a host may take is the host's own matter. */
  void expectNoLimit(TimedWaits waits) {
    trial.settle();
    trial.expect(
        "limits of run's own for the end of the host: none", List.copyOf(host.limits), List.of());
    trial.expect(
        "threads that wait with a time limit of their own: none", waits.names(), List.of());
  }

  void expectCode(String expected, Caller<Integer> run, int code) {
    trial.expect(
        "the exit code " + expected + ": " + code,
        trial.expectReturn("run returns " + expected, run),
        code);
  }
}
