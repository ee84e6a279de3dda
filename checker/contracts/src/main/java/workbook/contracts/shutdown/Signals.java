package workbook.contracts.shutdown;

import java.util.List;
import java.util.Set;
import workbook.checker.TimedWaits;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.shutdown.StopSignal;

/** What signals do. */
final class Signals {

  private Signals() {}

  static void firstSignal(Trial trial, ShutdownSignalContract page) {
    trial.setUp("a signal while the host runs; the host ends later");
    var real = new RealSignals();
    trial.afterwards(real::takenByNow);
    for (var signal : StopSignal.values()) {
      var waits = TimedWaits.fromNowOn();
      var bench = page.bench(trial);
      var run = bench.running();
      bench.process.signal(signal);
      bench.expectAsked("after " + signal);
      trial.expectWaiting("run waits for the end of the host", run);
      trial.expect("calls of halt: none", bench.process.halts(), List.of());
      bench.expectNoLimit(waits);
      bench.host.ends();
      bench.expectCode("after " + signal + " and a good end", run, 0);
    }
    trial.expect(
        "signals of this JVM that are taken, past the process that was handed in: none",
        real.takenByNow(),
        List.of());
    trial.expectNotWritten(
        "signals and the exit are heard through the process that was handed in",
        page.getClass(),
        Set.of("java/lang/Runtime.addShutdownHook", "sun/misc/Signal.handle"));
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
    trial.setUp("SIGTERM in the moment when signals are first heard");
    var process = new FakeProcess(trial);
    process.signalAtOnce(StopSignal.SIGTERM);
    var early = new SignalBench(trial, page::create, process);
    var runEarly = early.run();
    early.expectAsked("before it starts, or while it does");
    early.host.ends();
    early.expectCode("when the host has ended well", runEarly, 0);
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
    trial.setUp("two signals while the start of the host waits at a gate");
    var starting = page.bench(trial);
    starting.host.startingAt(trial.gate());
    starting.running();
    expectHalt(starting, List.of(StopSignal.SIGTERM, StopSignal.SIGINT));
    trial.setUp("somebody calls System.exit; the host does not end; then come two signals");
    var exiting = page.bench(trial);
    exiting.running();
    exiting.process.exit();
    trial.lookAt("join", "run");
    exiting.expectAsked("when the JVM exits");
    trial.lookAt();
    expectHalt(exiting, List.of(StopSignal.SIGINT, StopSignal.SIGTERM));
  }

  private static void expectHalt(SignalBench bench, List<StopSignal> two) {
    two.forEach(bench.process::signal);
    int code = two.getLast().exitCode();
    bench.trial.expect(
        "codes handed to halt after %s and %s: %d".formatted(two.getFirst(), two.getLast(), code),
        bench.process.halts(),
        List.of(code));
    bench.host.ends();
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
