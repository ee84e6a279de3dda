package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static java.time.temporal.ChronoUnit.FOREVER;
import static workbook.contracts.recurring.SchedulerBench.AT_THREE;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.START;
import static workbook.contracts.recurring.SchedulerBench.three;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import workbook.checker.Trial;

/** What is asked of a scheduler, and when it runs. */
final class Schedules {

  private Schedules() {}

  static void enqueue(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp(
        "a job is enqueued twice, the scheduler started, and the job enqueued twice more; the clock"
            + " that is passed in says 2010");
    var bench = new SchedulerBench(trial, page).inThePast();
    var jobs = bench.make("a");
    jobs.enqueue(REPORT);
    jobs.enqueue(REPORT);
    bench.expectCount("nothing runs before the start", REPORT, 0);
    bench.started(jobs);
    bench.expectRuns("each is run once", REPORT, 2);
    jobs.enqueue(REPORT);
    jobs.enqueue(REPORT);
    bench.expectRuns("each is run once", REPORT, 4);
    bench.expectStillRuns("they do not run again", REPORT, 4, jobs);
  }

  static void later(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "a job is to run after no time at all, another one in an hour; the clock is set 59 min"
            + " forward, then 1 min more; another one in 300 years, or never");
    var bench =
        new SchedulerBench(trial, page).inThePast().job("other", _ -> {}).job("never", _ -> {});
    var jobs = bench.start("a");
    try {
      jobs.schedule("other", Duration.ZERO);
    } catch (RuntimeException e) {
      throw trial.broken(
          "a delay of zero is accepted", Trial.describe(e) + " was thrown", e.getStackTrace());
    }
    bench.expectRuns("a delay of zero is now", "other", 1);
    jobs.schedule(REPORT, Duration.ofHours(1));
    bench.expectStillRuns("it does not run at once", REPORT, 0, jobs);
    bench.clock.advance(Duration.ofMinutes(59));
    bench.expectStillRuns("it does not run after 59 min", REPORT, 0, jobs);
    bench.clock.advance(Duration.ofMinutes(1));
    bench.expectRuns("it runs after an hour", REPORT, 1);
    for (var delay : List.of(Duration.ofDays(365 * 300), FOREVER.getDuration())) {
      try {
        jobs.schedule("never", delay);
      } catch (RuntimeException e) {
        trial.note("a delay of " + delay + " is refused");
      }
    }
    bench.look(jobs);
    bench.clock.advance(Duration.ofHours(2));
    bench.expectStillRuns("it runs once only", REPORT, 1, jobs);
    bench.expectCount("what is to run in 300 years does not run now", "never", 0);
  }

  static void recurs(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp("a job daily at 03:00 UTC; the clock is set to 02:59 and 03:00 of three days");
    var bench = new SchedulerBench(trial, page);
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    for (int day = 0; day < 3; day++) {
      bench.expectNext("it is due next", jobs, NIGHTLY, three(day));
      bench.clock.advanceTo(three(day).minusSeconds(60));
      bench.expectStillRuns("it does not run before", REPORT, day, jobs);
      bench.clock.advanceTo(three(day));
      bench.expectRuns("it runs at its due time, once", REPORT, day + 1);
    }
    bench.expectNext("it is due next", jobs, NIGHTLY, three(3));
    bench.expectStillRuns("it runs at its due times, once each", REPORT, 3, jobs);
  }

  static void replace(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "a job daily at 03:00 UTC; under the same id at 05:00 UTC, then at 05:00 in Tokyo, then"
            + " another job");
    var bench = new SchedulerBench(trial, page).job("other", _ -> {});
    var jobs = bench.start("a");
    var atFive = "0 0 5 ? * *";
    var tokyo = ZoneId.of("Asia/Tokyo");
    jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    jobs.addOrUpdate(NIGHTLY, REPORT, atFive, UTC);
    bench.expectNext("the new text applies", jobs, NIGHTLY, three(0).plusSeconds(7200));
    jobs.addOrUpdate(NIGHTLY, REPORT, atFive, tokyo);
    var inTokyo = three(0).minus(Duration.ofHours(7));
    bench.expectNext("the new zone applies", jobs, NIGHTLY, inTokyo);
    jobs.addOrUpdate(NIGHTLY, "other", atFive, tokyo);
    bench.clock.advanceTo(inTokyo);
    bench.expectRuns("the new job runs", "other", 1);
    bench.clock.advanceTo(three(0).plusSeconds(7200));
    bench.expectStillRuns("the job that was there before does not run", REPORT, 0, jobs);
    bench.expectCount("the new job runs once", "other", 1);
  }

  static void remove(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("two recurring jobs; one is removed, twice");
    var bench = new SchedulerBench(trial, page).job("other", _ -> {});
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    jobs.addOrUpdate("another", "other", AT_THREE, UTC);
    trial.expect("remove returns true", jobs.remove(NIGHTLY), true);
    trial.expect("nextRun is empty", jobs.nextRun(NIGHTLY), Optional.empty());
    trial.expect("a second remove returns false", jobs.remove(NIGHTLY), false);
    trial.expectThat(
        "the other job is still there",
        jobs.nextRun("another").isPresent(),
        "its nextRun is empty");
    if (page.clockCanBeSet()) {
      bench.clock.advanceTo(three(0));
      bench.expectRuns("the other job runs", "other", 1);
      bench.expectStillRuns("the removed one does not run", REPORT, 0, jobs);
    }
  }

  static void trigger(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a job daily at 03:00 UTC; it is triggered in between; the clock says 2010");
    var bench = new SchedulerBench(trial, page).inThePast();
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    var due = jobs.nextRun(NIGHTLY).orElse(START);
    trial.expectReturn(
        "trigger is accepted at noon, when the job does not run",
        () -> {
          jobs.trigger(NIGHTLY);
          return "accepted";
        });
    bench.expectRuns("it runs at once", REPORT, 1);
    bench.expectNext("its due time is what it was", jobs, NIGHTLY, due);
    bench.expectStillRuns("it runs once only", REPORT, 1, jobs);
    if (page.clockCanBeSet()) {
      bench.clock.advanceTo(due);
      bench.expectRuns("it runs at its due time, too", REPORT, 2);
    }
  }
}
