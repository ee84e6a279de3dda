package workbook.checker.shutdown;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import workbook.checker.Actor;
import workbook.checker.Contract;
import workbook.checker.Gate;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.shutdown.Staff.Member;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** The rules of stopping services together. */
@Tag("step-1")
@Step(module = Module.SHUTDOWN, number = 1, type = "OrderlyStop")
public abstract class OrderlyStopContract extends Contract {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofMillis(500);

  /** A contract is stateless. */
  protected OrderlyStopContract() {}

  /**
   * Makes the sequence under test.
   *
   * @param grace how long a stop may go on when the deadline has passed
   * @param time in which it waits
   * @return a new sequence
   */
  protected abstract StopSequence create(Duration grace, TimeSource time);

  /** A sequence under test, and the services a, b and c, started in this order. */
  private final class Bench {

    final Trial trial;
    final Staff staff;
    final Member a;
    final Member b;
    final Member c;
    final StopSequence sequence;

    Bench(Trial trial) {
      this.trial = trial;
      this.staff = new Staff(trial);
      this.a = staff.member("a");
      this.b = staff.member("b");
      this.c = staff.member("c");
      this.sequence = trial.subject(create(GRACE, trial.time()));
    }

    Object stopAll() throws Exception {
      sequence.stop(List.of(a, b, c), Deadline.after(LIMIT, trial.time()));
      return "normally";
    }

    Actor<Object> stop() {
      return trial.start("stopper", this::stopAll);
    }

    void sleep(long millis) throws InterruptedException {
      trial.time().sleep(Duration.ofMillis(millis), CancellationToken.none());
    }

    void expectNotInterrupted(Member service) {
      trial.expectThat(
          service.name() + " was not interrupted",
          !service.stopInterrupted.get(),
          "the thread in its stop was interrupted");
    }
  }

  /**
   * Whoever needs another was started after it, and is stopped before it.
   *
   * <p>If this fails, check: the direction of the loop ({@code reversed()}); that the loop waits
   * for each service before it asks the next.
   */
  @Rule(
      number = "4.1",
      says = "Services MUST be stopped last first, each after the one before has ended.",
      lookAt = "stop")
  void reverseOrder(Trial trial) {
    trial.setUp("a, b, c were started in this order; each takes 1 s to stop");
    var bench = new Bench(trial);
    bench.a.atStop(_ -> bench.sleep(1_000));
    bench.b.atStop(_ -> bench.sleep(1_000));
    bench.c.atStop(_ -> bench.sleep(1_000));
    var stop = bench.stop();
    bench.staff.expect("c, the last one started, is asked first and alone", "c stops");
    trial.advanceTo(1_000);
    bench.staff.expect("b is asked when c has ended, at 1 s", "c stops", "c stopped", "b stops");
    trial.advanceTo(2_000);
    bench.staff.expect(
        "a is asked when b has ended, at 2 s",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops");
    trial.expectWaiting("stop waits for a", stop);
    trial.advanceTo(3_000);
    trial.expectReturn("stop returns when all have ended", stop);
  }

  /**
   * The time that one takes is lost to the next.
   *
   * <p>If this fails, check: that each service is handed the deadline itself, and not one of its
   * own.
   */
  @Rule(
      number = "4.2",
      says = "All services MUST share one deadline: each is told what the ones before it left.",
      lookAt = "stop")
  void oneDeadline(Trial trial) {
    trial.setUp("10 s for all; c takes 4 s to stop, b takes 5 s, a none");
    var bench = new Bench(trial);
    bench.c.atStop(_ -> bench.sleep(4_000));
    bench.b.atStop(_ -> bench.sleep(5_000));
    var stop = bench.stop();
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(4_000);
    bench.staff.expect("b is asked at 4 s", "c stops", "c stopped", "b stops");
    trial.advanceTo(9_000);
    trial.expectReturn("stop returns at 9 s", stop);
    trial.expect(
        "the time left, in ms, as told to c, b and a: 10000, 6000, 1000",
        List.of(bench.c.remainingAtStop, bench.b.remainingAtStop, bench.a.remainingAtStop),
        List.of(10_000L, 6_000L, 1_000L));
  }

  /**
   * Until the deadline a service is left in peace.
   *
   * <p>If this fails, check: that the wait for a service ends with the service and not earlier or
   * later; that the interrupt comes only after the wait was in vain.
   */
  @Rule(
      number = "4.3",
      says =
          "A service that ends before the deadline MUST be waited for, and MUST NOT be"
              + " interrupted.",
      lookAt = "stop")
  void patience(Trial trial) {
    trial.setUp("10 s for all; c ends at 9,999 ms, b and a at once");
    var bench = new Bench(trial);
    bench.c.atStop(_ -> bench.sleep(9_999));
    var stop = bench.stop();
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(9_998);
    trial.expectWaiting("stop waits for c at 9,998 ms", stop);
    bench.staff.expect("b is not asked before c has ended", "c stops");
    trial.advanceTo(9_999);
    trial.expectReturn("stop returns when c, b and a have ended", stop);
    bench.expectNotInterrupted(bench.c);
  }

  /**
   * A service that keeps its contract forces itself at the deadline, and says what was lost. To
   * interrupt it in just this moment would keep it from both.
   *
   * <p>If this fails, check: that the wait for each service goes on for the grace after the
   * deadline; that what the service throws itself is what is collected.
   */
  @Rule(
      number = "4.4",
      says =
          "A service that forces itself within the grace after the deadline MUST NOT be"
              + " interrupted, and its own failure MUST count.",
      lookAt = "stop")
  void grace(Trial trial) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c waits out the deadline and throws 400 ms later");
    var bench = new Bench(trial);
    var own = new TimeoutException("c lost 2 jobs");
    bench.c.atStop(
        deadline -> {
          bench.sleep(deadline.remaining().toMillis() + 400);
          throw own;
        });
    var stop = bench.stop();
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(10_399);
    trial.expectWaiting("stop waits for c in the grace, at 10,399 ms", stop);
    bench.expectNotInterrupted(bench.c);
    trial.advanceTo(10_400);
    var thrown = trial.expectThrow("stop throws when c has", stop, Exception.class);
    bench.expectNotInterrupted(bench.c);
    trial.expectThat(
        "what c threw is thrown", thrown == own, Trial.describe(thrown) + " was thrown");
  }

