package workbook.contracts.shutdown;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.Deadline;

/**
 * The rules of stopping services together. Those about order and time are in {@link StopTimeRules},
 * those about failures in {@link StopFailureRules}.
 */
@Tag("step-1")
@Step(module = WorkbookModule.SHUTDOWN, number = 1, type = "OrderlyStop")
public abstract class OrderlyStopContract extends StopFailureRules {

  /** A contract is stateless. */
  protected OrderlyStopContract() {}

  /** Half a stop is none, so an interrupt does not end it; and it is not forgotten. */
  @Rule(
      number = "4.9",
      says =
          "An interrupt of the caller MUST NOT break the stop off, and MUST be in the flag when it"
              + " returns.",
      check =
          "what the wait for a service does with an InterruptedException: wait on, as long as is"
              + " left and no longer, also after a second one; and set the flag again before stop"
              + " returns or throws",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    trial.setUp("c waits at a gate; the caller of stop is interrupted before or during the wait");
    for (boolean before : new boolean[] {false, true}) {
      var gate = trial.gate();
      var bench = bench(trial);
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
    interruptedTwice(trial);
  }

  private void interruptedTwice(Trial trial) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c never ends, b needs 400 ms; the caller of stop is"
            + " interrupted at 5 s and again at 6 s");
    var gate = trial.gate();
    var bench = bench(trial);
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

  /** The threads that stops were called on are gone. */
  @Rule(
      number = "4.10",
      says = "When all services have ended, no thread of the sequence MUST be left.",
      check =
          "executors that are not shut down; helpers that still wait, also the one that was left"
              + " behind with a service that ended in the end",
      lookAt = "stop")
  void nothingLeft(Trial trial) {
    trial.setUp("a, b and c stop at once, b with a failure");
    var bench = bench(trial);
    bench.b.atStop(_ -> StopBench.fail(new IOException("disk full")));
    trial.watchThreads();
    trial.expectThrow("stop throws", bench.stop(), IOException.class);
    trial.expectNoNewThread("no thread is left");
    trial.setUp("c ignores the interrupt and is given up on; it ends later");
    var gate = trial.gate();
    var late = bench(trial);
    late.c.atStop(_ -> passInTheEnd(gate));
    var stop = late.stop();
    late.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(10_500);
    trial.expectThrow("stop throws", stop, TimeoutException.class);
    gate.open();
    trial.expectNoNewThread("no thread is left when c has ended, too");
  }

  /** A sequence is a way to stop, not the stop itself. */
  @Rule(
      number = "4.48",
      says =
          "One sequence MUST be able to stop again, and twice at the same time: what fails or takes"
              + " long in one stop is nothing to the other.",
      check =
          "fields. What belongs to one stop, its failures above all, is kept in local variables; no"
              + " lock is held while services are stopped",
      lookAt = "stop")
  void stopsOfTheirOwn(Trial trial) {
    trial.setUp(
        "one sequence; one stop, of c, waits at a gate; meanwhile another, of b, fails, a third,"
            + " of a, does not, and that of b fails again");
    var gate = trial.gate();
    var bench = bench(trial);
    var failure = new IOException("disk full");
    bench.c.atStop(_ -> gate.pass());
    bench.b.atStop(_ -> StopBench.fail(failure));
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

  /** Bad arguments are refused where they are handed in; no service is no bad argument. */
  @Rule(
      number = "4.11",
      says =
          "A grace that is not longer than zero and anything that is null MUST be refused; no"
              + " services MUST be stopped at once.",
      check =
          "the constructor, Arguments.positive and Objects.requireNonNull with the argument's name;"
              + " an empty list",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var sequence = trial.subject(create(StopBench.GRACE, trial.time()));
    var deadline = Deadline.after(StopBench.LIMIT, trial.time());
    for (var grace : List.of(Duration.ZERO, Duration.ofNanos(-1), Duration.ofSeconds(-1))) {
      trial.expectThrow(
          "a grace of " + grace + " is refused with an IllegalArgumentException",
          () -> create(grace, trial.time()),
          IllegalArgumentException.class);
    }
    trial.expectRefused("a grace of null", () -> create(Trial.noValue(), trial.time()));
    trial.expectRefused("a time of null", () -> create(StopBench.GRACE, Trial.noValue()));
    trial.expectRefused("a deadline of null", () -> sequence.stop(List.of(), Trial.noValue()));
    trial.expectRefused("a list of null", () -> sequence.stop(Trial.noValue(), deadline));
    var stop =
        trial.start(
            "stopper",
            () -> {
              sequence.stop(List.of(), deadline);
              return "normally";
            });
    trial.expectReturn("with no services, stop returns at once", stop);
  }
}
