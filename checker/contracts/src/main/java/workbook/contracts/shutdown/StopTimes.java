package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.contracts.shared.OtherOrigin;
import workbook.contracts.shutdown.Staff.Member;
import workbook.hosting.Deadline;

/** In which order services are stopped, and how long each is waited for. */
final class StopTimes {

  private StopTimes() {}

  static void reverseOrder(Trial trial, OrderlyStopContract page) {
    trial.setUp("a, b, c were started in this order; each takes 1 s to stop");
    var bench = page.bench(trial);
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

  static void oneDeadline(Trial trial, OrderlyStopContract page) {
    trial.setUp("10 s for all; c takes 4 s to stop, b takes 5 s, a none");
    var bench = page.bench(trial);
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

  static void patience(Trial trial, OrderlyStopContract page) {
    trial.setUp("10 s for all; c ends at 9,999 ms, b and a at once");
    var bench = page.bench(trial);
    bench.c.atStop(_ -> bench.sleep(9_999));
    var stop = bench.stop();
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(9_998);
    trial.expectWaiting("stop waits for c at 9,998 ms", stop);
    bench.staff.expect("b is not asked before c has ended", "c stops");
    trial.advanceTo(9_999);
    trial.expectReturn("stop returns when c, b and a have ended", stop);
    bench.expectNotInterrupted(bench.c);
    noLimit(trial, page);
  }

  /** More than nanoseconds in a long, which end after 292 years: how people write "no limit". */
  private static void noLimit(Trial trial, OrderlyStopContract page) {
    trial.setUp("200,000 days for all and a grace of 200,000 days; c takes an hour to stop");
    var days = Duration.ofDays(200_000);
    var bench = new StopBench(trial, page::create, days, trial.time());
    bench.c.atStop(_ -> bench.sleep(3_600_000));
    var stop = bench.stop("stopper", Deadline.after(days, bench.time), bench.a, bench.b, bench.c);
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(trial.time().millis() + 3_599_999);
    trial.expectWaiting("stop waits for c, 1 ms before the hour is over", stop);
    bench.expectNotInterrupted(bench.c);
    trial.advanceTo(trial.time().millis() + 1);
    trial.expectReturn("stop returns when c, b and a have ended", stop);
  }

  /**
   * A service that keeps its contract forces itself at the deadline and says what was lost; to
   * interrupt it in just this moment would keep it from both.
   */
  static void grace(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c waits out the deadline and throws 400 ms later");
    var bench = page.bench(trial);
    var own = new TimeoutException("c lost 2 jobs");
    bench.c.atStop(
        deadline -> {
          bench.sleep(deadline.remaining().toMillis() + 400);
          throw own;
        });
    var stop = bench.stop();
    bench.staff.expect("c is asked to stop", "c stops");
    trial.advanceTo(10_399);
    trial.lookAt("remaining", "stop");
    trial.expectWaiting("stop waits for c in the grace, at 10,399 ms", stop);
    bench.expectNotInterrupted(bench.c);
    trial.advanceTo(10_400);
    trial.lookAt();
    var thrown = trial.expectThrow("stop throws when c has", stop, Exception.class);
    bench.expectNotInterrupted(bench.c);
    trial.lookAt("addSuppressed", "stop");
    trial.expectThat(
        "what c threw is thrown", thrown == own, Trial.describe(thrown) + " was thrown");
  }

  static void givenUp(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; the stop of 'a printer' never returns; meanwhile the"
            + " wall clock is set back by an hour");
    givenUp(trial, page.bench(trial));
    trial.setUp(
        "10 s for all and a grace of 500 ms; the stop of 'a printer' never returns; meanwhile the"
            + " monotonic clock overflows");
    var nearItsEnd = OtherOrigin.overflowing(trial.time(), Duration.ofSeconds(5));
    givenUp(trial, new StopBench(trial, page::create, StopBench.GRACE, nearItsEnd));
  }

  private static void givenUp(Trial trial, StopBench bench) {
    long begin = trial.time().millis();
    var gate = trial.gate();
    var printer = bench.staff.member("a printer").atStop(_ -> gate.pass());
    var stop = bench.stop("stopper", bench.a, printer, bench.c);
    bench.staff.expect("it is asked to stop", "c stops", "c stopped", "a printer stops");
    trial.time().shiftWallClock(Duration.ofHours(-1));
    trial.advanceTo(begin + 10_499);
    trial.expectWaiting("stop waits at 10,499 ms", stop);
    trial.expectThat(
        "no interrupt before the grace is over", !printer.stopInterrupted.get(), "it came before");
    trial.advanceTo(begin + 10_500);
    var thrown = trial.expectThrow("stop throws at 10,500 ms", stop, TimeoutException.class);
    bench.staff.expectAmong("its thread is interrupted then", "a printer interrupted");
    var message = String.valueOf(thrown.getMessage());
    trial.expectThat(
        "the message names 'a printer'", message.contains("a printer"), "it says: " + message);
  }

  /** One bad service costs the others their time, but not their stop. */
  static void theOthersAreStopped(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; c ignores even the interrupt, b needs 400 ms, a 450"
            + " ms");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.c.atStop(_ -> StopBench.passInTheEnd(gate));
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
    allAreGivenUp(trial, page);
  }

  private static void allAreGivenUp(Trial trial, OrderlyStopContract page) {
    trial.setUp(
        "10 s for all and a grace of 500 ms; 'ledger', 'mailer' and 'printer' never return, and"
            + " throw when they are interrupted");
    trial.advanceTo(20_000);
    var gate = trial.gate();
    var bench = page.bench(trial);
    var staff = bench.staff;
    var services =
        Stream.of("ledger", "mailer", "printer")
            .map(name -> staff.member(name).atStop(_ -> gate.pass()))
            .toArray(Member[]::new);
    var stop = bench.stop("stopper", services);
    staff.expect("printer is asked to stop", "printer stops");
    trial.advanceTo(30_500);
    staff.expectAmong("mailer is asked when printer was given up on", "mailer stops");
    trial.advanceTo(30_999);
    trial.expectThat(
        "ledger is not asked before the grace of mailer is over",
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
        "three TimeoutExceptions: one names printer, the next mailer, the last ledger, each no"
            + " other",
        failures.size() == 3
            && names(failures.get(0), "printer")
            && names(failures.get(1), "mailer")
            && names(failures.get(2), "ledger"),
        "thrown, and suppressed: " + Trial.describe(failures));
  }

  private static boolean names(Throwable failure, String service) {
    var message = String.valueOf(failure.getMessage());
    return failure instanceof TimeoutException
        && Stream.of("ledger", "mailer", "printer")
            .allMatch(name -> message.contains(name) == name.equals(service));
  }
}
