package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;

/** The threads of a stop: the caller, those that it leaves, and those of other stops. */
final class StopThreads {

  private StopThreads() {}

  /** Half a stop is none, so an interrupt does not end it; and it is not forgotten. */
  static void interruptOfTheCaller(Trial trial, OrderlyStopContract page) {
    trial.setUp("c waits at a gate; the caller of stop is interrupted before or during the wait");
    for (boolean before : new boolean[] {false, true}) {
      var gate = trial.gate();
      var bench = page.bench(trial);
      bench.c.atStop(_ -> gate.pass());
      var flag = new AtomicBoolean();
      var stop =
          trial.start(
              before ? "stopper, interrupted before" : "stopper",
              () -> {
                if (before) {
                  Thread.currentThread().interrupt();
                }
                bench.stopAll();
                flag.set(Thread.currentThread().isInterrupted());
                return "normally";
              });
      bench.staff.expect("c is asked to stop", "c stops");
      if (!before) {
        trial.note("interrupt the caller of stop");
        stop.thread().interrupt();
      }
      trial.expectWaiting("stop waits for c all the same", stop);
      bench.expectNotInterrupted(bench.c);
      gate.open();
      trial.expectReturn("stop returns when all have ended", stop);
      bench.staff.expect(
          "all are stopped",
          "c stops",
          "c stopped",
          "b stops",
          "b stopped",
          "a stops",
          "a stopped");
      trial.expectThat("the interrupt flag is set again", flag.get(), "the interrupt is lost");
    }
    interruptedTwice(trial, page);
  }

  private static void interruptedTwice(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c never ends, b needs 400 ms; the caller of stop is"
            + " interrupted at 5 s and again at 6 s");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.c.atStop(_ -> gate.pass());
    bench.b.atStop(_ -> bench.sleep(400));
    var flag = new AtomicBoolean();
    var stop =
        trial.start(
            "stopper",
            () -> {
              try {
                return bench.stopAll();
              } finally {
                flag.set(Thread.currentThread().isInterrupted());
              }
            });
    bench.staff.expect("c is asked to stop", "c stops");
    for (int at = 5_000; at <= 6_000; at += 1_000) {
      trial.advanceTo(at);
      trial.note("interrupt the caller of stop");
      stop.thread().interrupt();
      trial.expectWaiting("stop waits for c all the same", stop);
    }
    trial.advanceTo(10_499);
    bench.staff.expect("c is waited for until the grace is over", "c stops");
    trial.advanceTo(10_500);
    bench.staff.expectAmong("c is given up on when it is over, and b is asked", "b stops");
    trial.advanceTo(10_899);
    trial.expectWaiting("stop waits for b, too", stop);
    trial.advanceTo(10_900);
    trial.expectThrow("stop throws when all have ended", stop, TimeoutException.class);
    trial.expectThat(
        "the interrupt flag is set again, also when stop throws",
        flag.get(),
        "the interrupt is lost");
  }

  static void nothingLeft(Trial trial, OrderlyStopContract page) {
    trial.setUp("a, b and c stop at once, b with a failure");
    var bench = page.bench(trial);
    bench.b.atStop(_ -> Staff.fail(new IOException("disk full")));
    trial.watchThreads();
    trial.expectThrow("stop throws", bench.stop(), IOException.class);
    trial.expectNoNewThread("no thread is left");
    trial.setUp("c ignores the interrupt and is given up on; it ends later");
    var gate = trial.gate();
    var late = page.bench(trial);
    late.c.atStop(_ -> StopBench.passInTheEnd(gate));
    var stop = late.stop();
    late.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(10_500);
    trial.expectThrow("stop throws", stop, TimeoutException.class);
    gate.open();
    trial.expectNoNewThread("no thread is left when c has ended, too");
  }

  static void stopsOfTheirOwn(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "one sequence; a stop of c waits at a gate; meanwhile a stop of b fails, a stop of a does"
            + " not, and a second stop of b fails");
    var gate = trial.gate();
    var bench = page.bench(trial);
    var failure = new IOException("disk full");
    bench.c.atStop(_ -> gate.pass());
    bench.b.atStop(_ -> Staff.fail(failure));
    var waiting = bench.stop("stopper of c", bench.c);
    bench.staff.expect("c is asked to stop", "c stops");
    var thrown =
        trial.expectThrow(
            "the stop of b throws while that of c waits",
            bench.stop("stopper of b", bench.b),
            Throwable.class);
    trial.expectThat(
        "it throws the failure of b", thrown == failure, Trial.describe(thrown) + " was thrown");
    trial.expectReturn(
        "the stop of a returns normally, after the one that failed",
        bench.stop("stopper of a", bench.a));
    trial.expectThrow(
        "the stop of b throws again", bench.stop("stopper of b", bench.b), IOException.class);
    trial.expectWaiting("the stop of c waits", waiting);
    gate.open();
    trial.expectReturn("the stop of c returns normally", waiting);
  }
}
