package workbook.contracts.shutdown;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import workbook.checker.Trial;
import workbook.shutdown.CrashPolicy;

/** What a host makes of services whose work ends by itself. */
final class Crashes {

  private Crashes() {}

  static void crash(Trial trial, HostContract page) {
    trial.setUp(
        "crashes stop the host; the work of b fails; during the stop, the work of c ends with a"
            + " CancellationException, that of a fails, and so does the stop of a");
    var bench = page.bench(trial).started();
    var crash = new IllegalStateException("invariant broken");
    var second = new IllegalStateException("jobs lost");
    var later = new IOException("disk full");
    bench.c.atStop(_ -> bench.c.work.completeExceptionally(new CancellationException("stopped")));
    bench.a.atStop(
        _ -> {
          bench.a.work.completeExceptionally(second);
          throw later;
        });
    bench.crash(bench.b, crash);
    bench.expectFailure("the completion fails with the crash", crash);
    bench.expectAfterStart(
        "all are stopped, b, too",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a fails");
    expectLogged(trial, crash);
    var suppressed = List.of(crash.getSuppressed());
    trial.expectThat(
        "the failures of a's work and of a's stop are suppressed in the crash, and no cancellation",
        Set.copyOf(suppressed).equals(Set.of(second, later)),
        "suppressed: " + Trial.describe(suppressed));
    anError(trial, page);
    sameFailure(trial, page);
    onItsOwnThread(trial, page);
    HostRaces.crashesUnderARace(trial, page);
  }

  /** A stop on the thread that crashes would wait for that very thread. */
  private static void onItsOwnThread(Trial trial, HostContract page) {
    trial.setUp(
        "crashes stop the host; the work of b fails on a thread of b's; the stop of b waits for"
            + " that thread's end");
    var bench = page.bench(trial).started();
    var crash = new IllegalStateException("invariant broken");
    var gate = trial.gate();
    var own =
        trial.start(
            "b's own thread",
            () -> {
              gate.pass();
              trial.note("the work of b fails");
              bench.b.work.completeExceptionally(crash);
              return "normally";
            });
    bench.b.atStop(
        _ -> {
          if (Thread.currentThread() == own.thread()) {
            bench.staff.happens("b is stopped on its own thread");
          } else {
            own.thread().join();
          }
        });
    gate.open();
    trial.expectReturn("b's own thread goes on when its work has failed", own);
    bench.expectFailure("the completion fails with the crash", crash);
    bench.expectAllStopped();
  }

  private static void anError(Trial trial, HostContract page) {
    trial.setUp(
        "crashes stop the host; the work of b fails with an Error that has a cause, in no"
            + " wrapping");
    var bench = page.bench(trial);
    bench.b.completesItself();
    bench.started();
    var crash = new AssertionError("no driver", new IOException("no file"));
    bench.crash(bench.b, crash);
    bench.expectFailure("the completion fails with the Error", crash);
    bench.expectAllStopped();
    expectLogged(trial, crash);
  }

  private static void sameFailure(Trial trial, HostContract page) {
    trial.setUp("crashes stop the host; the work of b fails, and its stop throws the same object");
    var bench = page.bench(trial).started();
    var crash = new IllegalStateException("invariant broken");
    bench.b.atStop(_ -> Staff.fail(crash));
    bench.crash(bench.b, crash);
    bench.expectFailure("the completion fails with the crash", crash);
    trial.expect(
        "nothing is suppressed in it, not even itself", List.of(crash.getSuppressed()), List.of());
  }

  private static void expectLogged(Trial trial, Throwable cause) {
    trial.expectThat(
        "a warning or an error is logged with the cause attached",
        trial.log().hasWarningWith(cause),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /** A service may fail as soon as it runs, while the others are still to be started. */
  static void crashDuringStart(Trial trial, HostContract page) {
    trial.setUp("the work of b has failed by the time its start returns");
    var bench = page.bench(trial);
    var crash = new IllegalStateException("invariant broken");
    bench.b.atStart(_ -> bench.b.work.completeExceptionally(crash));
    trial.expectReturn("start returns normally", bench.callStart("starter"));
    bench.expectFailure("the completion fails with the crash", crash);
    var events = bench.staff.events();
    for (var name : List.of("a", "b", "c")) {
      trial.expectThat(
          "what was started is stopped",
          events.contains(name + " stopped") == events.contains(name + " started"),
          HostBench.shown(events));
    }
    whileAnotherStarts(trial, page, CrashPolicy.STOP_HOST);
  }

  /** From its start on a service is watched, however long the others take for theirs. */
  private static void whileAnotherStarts(Trial trial, HostContract page, CrashPolicy policy) {
    boolean stops = policy == CrashPolicy.STOP_HOST;
    trial.setUp(
        "crashes %s; the work of a fails while the start of b waits at a gate"
            .formatted(stops ? "stop the host" : "are ignored"));
    var gate = trial.gate();
    var bench = page.bench(trial, policy);
    var crash = new IllegalStateException("invariant broken");
    bench.b.atStart(_ -> gate.pass());
    var start = bench.callStart("starter");
    bench.staff.expect("b is starting", "a starts", "a started", "b starts");
    bench.crash(bench.a, crash);
    trial.settle();
    expectLogged(trial, crash);
    gate.open();
    trial.expectReturn("start returns normally", start);
    if (stops) {
      bench.expectFailure("the completion fails with the crash", crash);
      bench.staff.expect(
          "c is not started; b and a are stopped",
          "a starts",
          "a started",
          "b starts",
          "b started",
          "b stops",
          "b stopped",
          "a stops",
          "a stopped");
    } else {
      bench.expectRunning("the host runs all the same");
      bench.expectAfterStart("c is started");
      bench.requestStop();
      bench.expectGoodEnd();
    }
  }

  static void ignoredCrash(Trial trial, HostContract page) {
    trial.setUp("crashes are ignored; the work of b fails; later, the host is asked to stop");
    var bench = page.bench(trial, CrashPolicy.IGNORE).started();
    var crash = new IllegalStateException("invariant broken");
    bench.crash(bench.b, crash);
    bench.expectRunning("the host runs on");
    bench.expectAfterStart("nothing is stopped");
    expectLogged(trial, crash);
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAllStopped();
    trial.setUp("crashes are ignored; the work of b has failed by the time its start returns");
    var starting = page.bench(trial, CrashPolicy.IGNORE);
    starting.b.atStart(_ -> starting.b.work.completeExceptionally(crash));
    starting.started();
    starting.expectRunning("the host runs all the same");
    starting.requestStop();
    starting.expectGoodEnd();
    starting.expectAllStopped();
    whileAnotherStarts(trial, page, CrashPolicy.IGNORE);
  }

  static void workDone(Trial trial, HostContract page) {
    trial.setUp("the work of b ends normally; later, the host is asked to stop");
    var bench = page.bench(trial).started();
    trial.note("the work of b ends");
    bench.b.work.complete(null);
    bench.expectRunning("the host runs on");
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAllStopped();
  }

  /** To stop means to cancel: a service that says so has done what it was asked for. */
  static void cancellationAskedFor(Trial trial, HostContract page) {
    trial.setUp("when it is stopped, the work of b ends with a CancellationException");
    var bench = page.bench(trial).started();
    bench.b.atStop(_ -> bench.b.work.completeExceptionally(new CancellationException("stopped")));
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAllStopped();
    trial.expect("no warning, no error in the log", trial.log().at(Level.WARN), List.of());
  }

  /**
   * A time-out that a library reports as a cancellation is not the host's doing, and a stop is no
   * excuse for other failures.
   */
  static void otherFailures(Trial trial, HostContract page) {
    trial.setUp(
        "a host whose b ends with a CancellationException out of the blue; another, whose b fails"
            + " with an IllegalStateException while it is stopped");
    var first = page.bench(trial).started();
    var cancelled = new CancellationException("time-out in a library");
    first.crash(first.b, cancelled);
    first.expectFailure("the first host ends with the cancellation", cancelled);
    first.expectAllStopped();
    var second = page.bench(trial).started();
    var failure = new IllegalStateException("jobs lost");
    second.b.atStop(_ -> second.b.work.completeExceptionally(failure));
    second.requestStop();
    second.expectFailure("the second host ends with the failure", failure);
    second.expectAllStopped();
  }
}
