package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.HOURLY;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.RETRIES;
import static workbook.contracts.recurring.SchedulerBench.RETRY_DELAY;
import static workbook.contracts.recurring.SchedulerBench.hour;
import static workbook.contracts.recurring.SchedulerBench.past;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.hosting.Work;

/** Runs that fail. */
final class FailedRuns {

  private static final Duration STEP = Duration.ofSeconds(10);
  private static final String HOURLY_REPORT = "hourly report";

  /** What the attempts come to, hour by hour, and how many retries that makes. */
  private static final String OUTCOMES = "fs" + "ffs" + "fff" + "fff" + "s" + "s".repeat(99);

  private static final int[] RETRIES_OF_HOURS = {1, 2, 2, 2, 0};

  private FailedRuns() {}

  static void logged(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("three jobs fail, with an unchecked and a checked exception and an Error");
    var failures =
        List.of(
            new IllegalArgumentException("no such report"),
            new IOException("disk full"),
            new NoClassDefFoundError("Report"));
    var bench = new SchedulerBench(trial, page);
    for (var failure : failures) {
      bench.job(failure.getClass().getSimpleName(), throwing(failure));
    }
    var jobs = bench.start("a");
    for (var failure : failures) {
      var job = failure.getClass().getSimpleName();
      jobs.enqueue(job);
      bench.expectRunsAtLeast("the job runs", job, 1); // how often is the next rule's affair
      bench.expectSoon(
          "a warning or an error is logged with the " + job + " attached",
          () -> trial.log().hasWarningWith(failure),
          () -> whatWasLogged(trial));
    }
    jobs.enqueue(REPORT);
    bench.expectRuns("another job runs", REPORT, 1);
  }

  private static String whatWasLogged(Trial trial) {
    return trial.log().at(Level.WARN).isEmpty()
        ? "logged: no warning, no error"
        : "logged: warnings or errors without it";
  }

  private static Work throwing(Throwable failure) {
    return _ -> {
      switch (failure) {
        case Exception exception -> throw exception;
        case Error error -> throw error;
        default -> throw new AssertionError(failure);
      }
    };
  }

  static void retried(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "2 retries after 1 min each; one job fails always, so does an hourly one, another one fails"
            + " the first time only, with an Error; the clock that is passed in says 2010");
    var failed = new AtomicBoolean();
    var bench =
        new SchedulerBench(trial, page)
            .inThePast()
            .job(REPORT, throwing(new IllegalStateException("always")))
            .job(HOURLY_REPORT, throwing(new IllegalStateException("always")))
            .job(
                "once",
                _ -> {
                  if (!failed.getAndSet(true)) {
                    throw new NoClassDefFoundError("the first time");
                  }
                });
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, HOURLY_REPORT, HOURLY, UTC);
    bench.clock.advanceTo(past(hour(0)));
    jobs.enqueue(REPORT);
    jobs.enqueue("once");
    bench.expectRunsAtLeast("a first attempt is made", REPORT, 1);
    bench.expectRunsAtLeast("a first attempt is made", HOURLY_REPORT, 1);
    for (int retry = 1; retry <= RETRIES; retry++) {
      bench.expectStillRuns("no further attempt at once", REPORT, retry, jobs);
      bench.expectStillRuns("no further attempt at once", HOURLY_REPORT, retry, jobs);
      bench.expectOneMore("retry " + retry + " is made", REPORT, 1 + retry, jobs, STEP);
      bench.expectOneMore("retry " + retry + " is made", HOURLY_REPORT, 1 + retry, jobs, STEP);
    }
    expectPauses(trial, bench.times(REPORT));
    expectPauses(trial, bench.times(HOURLY_REPORT));
    for (int n = 0; n < 3; n++) {
      bench.clock.advance(Duration.ofDays(1));
      bench.expectStillRuns("no attempt after the last", REPORT, 1 + RETRIES, jobs);
    }
    trial.lookAt("Work.run", "enqueue");
    bench.expectRuns("what succeeds the second time is not run a third time", "once", 2);
    afterLongRun(trial, page);
  }

  private static void expectPauses(Trial trial, List<Instant> times) {
    for (int n = 1; n < times.size(); n++) {
      var pause = Duration.between(times.get(n - 1), times.get(n));
      trial.expectThat(
          "an attempt begins 1 min after the one before, or later",
          pause.compareTo(RETRY_DELAY) >= 0,
          "it begins " + pause.toSeconds() + " s after it");
    }
  }

  private static void afterLongRun(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a run takes 5 min and fails; 2 retries after 1 min each");
    var gate = trial.gate();
    var bench =
        new SchedulerBench(trial, page)
            .job(
                REPORT,
                _ -> {
                  gate.pass();
                  throw new IllegalStateException("after 5 min");
                });
    var jobs = bench.start("a");
    jobs.enqueue(REPORT);
    bench.expectRuns("it runs", REPORT, 1);
    bench.clock.advance(RETRY_DELAY.multipliedBy(5));
    gate.open();
    bench.expectStillRuns("no attempt within 1 min after the failure", REPORT, 1, jobs);
    bench.expectOneMore("it is tried again", REPORT, 2, jobs, STEP);
  }

  static void nextDueTime(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "an hourly job with 2 retries; it succeeds with the first retry, the next hour with the"
            + " second, then it fails for two hours, then it succeeds");
    var attempts = new AtomicInteger();
    var bench =
        new SchedulerBench(trial, page)
            .job(
                REPORT,
                _ -> {
                  if (OUTCOMES.charAt(attempts.getAndIncrement()) == 'f') {
                    throw new IllegalStateException("not now");
                  }
                });
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    int runs = 0;
    for (int n = 0; n < RETRIES_OF_HOURS.length; n++) {
      bench.expectNext("it is due next", jobs, NIGHTLY, hour(n));
      bench.clock.advanceTo(hour(n));
      bench.expectRuns("it runs in hour " + (n + 1), REPORT, ++runs);
      for (int retry = 1; retry <= RETRIES_OF_HOURS[n]; retry++) {
        var expected = "hour %d, retry %d is made".formatted(n + 1, retry);
        bench.expectOneMore(expected, REPORT, ++runs, jobs, STEP);
      }
      bench.expectStillRuns("no attempt after the last of the hour", REPORT, runs, jobs);
    }
    bench.expectNext("it is due next", jobs, NIGHTLY, hour(RETRIES_OF_HOURS.length));
    bench.clock.advance(RETRY_DELAY.multipliedBy(5));
    bench.expectStillRuns("a run that succeeded is not tried again", REPORT, runs, jobs);
  }
}
