package workbook.contracts.shutdown;

import java.util.List;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.shutdown.StopSignal;

/** What signals do. */
final class Signals {

  private Signals() {}

  static void firstSignal(Trial trial, ShutdownSignalContract page) {
    trial.setUp("a signal while the host runs; the host ends later");
    for (var signal : StopSignal.values()) {
      var bench = page.bench(trial);
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
  static void signalDuringStart(Trial trial, ShutdownSignalContract page) {
    trial.setUp("SIGTERM while the start of the host waits at a gate");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.host.startingAt(gate);
    var run = bench.running();
    bench.process.signal(StopSignal.SIGTERM);
    bench.expectAsked("while it starts");
    gate.open();
    bench.host.ends();
    bench.expectCode("when the host has ended well", run, 0);
  }

  static void secondSignal(Trial trial, ShutdownSignalContract page) {
    trial.setUp("two signals while the host runs; the host does not end");
    for (var first : StopSignal.values()) {
      for (var second : StopSignal.values()) {
        var bench = page.bench(trial);
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
  static void twoSignals(Trial trial, ShutdownSignalContract page) {
    trial.setUp(
        "a host that runs; SIGTERM and SIGINT, in every order of the steps of their actions");
    var mine = trial.subject(page.create(new FakeProcess(trial)));
    var twin = InstrumentingLoader.twin(page, mine.getClass());
    trial.expectInEveryOrder(
        "the host is asked to stop, and halt is called once",
        Interleavings.from(() -> new SignalRace(trial, twin::create))
            .actor("SIGTERM", race -> race.process.deliver(StopSignal.SIGTERM))
            .actor("SIGINT", race -> race.process.deliver(StopSignal.SIGINT))
            .check(race -> race.expectOneRequestAndOneHalt())
            .cleanUp(SignalRace::end));
  }
}
