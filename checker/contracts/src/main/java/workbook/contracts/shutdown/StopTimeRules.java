package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import workbook.checker.Gate;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** The rules of when services are stopped, and of how long they are waited for. */
abstract class StopTimeRules {

  /** A contract is stateless. */
  StopTimeRules() {}

  /**
   * Makes the sequence under test.
   *
   * @param grace how long a stop may go on when the deadline has passed
   * @param time in which it waits
   * @return a new sequence
   */
  protected abstract StopSequence create(Duration grace, TimeSource time);

  final StopBench bench(Trial trial) {
    return new StopBench(trial, this::create);
  }

  /** Whoever needs another was started after it, and is stopped before it. */
  @Rule(
      number = "4.1",
      says = "Services MUST be stopped last first, each after the one before has ended.",
      check =
          "the direction of the loop (reversed()); that the loop waits for each service before it"
              + " asks the next",
      lookAt = "stop")
  void reverseOrder(Trial trial) {
    trial.setUp("a, b, c were started in this order; each takes 1 s to stop");
    var bench = bench(trial);
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

  /** The time that one takes is lost to the next. */
  @Rule(
      number = "4.2",
      says = "All services MUST share one deadline: each is told what the ones before it left.",
      check = "that each service is handed the deadline itself, and not one of its own",
      lookAt = "stop")
  void oneDeadline(Trial trial) {
    trial.setUp("10 s for all; c takes 4 s to stop, b takes 5 s, a none");
    var bench = bench(trial);
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

  /** Until the deadline a service is left in peace. */
  @Rule(
      number = "4.3",
      says =
          "A service that ends before the deadline MUST be waited for, and MUST NOT be"
              + " interrupted.",
      check =
          "that the wait for a service ends with the service and not earlier or later; that the"
              + " interrupt comes only after the wait was in vain",
      lookAt = "stop")
  void patience(Trial trial) {
    trial.setUp("10 s for all; c ends at 9,999 ms, b and a at once");
    var bench = bench(trial);
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
   */
  @Rule(
      number = "4.4",
      says =
          "A service that forces itself within the grace after the deadline MUST NOT be"
              + " interrupted, and its own failure MUST count.",
      check =
          "that the wait for each service goes on for the grace after the deadline; that what the"
              + " service throws itself is what is collected",
      lookAt = "stop")
  void grace(Trial trial) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c waits out the deadline and throws 400 ms later");
    var bench = bench(trial);
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

  /** Patience ends when the grace is over. */
  @Rule(
      number = "4.5",
      says =
          "When the grace is over, a service that has not ended MUST be interrupted, and be named"
              + " in a TimeoutException.",
      check =
          "that stop is called on a thread that can be left behind; that the wait for it has a"
              + " limit, on the monotonic clock; the interrupt after it; that the exception names"
              + " the service",
      lookAt = "stop")
  void givenUp(Trial trial) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; the stop of 'a printer' never returns; meanwhile the"
            + " wall clock is set back by an hour");
    var gate = trial.gate();
    var staff = new Staff(trial);
    var printer = staff.member("a printer").atStop(_ -> gate.pass());
    var sequence = trial.subject(create(StopBench.GRACE, trial.time()));
    var stop =
        trial.start(
            "stopper",
            () -> {
              sequence.stop(List.of(printer), Deadline.after(StopBench.LIMIT, trial.time()));
              return "normally";
            });
    staff.expect("it is asked to stop", "a printer stops");
    trial.time().shiftWallClock(Duration.ofHours(-1));
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

  /** One bad service costs the others their time, but not their stop. */
  @Rule(
      number = "4.6",
      says =
          "After one that was given up on, the others MUST still be stopped, each with the grace.",
      check =
          "that the loop goes on after a service was given up on; that it does not wait for the"
              + " interrupted thread; that the limit of each wait is the time left <em>and</em> the"
              + " grace; that only who has not ended by then counts as one that was given up on,"
              + " and that what its stop throws afterwards counts no more",
      lookAt = "stop")
  void theOthersAreStopped(Trial trial) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c ignores even the interrupt, b needs 400 ms, a 450"
            + " ms");
    var gate = trial.gate();
    var bench = bench(trial);
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
    var thrown = trial.expectThrow("stop throws when a has ended", stop, TimeoutException.class);
    bench.expectNotInterrupted(bench.b);
    bench.expectNotInterrupted(bench.a);
    trial.expect(
        "b and a ended within their grace, so c's failure is the only one: none suppressed",
        Arrays.asList(thrown.getSuppressed()),
        List.of());
    allAreGivenUp(trial);
  }

  private void allAreGivenUp(Trial trial) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; 'ledger', 'mailer' and 'printer' never return, and"
            + " throw when they are interrupted");
    trial.advanceTo(20_000);
    var gate = trial.gate();
    var staff = new Staff(trial);
    var services = List.of(staff.member("ledger"), staff.member("mailer"), staff.member("printer"));
    services.forEach(service -> service.atStop(_ -> gate.pass()));
    var sequence = trial.subject(create(StopBench.GRACE, trial.time()));
    var stop =
        trial.start(
            "stopper",
            () -> {
              sequence.stop(services, Deadline.after(StopBench.LIMIT, trial.time()));
              return "normally";
            });
    staff.expect("printer is asked to stop", "printer stops");
    trial.advanceTo(30_500);
    staff.expectAmong("mailer is asked when printer was given up on", "mailer stops");
    trial.advanceTo(30_999);
    trial.expectThat(
        "ledger is not asked before mailer has had its grace",
        !staff.events().contains("ledger stops"),
        "it was asked earlier");
    trial.advanceTo(31_000);
    staff.expectAmong("ledger is asked when mailer was given up on", "ledger stops");
    trial.advanceTo(31_499);
    trial.expectWaiting("stop waits for ledger, too", stop);
    trial.advanceTo(31_500);
    var first = trial.expectThrow("stop throws a grace later", stop, TimeoutException.class);
    var failures = new ArrayList<Throwable>(List.of(first));
    failures.addAll(Arrays.asList(first.getSuppressed()));
    trial.expectThat(
        "three TimeoutExceptions, which name printer, mailer and ledger, and nothing else",
        failures.size() == 3
            && names(failures.get(0), "printer")
            && names(failures.get(1), "mailer")
            && names(failures.get(2), "ledger"),
        "thrown, and suppressed: " + Trial.describe(failures));
  }

  private static boolean names(Throwable failure, String service) {
    return failure instanceof TimeoutException
        && String.valueOf(failure.getMessage()).contains(service);
  }

  static void passInTheEnd(Gate gate) {
    while (true) {
      try {
        gate.pass();
        return;
      } catch (InterruptedException e) {
        // ignored: this is what the rule is about
      }
    }
  }
}
