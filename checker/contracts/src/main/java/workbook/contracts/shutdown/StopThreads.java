package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.contracts.shutdown.Staff.Member;
import workbook.hosting.Deadline;

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
      trial.lookAt("interrupt", "stop");
      trial.expectThat("the interrupt flag is set again", flag.get(), "the interrupt is lost");
      trial.lookAt();
    }
    interruptedAgain(trial, page, 5_000, 6_000);
    interruptedAgain(trial, page, 10_200, 10_400);
  }

  private static void interruptedAgain(
      Trial trial, OrderlyStopContract page, long first, long second) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c never ends, b needs 400 ms; the caller of stop is"
            + " interrupted at %d ms and again at %d ms".formatted(first, second));
    long begin = trial.time().millis();
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
    for (long at : List.of(first, second)) {
      trial.advanceTo(begin + at);
      trial.note("interrupt the caller of stop");
      stop.thread().interrupt();
      trial.expectWaiting("stop waits for c all the same", stop);
    }
    trial.advanceTo(begin + 10_499);
    bench.staff.expect("c is waited for until the grace is over", "c stops");
    trial.advanceTo(begin + 10_500);
    bench.staff.expectAmong("c is given up on when it is over, and b is asked", "b stops");
    trial.advanceTo(begin + 10_899);
    trial.expectWaiting("stop waits for b, too", stop);
    trial.advanceTo(begin + 10_900);
    trial.expectThrow("stop throws when all have ended", stop, TimeoutException.class);
    trial.lookAt("interrupt", "stop");
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
    overlappingFailures(trial, page);
    overlappingWaits(trial, page);
  }

  /** Two that fail: each throws its own failure, whichever began, failed or ended first. */
  private static void overlappingFailures(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "one sequence; in a stop of b and a, b fails and a waits at a gate; meanwhile a stop of c"
            + " fails with another exception, and one more with that of b");
    var gate = trial.gate();
    var bench = page.bench(trial);
    var failure = new IOException("disk full");
    var other = new IllegalStateException("connection lost");
    bench.b.atStop(_ -> Staff.fail(failure));
    bench.a.atStop(_ -> gate.pass());
    bench.c.atStop(_ -> Staff.fail(other));
    var first = bench.stop("stopper of b and a", bench.a, bench.b);
    bench.staff.expect("b has failed, a is asked to stop", "b stops", "b fails", "a stops");
    expectFailure(trial, bench.stop("stopper of c", bench.c), "the stop of c", other);
    expectFailure(trial, bench.stop("stopper of b", bench.b), "the second stop of b", failure);
    trial.expectWaiting("the first stop waits for a", first);
    gate.open();
    expectFailure(trial, first, "the first stop", failure);
  }

  private static void expectFailure(Trial trial, Caller<?> stop, String which, Throwable failure) {
    var thrown = trial.expectThrow(which + " throws", stop, Throwable.class);
    trial.expectThat(
        which + " throws its own failure: " + Trial.describe(failure),
        thrown == failure,
        Trial.describe(thrown) + " was thrown");
    trial.expect(
        "nothing of another stop is suppressed in it", List.of(thrown.getSuppressed()), List.of());
  }

  /**
   * Two that wait: the limit of one, and an interrupt of its caller, are no matter of the other.
   */
  private static void overlappingWaits(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "one sequence, 10 s and a grace of 500 ms for each stop; c never ends; 5 s later a stop of"
            + " b, which takes 9 s; the caller of the first is interrupted; one more stop of a");
    long begin = trial.time().millis();
    var bench = page.bench(trial);
    var flags = Collections.synchronizedList(new ArrayList<String>());
    var gate = trial.gate();
    bench.c.atStop(_ -> gate.pass());
    bench.b.atStop(_ -> bench.sleep(9_000));
    var first = trial.start("stopper of c", () -> stopAndTell(bench, bench.c, flags));
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(begin + 5_000);
    var second = trial.start("stopper of b", () -> stopAndTell(bench, bench.b, flags));
    bench.staff.expect("b is asked to stop", "c stops", "b stops");
    trial.note("interrupt the stopper of c");
    first.thread().interrupt();
    trial.advanceTo(begin + 10_500);
    trial.expectThrow("the stop of c throws at 10,500 ms", first, TimeoutException.class);
    bench.expectNotInterrupted(bench.b);
    trial.expectWaiting("the stop of b waits", second);
    var third = trial.start("stopper of a", () -> stopAndTell(bench, bench.a, flags));
    trial.expectReturn("the stop of a returns at once", third);
    trial.advanceTo(begin + 14_000);
    trial.expectReturn("the stop of b returns when b has ended", second);
    trial.expect(
        "the interrupt flag is set for the stopper of c only",
        List.copyOf(flags),
        List.of("c: set", "a: clear", "b: clear"));
  }

  private static Object stopAndTell(StopBench bench, Member service, List<String> flags)
      throws Exception {
    try {
      bench.sequence.stop(List.of(service), Deadline.after(StopBench.LIMIT, bench.time));
      return "normally";
    } finally {
      flags.add(service.name() + (Thread.currentThread().isInterrupted() ? ": set" : ": clear"));
    }
  }
}
