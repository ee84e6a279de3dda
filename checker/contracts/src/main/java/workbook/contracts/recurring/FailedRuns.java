package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.HOURLY;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.RETRIES;
import static workbook.contracts.recurring.SchedulerBench.RETRY_DELAY;
import static workbook.contracts.recurring.SchedulerBench.hour;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.hosting.Work;

/** Runs that fail. */
final class FailedRuns {

  private static final Duration STEP = Duration.ofSeconds(10);

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
        "2 retries after 1 min each; one job fails always, another one the first time only, with"
            + " an Error");
    var failed = new AtomicBoolean();
    var bench =
        new SchedulerBench(trial, page)
            .job(REPORT, throwing(new IllegalStateException("always")))
            .job(
                "once",
                _ -> {
                  if (!failed.getAndSet(true)) {
                    throw new NoClassDefFoundError("the first time");
                  }
                });
    var jobs = bench.start("a");
    jobs.enqueue(REPORT);
    jobs.enqueue("once");
    bench.expectRunsAtLeast("a first attempt is made", REPORT, 1);
    for (int retry = 1; retry <= RETRIES; retry++) {
      bench.expectStillRuns("no further attempt at once", REPORT, retry, jobs);
      bench.expectOneMore("retry " + retry + " is made", REPORT, 1 + retry, jobs, STEP);
    }
    var times = bench.times(REPORT);
    for (int n = 1; n < times.size(); n++) {
      var pause = Duration.between(times.get(n - 1), times.get(n));
      trial.expectThat(
          "an attempt begins 1 min after the one before, or later",
          pause.compareTo(RETRY_DELAY) >= 0,
          "it begins " + pause.toSeconds() + " s after it");
    }
    for (int n = 0; n < 3; n++) {
      bench.clock.advance(Duration.ofDays(1));
      bench.expectStillRuns("no attempt after the last", REPORT, 1 + RETRIES, jobs);
    }
    bench.expectRuns("what succeeds the second time is not run a third time", "once", 2);
  }

  static void nextDueTime(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp("an hourly job with 2 retries; it fails for two hours, then it succeeds");
    var attempts = new AtomicInteger();
    int perHour = 1 + RETRIES;
    var bench =
        new SchedulerBench(trial, page)
            .job(
                REPORT,
                _ -> {
                  if (attempts.incrementAndGet() <= 2 * perHour) {
                    throw new IllegalStateException("not now");
                  }
                });
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    for (int n = 0; n < 2; n++) {
      bench.expectNext("it is due next", jobs, NIGHTLY, hour(n));
      bench.clock.advanceTo(hour(n));
      bench.expectRuns("it runs in hour " + (n + 1), REPORT, n * perHour + 1);
      for (int retry = 1; retry <= RETRIES; retry++) {
        var expected = "hour %d, retry %d is made".formatted(n + 1, retry);
        bench.expectOneMore(expected, REPORT, n * perHour + 1 + retry, jobs, STEP);
      }
      bench.expectStillRuns(
          "no attempt after the last of the hour", REPORT, (n + 1) * perHour, jobs);
    }
    bench.expectNext("it is due next", jobs, NIGHTLY, hour(2));
    bench.clock.advanceTo(hour(2));
    bench.expectRuns("it runs in the third hour, once", REPORT, 2 * perHour + 1);
    bench.expectNext("it is due next", jobs, NIGHTLY, hour(3));
    bench.look(jobs);
    bench.clock.advance(RETRY_DELAY.multipliedBy(5));
    bench.expectStillRuns("a run that succeeded is not tried again", REPORT, 2 * perHour + 1, jobs);
  }
}
