package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;
import workbook.hosting.LifecycleListener;

/** How a host stops when it is asked to, be it early or late. */
final class HostStops {

  private HostStops() {}

  /** A signal may come before the start. */
  static void stopBeforeStart(Trial trial, HostContract page) {
    trial.setUp("requestStop; then start");
    var bench = page.bench(trial);
    bench.requestStop();
    bench.expectGoodEnd();
    trial.expectReturn("start returns normally", bench.callStart("starter"));
    trial.settle();
    trial.expect("no service was started, none stopped", bench.staff.events(), List.of());
  }

  /** A signal may come during the start, and a service may ask for the stop itself. */
  static void stopDuringStart(Trial trial, HostContract page) {
    for (boolean itself : new boolean[] {true, false}) {
      trial.setUp(
          "services a, b, c; the start of b waits at a gate for 5 s; meanwhile "
              + (itself ? "b itself" : "another thread")
              + " asks the host to stop");
      stopDuringStart(trial, page, itself);
    }
  }

  private static void stopDuringStart(Trial trial, HostContract page, boolean itself) {
    var gate = trial.gate();
    var bench = page.bench(trial);
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

  static void requestStop(Trial trial, HostContract page) {
    trial.setUp(
        "a host that may take 10 s to stop is asked to after an hour; the stop of a waits at a"
            + " gate");
    var gate = trial.gate();
    var bench = page.bench(trial).started();
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

  static void oneStop(Trial trial, HostContract page) {
    trial.setUp(
        "two threads ask for the stop, one after the other; then a listener does, b in its stop,"
            + " and one more thread after the end");
    var gate = trial.gate();
    var asking = new Asking();
    var bench = page.bench(trial, asking);
    asking.bench = bench;
    trial.lookAt("requestStop");
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
    trial.expect("runs of the sequence: 1", bench.sequences.get(), 1);
    trial.expectSoon(
        "who asked for the completion before sees the same end",
        before::isDone,
        () -> "it is open");
    for (var event : List.of("started", "stopping", "stopped")) {
      askedWhileListening(trial, page, event);
    }
    askedAtTheEnd(trial, page);
  }

  /** No lock is held while others are told: they may take their time. */
  private static void askedWhileListening(Trial trial, HostContract page, String event) {
    trial.setUp("a listener waits at a gate when it hears " + event + "; another thread asks");
    trial.lookAt(event.equals("started") ? "start" : "requestStop");
    var gate = trial.gate();
    var heard = new CountDownLatch(1);
    var bench =
        page.bench(
            trial,
            new LifecycleListener() {
              @Override
              public void started() {
                hear("started");
              }

              @Override
              public void stopping() {
                hear("stopping");
              }

              @Override
              public void stopped() {
                hear("stopped");
              }

              private void hear(String what) {
                if (what.equals(event)) {
                  heard.countDown();
                  StopBench.passInTheEnd(gate);
                }
              }
            });
    var start = bench.callStart("starter");
    trial.settle();
    if (!event.equals("started")) {
      trial.expectReturn("start returns", start);
      bench.requestStop();
    }
    trial.expectSoon(
        "the listener hears " + event, () -> heard.getCount() == 0, () -> "it does not");
    trial.expectReturn(
        "requestStop returns while the listener is at it", bench.callRequestStop("another"));
    gate.open();
    trial.expectReturn("start returns", start);
    bench.expectGoodEnd();
    trial.expect("runs of the sequence: 1", bench.sequences.get(), 1);
  }

  private static void askedAtTheEnd(Trial trial, HostContract page) {
    trial.setUp("what depends on the completion waits for another thread, which asks for the stop");
    var bench = page.bench(trial).started();
    var asked = new CountDownLatch(1);
    bench
        .host
        .completion()
        .whenComplete(
            (_, _) -> {
              var another = Thread.ofVirtual().name("another").start(bench.host::requestStop);
              try {
                another.join();
                asked.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    bench.requestStop();
    trial.lookAt("complete", "requestStop");
    trial.expectSoon(
        "requestStop returns, though the completion tells others of its end",
        () -> asked.getCount() == 0,
        () -> "it waits");
    bench.expectGoodEnd();
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
  static void fromAServicesThread(Trial trial, HostContract page) {
    trial.setUp("a thread of c's asks the host to stop; the stop of c waits for that thread's end");
    var bench = page.bench(trial).started();
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

  static void failingStop(Trial trial, HostContract page) {
    trial.setUp("the stop of b fails, once with an exception, once with an Error");
    for (var failure : List.of(new IOException("disk full"), new AssertionError("no page"))) {
      var bench = page.bench(trial).started();
      bench.b.atStop(_ -> Staff.fail(failure));
      bench.requestStop();
      bench.expectFailure("the completion fails with it", failure);
      bench.expectAfterStart(
          "all are stopped", "c stops", "c stopped", "b stops", "b fails", "a stops", "a stopped");
    }
  }

  /** A host leaves no thread behind, whatever way it goes. */
  static void nothingLeft(Trial trial, HostContract page) {
    trial.setUp("a host is started and stopped; another one fails to start");
    trial.watchThreads();
    var bench = page.bench(trial).started();
    bench.requestStop();
    bench.expectGoodEnd();
    trial.expectNoNewThread("no thread is left after the stop");
    var failing = page.bench(trial);
    failing.c.atStart(_ -> failing.staff.fail("c fails", new IOException("port in use")));
    trial.expectThrow("start throws", failing.callStart("starter"), IOException.class);
    trial.expectNoNewThread("no thread is left after the failed start");
    trial.setUp("a host is asked to stop before it is started; then start is called");
    var early = page.bench(trial);
    early.requestStop();
    early.expectGoodEnd();
    trial.expectReturn("start returns normally", early.callStart("starter"));
    trial.expectNoNewThread("no thread is left after the early stop");
  }
}
