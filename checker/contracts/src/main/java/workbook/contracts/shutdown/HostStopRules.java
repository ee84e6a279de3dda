package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.LifecycleListener;

/** The rules of how a host stops when it is asked to, be it early or late. */
abstract class HostStopRules extends HostStartRules {

  /** A contract is stateless. */
  HostStopRules() {}

  /** A signal may come before the start. */
  @Rule(
      number = "4.16",
      says =
          "A host asked to stop before it was started MUST end well at once, and its start MUST"
              + " start nothing.",
      check =
          "what requestStop does when there is nothing to stop; that start remembers that it was"
              + " asked",
      lookAt = "requestStop")
  void stopBeforeStart(Trial trial) {
    trial.setUp("requestStop; then start");
    var bench = bench(trial);
    bench.requestStop();
    bench.expectGoodEnd();
    trial.expectReturn("start returns normally", bench.callStart("starter"));
    trial.settle();
    trial.expect("no service was started, none stopped", bench.staff.events(), List.of());
  }

  /** A signal may come during the start, and a service may ask for the stop itself. */
  @Rule(
      number = "4.17",
      says =
          "A host asked to stop while it starts MUST start no further service, stop those that were"
              + " started, and end well.",
      check =
          "that the loop in start looks each time whether it should go on; that the stop does not"
              + " begin before the service in progress has started, nor its time; who begins it"
              + " then; that requestStop does not wait for a lock that start holds",
      lookAt = "start")
  void stopDuringStart(Trial trial) {
    for (boolean itself : new boolean[] {true, false}) {
      trial.setUp(
          "services a, b, c; the start of b waits at a gate for 5 s; meanwhile "
              + (itself ? "b itself" : "another thread")
              + " asks the host to stop");
      stopDuringStart(trial, itself);
    }
  }

  private void stopDuringStart(Trial trial, boolean itself) {
    var gate = trial.gate();
    var bench = bench(trial);
    bench.b.atStart(
        _ -> {
          if (itself) {
            trial.note("requestStop");
            bench.host.requestStop();
          }
          gate.pass();
        });
    var start = bench.callStart("starter");
    bench.staff.expect(
        "nothing is stopped while b is starting", "a starts", "a started", "b starts");
    if (!itself) {
      bench.requestStop();
    }
    trial.expectWaiting("start waits for b", start);
    trial.advanceTo(trial.time().millis() + 5_000);
    gate.open();
    trial.expectReturn("start returns normally", start);
    bench.expectGoodEnd();
    bench.staff.expect(
        "c is not started, b and a are stopped",
        "a starts",
        "a started",
        "b starts",
        "b started",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped");
    bench.expectStopWithin();
  }

  /** Whoever asks does not wait; whoever wants to wait has the completion. */
  @Rule(
      number = "4.18",
      says =
          "requestStop MUST return at once; the services MUST be stopped within stopWithin, and the"
              + " completion MUST wait for the last of them.",
      check =
          "that requestStop hands the work to a thread of the host's own; that the services are"
              + " stopped through the sequence; where the completion is completed",
      lookAt = "requestStop")
  void requestStop(Trial trial) {
    trial.setUp(
        "a host that may take 10 s to stop is asked to after an hour; the stop of a waits at a"
            + " gate");
    var gate = trial.gate();
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
    bench.expectStopWithin();
    gate.open();
    bench.expectGoodEnd();
    bench.expectAllStopped();
  }

  /** However many ask, there is one stop. */
  @Rule(
      number = "4.19",
      says =
          "However often, from wherever and whenever it is asked for, there MUST be one stop, and"
              + " all MUST see the same end.",
      check =
          "that looking whether the stop has begun and beginning it are one step; that a service, a"
              + " listener and a second caller may ask in the middle of it; that a completion is"
              + " the same for all",
      lookAt = "requestStop")
  void oneStop(Trial trial) {
    trial.setUp(
        "two threads ask for the stop, one after the other; then a listener does, b in its stop,"
            + " and one more thread after the end");
    var gate = trial.gate();
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
    trial.expectReturn("requestStop returns", bench.callRequestStop("stopper 1"));
    trial.expectReturn(
        "requestStop of the second caller returns", bench.callRequestStop("stopper 2"));
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

    @SuppressWarnings("NullAway.Init") // set before the host starts
    volatile HostBench bench;

    @Override
    public void stopping() {
      if (first.getAndSet(false)) {
        bench.host.requestStop();
      }
    }
  }

  /** A service that wants to end the application is a thread that the stop will wait for. */
  @Rule(
      number = "4.20",
      says =
          "A service MUST be able to ask for the stop from its own thread: requestStop MUST NOT"
              + " stop services on it.",
      check =
          "that requestStop does not wait for the end; that no service is stopped on the thread"
              + " that calls requestStop",
      lookAt = "requestStop")
  void fromAServicesThread(Trial trial) {
    trial.setUp("a thread of c's asks the host to stop; the stop of c waits for that thread's end");
    var bench = bench(trial).started();
    var gate = trial.gate();
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

  /** Whoever waits for the end hears what went wrong. */
  @Rule(
      number = "4.21",
      says = "A failure to stop MUST be what the completion fails with.",
      check = "what happens to an exception of the stop sequence, and to an Error",
      lookAt = "completion")
  void failingStop(Trial trial) {
    trial.setUp("the stop of b fails, once with an exception, once with an Error");
    for (var failure : List.of(new IOException("disk full"), new AssertionError("no page"))) {
      var bench = bench(trial).started();
      bench.b.atStop(_ -> fail(failure));
      bench.requestStop();
      bench.expectFailure("the completion fails with it", failure);
      bench.expectAfterStart(
          "all are stopped", "c stops", "c stopped", "b stops", "b fails", "a stops", "a stopped");
    }
  }
}
