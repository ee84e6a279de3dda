package workbook.checker.shutdown;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import workbook.checker.Gate;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.LifecycleListener;
import workbook.shutdown.CrashPolicy;

/** The rules of how a host stops, and why. */
abstract class HostStopRules extends HostStartRules {

  /** A contract is stateless. */
  HostStopRules() {}

  /**
   * Whoever asks does not wait; whoever wants to wait has the completion.
   *
   * <p>If this fails, check: that requestStop hands the work to a thread of the host's own; that
   * the services are stopped through the sequence; where the completion is completed.
   */
  @Rule(
      number = "4.18",
      says =
          "requestStop MUST return at once; the services MUST be stopped within stopWithin, and the"
              + " completion MUST wait for the last of them.",
      lookAt = "requestStop")
  void requestStop(Trial trial) {
    trial.setUp(
        "a host that may take 10 s to stop is asked to after an hour; the stop of a waits at a"
            + " gate");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = bench(trial).started();
    bench.a.atStop(_ -> gate.pass());
    trial.advanceTo(3_600_000);
    bench.requestStop();
    bench.expectAfterStart(
        "c and b are stopped, a is asked",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops");
    bench.expectRunning("the host has not ended while a is stopping");
    trial.expect("the time that the sequence was given, in ms: 10000", bench.stopWithin, 10_000L);
    gate.open();
    bench.expectGoodEnd();
    bench.expectAllStopped();
  }

  /**
   * However many ask, there is one stop.
   *
   * <p>If this fails, check: that looking whether the stop has begun and beginning it are one step;
   * that a service, a listener and a second caller may ask in the middle of it; that a completion
   * is the same for all.
   */
  @Rule(
      number = "4.19",
      says =
          "However often, from wherever and whenever it is asked for, there MUST be one stop, and"
              + " all MUST see the same end.",
      lookAt = "requestStop")
  void oneStop(Trial trial) {
    trial.setUp(
        "two threads ask for the stop, then a listener, b in its stop, and one more after the end");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var asking = new Asking();
    var bench = bench(trial, asking);
    asking.bench = bench;
    bench.started();
    var first = new AtomicBoolean(true); // or one that stops again and again never ends
    bench.b.atStop(
        _ -> {
          if (first.getAndSet(false)) {
            bench.host.requestStop();
          }
        });
    bench.c.atStop(_ -> gate.pass());
    var before = bench.host.completion().toCompletableFuture();
    var one = bench.callRequestStop("stopper 1");
    var other = bench.callRequestStop("stopper 2");
    trial.expectReturn("requestStop returns", one);
    trial.expectReturn("requestStop of the second caller returns", other);
    bench.expectAfterStart("c is stopping, once", "c stops");
    trial.expectReturn("requestStop during the stop returns", bench.callRequestStop("stopper 3"));
    gate.open();
    bench.expectGoodEnd();
    bench.requestStop();
    bench.expectAllStopped();
    trial.expect("the sequence was run this often: 1", bench.sequences.get(), 1);
    trial.expectSoon(
        "who asked for the completion before sees the same end",
        before::isDone,
        () -> "it is open");
  }

  /** Asks for the stop when it first hears of it. */
  private static final class Asking implements LifecycleListener {

    private final AtomicBoolean first = new AtomicBoolean(true);
    volatile HostBench bench;

    @Override
    public void stopping() {
      if (first.getAndSet(false)) {
        bench.host.requestStop();
      }
    }
  }

  /**
   * A service that wants to end the application is a thread that the stop will wait for.
   *
   * <p>If this fails, check: that requestStop does not wait for the end; that no service is stopped
   * on the thread that calls requestStop.
   */
  @Rule(
      number = "4.20",
      says =
          "A service MUST be able to ask for the stop from its own thread: requestStop MUST NOT"
              + " stop services on it.",
      lookAt = "requestStop")
  void fromAServicesThread(Trial trial) {
    trial.setUp("a thread of c's asks the host to stop; the stop of c waits for that thread's end");
    var bench = bench(trial).started();
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var own =
        trial.start(
            "c's own thread",
            () -> {
              gate.pass();
              trial.note("requestStop");
              bench.host.requestStop();
              return "normally";
            });
    bench.c.atStop(
        _ -> {
          if (Thread.currentThread() == own.thread()) {
            bench.staff.happens("c is stopped on its own thread");
          } else {
            own.thread().join();
          }
        });
    gate.open();
    trial.expectReturn("requestStop returns on c's own thread", own);
    bench.expectGoodEnd();
    bench.expectAllStopped();
  }

  /**
   * Whoever waits for the end hears what went wrong.
   *
   * <p>If this fails, check: what happens to an exception of the stop sequence.
   */
  @Rule(
      number = "4.21",
      says = "A failure to stop MUST be what the completion fails with.",
      lookAt = "completion")
  void failingStop(Trial trial) {
    trial.setUp("the stop of b fails");
    var bench = bench(trial).started();
    var failure = new IOException("disk full");
    bench.b.atStop(
        _ -> {
          throw failure;
        });
    bench.requestStop();
    bench.expectFailure("the completion fails with it", failure);
    bench.expectAfterStart(
        "all are stopped", "c stops", "c stopped", "b stops", "b fails", "a stops", "a stopped");
  }

  /**
   * Half an application is worse than none.
   *
   * <p>If this fails, check: that the completion of each service is watched; that its failure is
   * logged, asks for the stop, and is kept; that a later failure is suppressed in it; the wrapping
   * in a CompletionException.
   */
  @Rule(
      number = "4.22",
      says =
          "A service whose work fails MUST stop the host: the cause is logged, and the completion"
              + " fails with it.",
      lookAt = "start")
  void crash(Trial trial) {
    trial.setUp("crashes stop the host; the work of b fails, then the stop of a");
    var bench = bench(trial).started();
    var crash = new IllegalStateException("invariant broken");
    var later = new IOException("disk full");
    bench.a.atStop(
        _ -> {
          throw later;
        });
    trial.note("the work of b fails");
    bench.b.work.completeExceptionally(crash);
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
    trial.expectThat(
        "the failure of a's stop is suppressed in the crash",
        Stream.of(crash.getSuppressed()).anyMatch(each -> each == later),
        "suppressed: " + Trial.describe(List.of(crash.getSuppressed())));
  }

  private static void expectLogged(Trial trial, Throwable cause) {
    trial.expectThat(
        "a warning or an error is logged with the cause attached",
        trial.log().hasWarningWith(cause),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /**
   * A service may fail as soon as it runs, while the others are still to be started.
   *
   * <p>If this fails, check: that each service is watched from its start on, and not from the end
   * of the host's start; what becomes of a stop that is asked for meanwhile.
   */
  @Rule(
      number = "4.23",
      says = "A service whose work fails while the host starts MUST stop the host just the same.",
      lookAt = "start")
  void crashDuringStart(Trial trial) {
    trial.setUp("the work of b has failed by the time its start returns");
    var bench = bench(trial);
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
  }

  /**
   * The application's author may choose to do without a service.
   *
   * <p>If this fails, check: where the policy is asked; that the failure is logged all the same.
   */
  @Rule(
      number = "4.24",
      says = "With IGNORE a crash MUST be logged, the host MUST run on, and its end MUST be good.",
      lookAt = "start")
  void ignoredCrash(Trial trial) {
    trial.setUp("crashes are ignored; the work of b fails; later, the host is asked to stop");
    var bench = bench(trial, CrashPolicy.IGNORE).started();
    var crash = new IllegalStateException("invariant broken");
    trial.note("the work of b fails");
    bench.b.work.completeExceptionally(crash);
    bench.expectRunning("the host runs on");
    bench.expectAfterStart("nothing is stopped");
    expectLogged(trial, crash);
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAllStopped();
  }

  /**
   * Work may be done one day.
   *
   * <p>If this fails, check: that only an exceptional completion is a crash.
   */
  @Rule(
      number = "4.25",
      says = "A service whose work ends normally MUST NOT stop the host.",
      lookAt = "start")
  void workDone(Trial trial) {
    trial.setUp("the work of b ends normally; later, the host is asked to stop");
    var bench = bench(trial).started();
    trial.note("the work of b ends");
    bench.b.work.complete(null);
    bench.expectRunning("the host runs on");
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAllStopped();
  }

  /**
   * To stop means to cancel: a service that says so has done what it was asked for.
   *
   * <p>If this fails, check: what is told apart when the work of a service ends with a
   * CancellationException; that it is unwrapped before it is looked at.
   */
  @Rule(
      number = "4.26",
      says = "A cancellation after the host was asked to stop MUST be no failure, also in the log.",
      lookAt = "start")
  void cancellationAskedFor(Trial trial) {
    trial.setUp("when it is stopped, the work of b ends with a CancellationException");
    var bench = bench(trial).started();
    bench.b.atStop(_ -> bench.b.work.completeExceptionally(new CancellationException("stopped")));
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAllStopped();
    trial.expect("no warning, no error in the log", trial.log().at(Level.WARN), List.of());
  }

  /**
   * A time-out that a library reports as a cancellation is not the host's doing, and a stop is no
   * excuse for other failures.
   *
   * <p>If this fails, check: that a cancellation is excused only when the host was asked to stop
   * before; that nothing else is excused then.
   */
  @Rule(
      number = "4.27",
      says =
          "A cancellation that nobody asked for MUST count as a crash, and so MUST any other"
              + " failure while the host stops.",
      lookAt = "start")
  void otherFailures(Trial trial) {
    trial.setUp(
        "a host whose b ends with a CancellationException out of the blue; another, whose b fails"
            + " with an IllegalStateException while it is stopped");
    var first = bench(trial).started();
    var cancelled = new CancellationException("time-out in a library");
    first.b.work.completeExceptionally(cancelled);
    first.expectFailure("the first host ends with the cancellation", cancelled);
    first.expectAllStopped();
    var second = bench(trial).started();
    var failure = new IllegalStateException("jobs lost");
    second.b.atStop(_ -> second.b.work.completeExceptionally(failure));
    second.requestStop();
    second.expectFailure("the second host ends with the failure", failure);
    second.expectAllStopped();
  }
}
