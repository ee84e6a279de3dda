package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.AT_THREE;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.START;
import static workbook.contracts.recurring.SchedulerBench.three;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;

/** The rules of jobs that run once, and of those that come again. */
abstract class ScheduleRules {

  /** A contract is stateless. */
  ScheduleRules() {}

  /**
   * Creates the tables that the scheduler under test needs.
   *
   * @param database an empty database
   * @throws SQLException if it cannot
   */
  protected abstract void createTables(DataSource database) throws SQLException;

  /**
   * Makes the scheduler under test. It is not started.
   *
   * @param name its name
   * @param database where the schedule is kept
   * @param jobs the jobs by their names
   * @param options how it behaves
   * @param time the clock
   * @return a new scheduler
   */
  protected abstract RecurringJobs create(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time);

  /**
   * Whether the scheduler under test goes by the time source that it is handed. For a library that
   * knows only the machine's clock it does not: the rules that set the clock are then skipped, and
   * a skipped rule says nothing about the library.
   *
   * @return true unless overridden
   */
  protected boolean clockCanBeSet() {
    return true;
  }

  final void needsClock(Trial trial) {
    if (!clockCanBeSet()) {
      trial.skip("this rule sets the clock, and this scheduler knows only the machine's");
    }
  }

  /** What is enqueued runs, once. */
  @Rule(
      number = "6.9",
      says =
          "An enqueued job MUST run once, as soon as a scheduler is started, also one that was"
              + " enqueued before the start.",
      check =
          "that the job is stored as due now; that each enqueued one has a key of its own; that it"
              + " is forgotten when it has run; how long the scheduler sleeps between two looks",
      lookAt = "enqueue")
  void enqueue(Trial trial) throws SQLException {
    trial.setUp("a job is enqueued twice, the scheduler started, and the job enqueued twice more");
    var bench = new SchedulerBench(trial, this);
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

  /** Later is not before its time. */
  @Rule(
      number = "6.10",
      says = "A job that is scheduled for later MUST run once, when its delay is over, not before.",
      check =
          "that the delay is added to the time of the clock that was handed in, and that the"
              + " library was given this clock",
      lookAt = "schedule")
  void later(Trial trial) throws SQLException {
    needsClock(trial);
    trial.setUp(
        "a job is to run after no time at all, another one in an hour; the clock is set 59 min"
            + " forward, then 1 min more");
    var bench = new SchedulerBench(trial, this).job("other", _ -> {});
    var jobs = bench.start("a");
    try {
      jobs.schedule("other", Duration.ZERO);
    } catch (RuntimeException e) {
      throw trial.broken("a delay of zero is taken", Trial.describe(e) + " was thrown");
    }
    bench.expectRuns("a delay of zero is now", "other", 1);
    jobs.schedule(REPORT, Duration.ofHours(1));
    bench.expectStillRuns("it does not run at once", REPORT, 0, jobs);
    bench.clock.advance(Duration.ofMinutes(59));
    bench.expectStillRuns("it does not run after 59 min", REPORT, 0, jobs);
    bench.clock.advance(Duration.ofMinutes(1));
    bench.expectRuns("it runs after an hour", REPORT, 1);
    bench.look(jobs);
    bench.clock.advance(Duration.ofHours(2));
    bench.expectStillRuns("it runs once only", REPORT, 1, jobs);
  }

  /** A recurring job recurs. */
  @Rule(
      number = "6.11",
      says = "A recurring job MUST run once at each due time, and nextRun MUST say when that is.",
      check =
          "that the row gets its next due time when a run has ended; that this is asked of the"
              + " job's own cron text and zone",
      lookAt = "addOrUpdate")
  void recurs(Trial trial) throws SQLException {
    needsClock(trial);
    trial.setUp("a job daily at 03:00 UTC; the clock is set to 02:59 and 03:00 of three days");
    var bench = new SchedulerBench(trial, this);
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

  /** One id is one job, as it was said last. */
  @Rule(
      number = "6.12",
      says =
          "Adding under a known id with another cron text, zone or job MUST replace what was"
              + " there.",
      check =
          "what your library does when the key is there already; that cron text, zone and job are"
              + " all replaced, and the due time with them",
      lookAt = "addOrUpdate")
  void replace(Trial trial) throws SQLException {
    needsClock(trial);
    trial.setUp(
        "a job daily at 03:00 UTC; under the same id at 05:00 UTC, then at 05:00 in Tokyo, then"
            + " another job");
    var bench = new SchedulerBench(trial, this).job("other", _ -> {});
    var jobs = bench.start("a");
    var atFive = "0 0 5 ? * *";
    var tokyo = java.time.ZoneId.of("Asia/Tokyo");
    jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    jobs.addOrUpdate(NIGHTLY, REPORT, atFive, UTC);
    bench.expectNext("the new text counts", jobs, NIGHTLY, three(0).plusSeconds(7200));
    jobs.addOrUpdate(NIGHTLY, REPORT, atFive, tokyo);
    var inTokyo = three(0).minus(Duration.ofHours(7));
    bench.expectNext("the new zone counts", jobs, NIGHTLY, inTokyo);
    jobs.addOrUpdate(NIGHTLY, "other", atFive, tokyo);
    bench.clock.advanceTo(inTokyo);
    bench.expectRuns("the new job runs", "other", 1);
    bench.clock.advanceTo(three(0).plusSeconds(7200));
    bench.expectStillRuns("the job that was there before does not run", REPORT, 0, jobs);
    bench.expectCount("the new job runs once", "other", 1);
  }

  /** What is removed is gone. */
  @Rule(
      number = "6.13",
      says = "A removed job MUST NOT run again; remove MUST say whether it was there.",
      check = "that the row is deleted, by the id; what is returned",
      lookAt = "remove")
  void remove(Trial trial) throws SQLException {
    trial.setUp("two recurring jobs; one is removed, twice");
    var bench = new SchedulerBench(trial, this).job("other", _ -> {});
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
    if (clockCanBeSet()) {
      bench.clock.advanceTo(three(0));
      bench.expectRuns("the other job runs", "other", 1);
      bench.expectStillRuns("the removed one does not run", REPORT, 0, jobs);
    }
  }

  /** A run on demand comes on top. */
  @Rule(
      number = "6.14",
      says = "A triggered job MUST run once at once, and its due times MUST stay.",
      check = "that the job runs at once; what the next due time is after a run that was not due",
      lookAt = "trigger")
  void trigger(Trial trial) throws SQLException {
    trial.setUp("a job daily at 03:00 UTC; it is triggered in between");
    var bench = new SchedulerBench(trial, this);
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    var due = jobs.nextRun(NIGHTLY).orElse(START);
    jobs.trigger(NIGHTLY);
    bench.expectRuns("it runs at once", REPORT, 1);
    bench.expectNext("its due time is what it was", jobs, NIGHTLY, due);
    bench.expectStillRuns("it runs once only", REPORT, 1, jobs);
    if (clockCanBeSet()) {
      bench.clock.advanceTo(three(0));
      bench.expectRuns("it runs at its due time, too", REPORT, 2);
    }
  }
}
