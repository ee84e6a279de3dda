package workbook.contracts.shutdown;

import java.util.List;
import workbook.checker.TimedWaits;
import workbook.checker.Trial;
import workbook.shutdown.StopSignal;

/** An exit that somebody calls, which is the last chance for an orderly stop. */
final class Exits {

  private Exits() {}

  static void exit(Trial trial, ShutdownSignalContract page) {
    trial.setUp("somebody calls System.exit; the host ends later, once well, once not");
    for (boolean well : new boolean[] {true, false}) {
      var waits = TimedWaits.fromNowOn();
      var bench = page.bench(trial);
      bench.running();
      var exit = bench.process.exit();
      bench.expectAsked("when the JVM exits");
      trial.expectWaiting("the exit waits for the end of the host", exit);
      bench.expectNoLimit(waits);
      if (well) {
        bench.host.ends();
      } else {
        bench.host.fails(new IllegalStateException("invariant broken"));
      }
      trial.lookAt("join", "run");
      trial.expectReturn("the exit goes on when the host has ended", exit);
      trial.lookAt();
    }
    trial.setUp("the host has ended and run has returned; then somebody calls System.exit");
    var bench = page.bench(trial);
    var run = bench.running();
    bench.host.ends();
    bench.expectCode("when the host has ended well", run, 0);
    trial.expectReturn("the exit goes on at once", bench.process.exit());
    exitDuringStart(trial, page);
    exitAndSignal(trial, page);
  }

  private static void exitDuringStart(Trial trial, ShutdownSignalContract page) {
    trial.setUp("somebody calls System.exit while the start of the host waits at a gate");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.host.startingAt(gate);
    bench.running();
    var exit = bench.process.exit();
    bench.expectAsked("when the JVM exits");
    trial.expectWaiting("the exit waits for the end of the host", exit);
    gate.open();
    bench.host.ends();
    trial.expectReturn("the exit goes on when the host has ended", exit);
  }

  private static void exitAndSignal(Trial trial, ShutdownSignalContract page) {
    for (boolean exitFirst : new boolean[] {true, false}) {
      trial.setUp(
          exitFirst
              ? "somebody calls System.exit; then comes one SIGTERM; the host ends later"
              : "one SIGTERM; then somebody calls System.exit; the host ends later");
      var bench = page.bench(trial);
      bench.running();
      if (!exitFirst) {
        bench.process.signal(StopSignal.SIGTERM);
      }
      var exit = bench.process.exit();
      if (exitFirst) {
        bench.expectAsked("when the JVM exits");
        bench.process.signal(StopSignal.SIGTERM);
      }
      trial.expectWaiting("the exit waits for the end of the host", exit);
      trial.expect(
          "calls of halt, since there was one signal: none", bench.process.halts(), List.of());
      bench.host.ends();
      trial.expectReturn("the exit goes on when the host has ended", exit);
    }
  }
}