  /**
   * Patience ends when the grace is over.
   *
   * <p>If this fails, check: that stop is called on a thread that can be left behind; that the wait
   * for it has a limit; the interrupt after it; that the exception names the service.
   */
  @Rule(
      number = "4.5",
      says =
          "When the grace is over, a service that has not ended MUST be interrupted, and be named"
              + " in a TimeoutException.",
      lookAt = "stop")
  void givenUp(Trial trial) {
    trial.setUp("10 s for all and a grace of 500 ms; the stop of c, 'a printer', never returns");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var staff = new Staff(trial);
    var printer = staff.member("a printer").atStop(_ -> gate.pass());
    var sequence = trial.subject(create(GRACE, trial.time()));
    var stop =
        trial.start(
            "stopper",
            () -> {
              sequence.stop(List.of(printer), Deadline.after(LIMIT, trial.time()));
              return "normally";
            });
    staff.expect("it is asked to stop", "a printer stops");
    trial.advanceTo(10_499);
    trial.expectWaiting("stop waits at 10,499 ms", stop);
    trial.expectThat(
        "no interrupt before the grace is over", !printer.stopInterrupted.get(), "it came before");
    trial.advanceTo(10_500);
    var thrown = trial.expectThrow("stop throws at 10,500 ms", stop, TimeoutException.class);
    staff.expect("its thread is interrupted then", "a printer stops", "a printer interrupted");
    var message = String.valueOf(thrown.getMessage());
    trial.expectThat(
        "the message names 'a printer'", message.contains("a printer"), "it says: " + message);
  }

