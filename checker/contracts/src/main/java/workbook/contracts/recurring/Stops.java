package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.HOURLY;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.RETRY_DELAY;
import static workbook.contracts.recurring.SchedulerBench.hour;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;

/** Start and stop. */
final class Stops {

  private static final Duration LIMIT = Duration.ofSeconds(10);

  private Stops() {}

  static void start(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a job is enqueued that waits; start; start again");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.pass());
    var jobs = bench.make("a");
    trial.expect("its name is 'a'", jobs.name(), "a");
    jobs.enqueue(REPORT);
    bench.started(jobs);
    bench.expectRuns("the job runs", REPORT, 1);
    var again =
        trial.start(
            "second starter",
            () -> {
              jobs.start();
              return "normally";
            });
    trial.expectThrow("a second start is refused", again, IllegalStateException.class);
    gate.open();
    bench.expectStillRuns("the job has run once", REPORT, 1, jobs);
  }

  static void stopWaits(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a job waits at a gate; stop with 10 s to go; another job is due meanwhile");
    var gate = trial.gate();
    var ended = new AtomicReference<@Nullable String>();
    var token = new AtomicReference<>(CancellationToken.none());
    var bench =
        new SchedulerBench(trial, page)
            .job(
                REPORT,
                stop -> {
                  token.set(stop);
                  try {
                    gate.pass();
                    ended.set("normally");
                  } catch (InterruptedException e) {
                    ended.set("interrupted");
                  }
                })
            .job("other", _ -> {});
    var jobs = bench.start("a");
    jobs.addOrUpdate("another", "other", HOURLY, UTC);
    jobs.enqueue(REPORT);
    bench.expectRuns("the job runs", REPORT, 1);
    trial.expect("its token is not cancelled before the stop", isCancelled(token), false);
    var stop = bench.stop(jobs, Duration.ofHours(10));
    trial.expectSoon(
        "the token of the run is cancelled when stop begins",
        () -> isCancelled(token),
        () -> "it is not");
    bench.expectWaiting("stop waits for the run in progress", stop);
    bench.clock.advanceTo(hour(1));
    bench.expectWaiting("stop waits for the run in progress", stop);
    trial.expectThat("the run goes on", ended.get() == null, "it ended " + ended.get());
    gate.open();
    trial.expectReturn("stop returns when the run has ended", stop);
    trial.expect("the run ended normally", ended.get(), "normally");
    bench.expectCount("no other job was begun", "other", 0);
    var next = bench.start("b");
    if (page.clockCanBeSet()) {
      bench.expectRuns("the other job is run by the next scheduler", "other", 1);
    }
    bench.expectStillRuns("the run that ended is not run again", REPORT, 1, next);
  }

  private static boolean isCancelled(AtomicReference<CancellationToken> token) {
    return token.get().isCancelled();
  }

  static void stopAtTheDeadline(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp("a job waits for ever; stop with 10 s to go; the clock is set 10 s forward");
    var gate = trial.gate();
    var interrupted = new AtomicBoolean();
    var runs = new AtomicInteger();
    var bench =
        new SchedulerBench(trial, page)
            .job(
                REPORT,
                _ -> {
                  if (runs.incrementAndGet() == 1) {
                    try {
                      gate.pass();
                    } catch (InterruptedException e) {
                      interrupted.set(true);
                      throw e;
                    }
                  }
                });
    var jobs = bench.start("scheduler-a");
    jobs.enqueue(REPORT);
    bench.expectRuns("the job runs", REPORT, 1);
    var stop = bench.stop(jobs, LIMIT);
    bench.expectWaiting("stop waits at 0 s", stop);
    bench.clock.advance(LIMIT.minusSeconds(1));
    bench.expectWaiting("stop waits at 9 s", stop);
    bench.clock.advance(Duration.ofSeconds(1));
    var thrown = trial.expectThrow("stop throws at 10 s", stop, TimeoutException.class);
    var message = String.valueOf(thrown.getMessage());
    trial.expectThat(
        "the message names the scheduler, 'scheduler-a', and the job, 'report'",
        message.contains("scheduler-a") && message.contains(REPORT),
        message);
    trial.expectSoon("the run is interrupted", interrupted::get, () -> "it is not");
    var next = bench.start("b");
    bench.expectOneMore("the next scheduler tries it again", REPORT, 2, next, RETRY_DELAY);
    bench.expectStillRuns("once", REPORT, 2, next);
  }

  static void stopTwice(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("stop; start; a job waits at a gate; stop from two threads; stop again");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.pass());
    var jobs = bench.make("a");
    bench.stopped(jobs);
    bench.started(jobs);
    jobs.enqueue(REPORT);
    bench.expectRuns("the job runs", REPORT, 1);
    var first = bench.stop(jobs, LIMIT);
    bench.expectWaiting("the first stop waits for the run", first);
    var second = bench.stop(jobs, LIMIT);
    bench.expectWaiting("the second stop waits for the run, too", second);
    gate.open();
    trial.expectReturn("the first stop returns", first);
    trial.expectReturn("the second stop returns", second);
    bench.stopped(jobs);
  }

  static void interruptedStop(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a job waits at a gate; the thread that stops is interrupted; stop again");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.pass());
    var jobs = bench.start("a");
    jobs.enqueue(REPORT);
    bench.expectRuns("the job runs", REPORT, 1);
    var stop = bench.stop(jobs, LIMIT);
    bench.expectWaiting("stop waits for the run", stop);
    stop.thread().interrupt();
    trial.expectThrow("the interrupted stop throws", stop, InterruptedException.class);
    gate.open();
    bench.stopped(jobs);
  }

  static void nothingLeft(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("start; a job runs; stop; then threads and connections are counted");
    var bench = new SchedulerBench(trial, page);
    try (var own = bench.database.getConnection();
        var statement = own.createStatement()) {
      trial.watchThreads();
      var jobs = bench.start("a");
      jobs.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
      jobs.trigger(NIGHTLY);
      bench.expectRuns("the job runs", REPORT, 1);
      bench.look(jobs);
      bench.stopped(jobs);
      trial.expectNoNewThread("no thread is left");
      try (var sessions =
          statement.executeQuery("select count(*) from information_schema.sessions")) {
        sessions.next();
        trial.expect("no connection is left but that of the rule", sessions.getInt(1), 1);
      }
    }
  }
}
