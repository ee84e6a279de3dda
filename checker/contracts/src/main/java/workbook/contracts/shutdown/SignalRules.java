package workbook.contracts.shutdown;

import java.util.List;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;
import workbook.shutdown.StopSignal;

/** The rules of what signals do. */
abstract class SignalRules {

  private static final int MOST_SCHEDULES = 1_000;

  /** A contract is stateless. */
  SignalRules() {}

  /**
   * Makes the runner under test.
   *
   * @param process how it hears that it should end
   * @return a new runner
   */
  protected abstract HostRunner create(HostProcess process);

  final SignalBench bench(Trial trial) {
    return new SignalBench(trial, this::create);
  }

  /** A signal is a request. */
  @Rule(
      number = "4.36",
      says = "The first signal, SIGTERM or SIGINT, MUST ask the host to stop, and do no more.",
      check =
          "that the action asks the host and does not wait for it; that both signals are treated"
              + " alike",
      lookAt = "run")
  void firstSignal(Trial trial) {
    trial.setUp("a signal while the host runs; the host ends later");
    for (var signal : StopSignal.values()) {
      var bench = bench(trial);
      var run = bench.running();
      bench.process.signal(signal);
      bench.expectAsked("after " + signal);
      trial.expectWaiting("run waits for the end of the host", run);
      trial.expect("calls of halt: none", bench.process.halts(), List.of());
      bench.host.ends();
      bench.expectCode("after " + signal + " and a good end", run, 0);
    }
  }

  /** Starts may take long, and supervisors have little patience. */
  @Rule(
      number = "4.37",
      says = "A signal that comes while the host starts MUST ask it to stop.",
      check = "that signals are heard from before the host is started",
      lookAt = "run")
  void signalDuringStart(Trial trial) {
    trial.setUp("SIGTERM while the start of the host waits at a gate");
    var gate = trial.gate();
    var bench = bench(trial);
    bench.host.startingAt(gate);
    var run = bench.running();
    bench.process.signal(StopSignal.SIGTERM);
    bench.expectAsked("while it starts");
    gate.open();
    bench.host.ends();
    bench.expectCode("when the host has ended well", run, 0);
  }

  /** Whoever asks twice does not want to wait. */
  @Rule(
      number = "4.38",
      says = "A second signal, of whichever kind, MUST halt at once with 128 and its number.",
      check =
          "what tells the first signal from the second; that of two different signals the second is"
              + " the second, too; halt, not exit, which waits",
      lookAt = "run")
  void secondSignal(Trial trial) {
    trial.setUp("two signals while the host runs; the host does not end");
    for (var first : StopSignal.values()) {
      for (var second : StopSignal.values()) {
        var bench = bench(trial);
        bench.running();
        bench.process.signal(first);
        trial.expect("calls of halt after " + first + ": none", bench.process.halts(), List.of());
        bench.process.signal(second);
        trial.expect(
            "codes handed to halt after %s and %s: %d".formatted(first, second, second.exitCode()),
            bench.process.halts(),
            List.of(second.exitCode()));
        bench.host.ends(); // only a played process goes on from here: let it come to its end
        trial.settle();
      }
    }
  }

  /** Whoever presses Ctrl-C twice may do it fast. */
  @Rule(
      number = "4.50",
      says =
          "Of two signals at the same time one MUST ask the host to stop, and the other MUST halt.",
      check =
          "what tells the first signal from the second: looking and marking are one step,"
              + " compareAndSet or a lock",
      lookAt = "run")
  void twoSignals(Trial trial) {
    trial.setUp(
        "a host that runs; SIGTERM and SIGINT, in every order of the steps of their actions");
    var mine = trial.subject(create(new FakeProcess(trial)));
    var twin = InstrumentingLoader.twin(this, mine.getClass());
    trial.expectInEveryOrder(
        "the host is asked to stop, and halt is called once",
        Interleavings.from(() -> new SignalRace(trial, twin::create))
            .actor("SIGTERM", race -> race.process.deliver(StopSignal.SIGTERM))
            .actor("SIGINT", race -> race.process.deliver(StopSignal.SIGINT))
            .check(race -> race.expectOneRequestAndOneHalt())
            .cleanUp(SignalRace::end)
            .atMost(2, MOST_SCHEDULES));
  }
}
