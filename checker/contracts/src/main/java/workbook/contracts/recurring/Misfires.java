package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.AT_THREE;
import static workbook.contracts.recurring.SchedulerBench.BERLIN;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.START;
import static workbook.contracts.recurring.SchedulerBench.three;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import workbook.checker.Trial;
import workbook.recurring.RecurringJobs;

/** Due times that are hard to keep: changed clocks, restarts, days without power. */
final class Misfires {

  private Misfires() {}

  static void civilDays(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp("a job daily at 02:30 in Berlin, over the change in March; then that in October");
    var bench = new SchedulerBench(trial, page);
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, "0 30 2 ? * *", BERLIN);
    int runs = 0;
    for (int day = 1; day <= 3; day++) { // the clocks are changed on the second
      runs = runOnTheDay(trial, bench, jobs, day, runs);
    }
    bench.clock.advanceTo(Instant.parse("2030-10-25T12:00:00Z"));
    bench.expectRuns("the days in between are one run", REPORT, runs + 1);
    int october = (int) Duration.between(START, bench.clock.now()).toDays();
    runs++;
    for (int day = october + 1; day <= october + 4; day++) { // changed on the second, again
      runs = runOnTheDay(trial, bench, jobs, day, runs);
    }
    bench.expectStillRuns("it runs once on each day", REPORT, runs, jobs);
  }

  private static int runOnTheDay(
      Trial trial, SchedulerBench bench, RecurringJobs jobs, int day, int runs) {
    var date = START.atZone(BERLIN).toLocalDate().plusDays(day);
    bench.expectSoon(
        "it is due on " + date + " in Berlin",
        () ->
            jobs.nextRun(NIGHTLY)
                .map(due -> due.atZone(BERLIN).toLocalDate())
                .equals(Optional.of(date)),
        () -> "nextRun is " + Trial.describe(jobs.nextRun(NIGHTLY).map(due -> due.atZone(BERLIN))));
    var due = jobs.nextRun(NIGHTLY).orElseThrow();
    bench.clock.advanceTo(due);
    bench.expectRuns("it runs on " + date + ", once", REPORT, runs + 1);
    bench.expectSoon(
        "it has a next due time then",
        () -> jobs.nextRun(NIGHTLY).filter(due::isBefore).isPresent(),
        () -> "nextRun is " + Trial.describe(jobs.nextRun(NIGHTLY)));
    return runs + 1;
  }

  static void restart(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a recurring job is added; stop; another scheduler on the same database starts");
    var bench = new SchedulerBench(trial, page).job("other", _ -> {});
    var first = bench.start("a");
    first.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    first.schedule("other", Duration.ofHours(1));
    var due = first.nextRun(NIGHTLY).orElse(START);
    bench.stopped(first);
    var second = bench.start("b");
    bench.expectNext("it is due as before", second, NIGHTLY, due);
    second.trigger(NIGHTLY);
    bench.expectRuns("it runs when it is triggered", REPORT, 1);
    bench.expectNext("it is due as before", second, NIGHTLY, due);
    if (page.clockCanBeSet()) {
      bench.clock.advance(Duration.ofHours(1));
      bench.expectRuns("what was scheduled for later runs", "other", 1);
      bench.clock.advanceTo(three(0));
      bench.expectRuns("it runs at its due time", REPORT, 2);
      bench.expectNext("it is due next", second, NIGHTLY, three(1));
    }
  }

  static void downForFiveDays(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp("a job daily at 03:00 UTC; stop; five days later another scheduler starts");
    var bench = new SchedulerBench(trial, page);
    var first = bench.start("a");
    first.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    bench.stopped(first);
    bench.clock.advance(Duration.ofDays(5));
    var second = bench.start("b");
    bench.expectSoon("it runs", () -> bench.count(REPORT) >= 1, () -> "it does not run");
    bench.expectNext("it is due next", second, NIGHTLY, three(5));
    bench.expectRuns("it runs once", REPORT, 1);
    bench.clock.advanceTo(three(5));
    bench.expectRuns("it runs at its next due time, once", REPORT, 2);
  }

  static void registeredAgain(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "a job daily at 03:00 UTC is added before each of three starts; the third comes after its"
            + " due time");
    var bench = new SchedulerBench(trial, page);
    for (var name : new String[] {"a", "b"}) {
      var jobs = bench.make(name);
      jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
      bench.started(jobs);
      bench.expectNext("it is due next", jobs, NIGHTLY, three(0));
      bench.stopped(jobs);
    }
    bench.clock.advanceTo(three(0).plusSeconds(3600));
    var third = bench.make("c");
    third.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    bench.started(third);
    bench.expectRuns("the due time that was missed is run", REPORT, 1);
    bench.expectNext("it is due next", third, NIGHTLY, three(1));
    bench.clock.advanceTo(three(1));
    bench.expectRuns("it runs at its next due time, once", REPORT, 2);
    bench.expectStillRuns("it is one job", REPORT, 2, third);
  }
}