  /**
   * One bad service costs the others their time, but not their stop.
   *
   * <p>If this fails, check: that the loop goes on after a service was given up on; that it does
   * not wait for the interrupted thread; that the limit of each wait is the time left <em>and</em>
   * the grace.
   */
  @Rule(
      number = "4.6",
      says =
          "After one that was given up on, the others MUST still be stopped, each with the grace.",
      lookAt = "stop")
  void theOthersAreStopped(Trial trial) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c ignores even the interrupt, b needs 400 ms, a 450"
            + " ms");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial);
    bench.c.atStop(_ -> passInTheEnd(gate));
    bench.b.atStop(_ -> bench.sleep(400));
    bench.a.atStop(_ -> bench.sleep(450));
    var stop = bench.stop();
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(10_500);
    bench.staff.expect("b is asked when c was given up on", "c stops", "b stops");
    trial.advanceTo(10_900);
    bench.staff.expect("a is asked when b has ended", "c stops", "b stops", "b stopped", "a stops");
    trial.expect(
        "the time left, in ms, as told to b and a: 0, 0",
        List.of(bench.b.remainingAtStop, bench.a.remainingAtStop),
        List.of(0L, 0L));
    trial.advanceTo(11_350);
    trial.expectThrow("stop throws when a has ended", stop, TimeoutException.class);
    bench.expectNotInterrupted(bench.b);
    bench.expectNotInterrupted(bench.a);
  }

  private static void passInTheEnd(Gate gate) {
    while (true) {
      try {
        gate.pass();
        return;
      } catch (InterruptedException e) {
        // ignored: this is what the rule is about
      }
    }
  }

  /**
   * No failure is lost, and none keeps the next service from its stop.
   *
   * <p>If this fails, check: that the catch is inside the loop, and for Throwable; that the first
   * failure is thrown as it is; {@code addSuppressed}, in order.
   */
  @Rule(
      number = "4.7",
      says =
          "All failures MUST be collected: the first is thrown itself, the later ones are"
              + " suppressed in it.",
      lookAt = "stop")
  void failures(Trial trial) {
    trial.setUp("c throws an IOException, b an AssertionError, a an IllegalStateException");
    var bench = new Bench(trial);
    var first = new IOException("disk full");
    var second = new AssertionError("invariant broken");
    var third = new IllegalStateException("connection lost");
    bench.c.atStop(_ -> fail(first));
    bench.b.atStop(_ -> fail(second));
    bench.a.atStop(_ -> fail(third));
    var stop = bench.stop();
    var thrown = trial.expectThrow("stop throws", stop, Throwable.class);
    bench.staff.expect(
        "all are stopped", "c stops", "c fails", "b stops", "b fails", "a stops", "a fails");
    trial.expectThat(
        "the first failure itself is thrown",
        thrown == first,
        Trial.describe(thrown) + " was thrown");
    trial.expect(
        "the later ones are suppressed in it, in order",
        Arrays.asList(thrown.getSuppressed()),
        List.of(second, third));
    var errors = new Bench(trial);
    errors.b.atStop(_ -> fail(second));
    var thrownAlone =
        trial.expectThrow("stop throws an Error, too", errors.stop(), Throwable.class);
    trial.expectThat(
        "an Error that comes first is thrown itself",
        thrownAlone == second,
        Trial.describe(thrownAlone) + " was thrown");
  }

  private static void fail(Throwable failure) throws Exception {
    if (failure instanceof Error error) {
      throw error;
    }
    throw (Exception) failure;
  }

  /**
   * Two services that share a broken connection throw the same exception.
   *
   * <p>If this fails, check: {@code addSuppressed} of an exception to itself, which throws an
   * IllegalArgumentException in place of the failure.
   */
  @Rule(
      number = "4.8",
      says = "A failure that several services throw MUST be collected once.",
      lookAt = "stop")
  void sameFailure(Trial trial) {
    trial.setUp("c and a throw the same object, b another");
    var bench = new Bench(trial);
    var shared = new IOException("connection lost");
    var other = new IllegalStateException("disk full");
    bench.c.atStop(_ -> fail(shared));
    bench.b.atStop(_ -> fail(other));
    bench.a.atStop(_ -> fail(shared));
    var thrown = trial.expectThrow("stop throws", bench.stop(), Throwable.class);
    trial.expectThat(
        "the shared failure itself is thrown",
        thrown == shared,
        Trial.describe(thrown) + " was thrown");
    trial.expect("the other is suppressed", Arrays.asList(thrown.getSuppressed()), List.of(other));
  }

  /**
   * Half a stop is none, so an interrupt does not end it; and it is not forgotten.
   *
   * <p>If this fails, check: what the wait for a service does with an InterruptedException: wait
   * on, and set the flag again before stop returns.
   */
  @Rule(
      number = "4.9",
      says =
          "An interrupt of the caller MUST NOT break the stop off, and MUST be in the flag when it"
              + " returns.",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    trial.setUp("c waits at a gate; the caller of stop is interrupted before or during the wait");
    for (boolean before : new boolean[] {false, true}) {
      var gate = new Gate(trial.time());
      trial.afterwards(gate::open);
      var bench = new Bench(trial);
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
  }

  /**
   * The threads that stops were called on are gone.
   *
   * <p>If this fails, check: executors that are not shut down; helpers that still wait.
   */
  @Rule(
      number = "4.10",
      says = "When all services have ended, no thread of the sequence MUST be left.",
      lookAt = "stop")
  void nothingLeft(Trial trial) {
    trial.setUp("a, b and c stop at once, b with a failure");
    var bench = new Bench(trial);
    bench.b.atStop(_ -> fail(new IOException("disk full")));
    trial.watchThreads();
    trial.expectThrow("stop throws", bench.stop(), IOException.class);
    trial.expectNoNewThread("no thread is left");
  }

  /**
   * Bad arguments are refused where they are handed in; no service is no bad argument.
   *
   * <p>If this fails, check: the constructor, {@code Arguments.positive} and {@code
   * Objects.requireNonNull} with the argument's name; an empty list.
   */
  @Rule(
      number = "4.11",
      says =
          "A grace that is not longer than zero and anything that is null MUST be refused; no"
              + " services MUST be stopped at once.",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var sequence = trial.subject(create(GRACE, trial.time()));
    var deadline = Deadline.after(LIMIT, trial.time());
    trial.expectRefused("a grace of zero", () -> create(Duration.ZERO, trial.time()), "grace");
    trial.expectRefused(
        "a negative grace", () -> create(Duration.ofSeconds(-1), trial.time()), "grace", "PT-1S");
    trial.expectRefused("a grace of null", () -> create(Trial.noValue(), trial.time()), "grace");
    trial.expectRefused("a time of null", () -> create(GRACE, Trial.noValue()), "time");
    trial.expectRefused(
        "a deadline of null", () -> sequence.stop(List.of(), Trial.noValue()), "deadline");
    trial.expectRefused(
        "a list of null", () -> sequence.stop(Trial.noValue(), deadline), "started");
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
