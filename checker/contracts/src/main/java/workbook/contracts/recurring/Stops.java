package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.HOURLY;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.RETRY_DELAY;
import static workbook.contracts.recurring.SchedulerBench.hour;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;

/** Start and stop. */
final class Stops {

  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final String STARTER = "starter at once ";

  private Stops() {}

  static void start(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a job is enqueued that waits; start; start again");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.pass());
    var jobs = bench.make("a");
    trial.lookAt("name");
    trial.expect("its name is 'a'", jobs.name(), "a");
    trial.lookAt();
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
    startTwiceAtOnce(trial, page);
  }

  /** Each of two starts has looked whether there was one before, when the first one goes on. */
  private static void startTwiceAtOnce(Trial trial, RecurringJobsContract page)
      throws SQLException {
    trial.setUp("start from two threads at once");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page);
    var jobs = bench.make("a");
    bench.counted.hold(thread -> thread.getName().startsWith(STARTER), gate);
    var outcomes = new CopyOnWriteArrayList<String>();
    var starters = new ArrayList<Caller<Object>>();
    for (int n = 1; n <= 2; n++) {
      starters.add(trial.start(STARTER + n, () -> outcomes.add(outcomeOf(jobs::start))));
      SchedulerBench.awaitRest(starters.getLast().thread());
    }
    gate.open();
    starters.forEach(starter -> trial.expectReturn("start ends", starter));
    trial.expect(
        "one of the two returns, the other throws an IllegalStateException",
        outcomes.stream().sorted().toList(),
        List.of("IllegalStateException", "normally"));
  }

  private static String outcomeOf(Executable call) {
    try {
      call.execute();
      return "normally";
    } catch (Throwable e) {
      return e.getClass().getSimpleName();
    }
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
    trial.setUp(
        "a job waits for ever, one has ended, another one ends when it is told; stop with 10 s to"
            + " go; the clock is set 10 s forward");
    var gate = trial.gate();
    var told = trial.gate();
    var polite = new AtomicReference<>(Thread.currentThread());
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
                })
            .job("early bird", _ -> {})
            .job(
                "polite one",
                _ -> {
                  polite.set(Thread.currentThread());
                  told.pass();
                });
    var jobs = bench.start("scheduler-a");
    jobs.enqueue("early bird");
    jobs.enqueue("polite one");
    jobs.enqueue(REPORT);
    bench.expectRuns("the job runs", "early bird", 1);
    bench.expectRuns("the job runs", "polite one", 1);
    bench.expectRuns("the job runs", REPORT, 1);
    bench.look(jobs);
    var stop = bench.stop(jobs, LIMIT);
    bench.expectWaiting("stop waits at 0 s", stop);
    told.open();
    SchedulerBench.awaitRest(polite.get());
    bench.clock.advance(LIMIT.minusSeconds(1));
    bench.expectWaiting("stop waits at 9 s", stop);
    bench.clock.advance(Duration.ofSeconds(1));
    var thrown = trial.expectThrow("stop throws at 10 s", stop, TimeoutException.class);
    var message = String.valueOf(thrown.getMessage());
    trial.expectThat(
        "the message names the scheduler, 'scheduler-a', and the job, 'report'",
        message.contains("scheduler-a") && message.contains(REPORT),
        message);
    trial.expectThat(
        "the message names no job that has ended, 'early bird' or 'polite one'",
        !message.contains("early bird") && !message.contains("polite one"),
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
    stopDuringStart(trial, page);
  }

  /** What comes first is left open; but a later stop ends whatever was started. */
  private static void stopDuringStart(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("start waits for the database; stop from another thread; both end; stop again");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page);
    trial.watchThreads();
    var jobs = bench.make("a");
    bench.counted.hold(thread -> thread.getName().startsWith(STARTER), gate);
    var start = trial.start(STARTER + 1, () -> outcomeOf(jobs::start));
    SchedulerBench.awaitRest(start.thread());
    var stop = bench.stop(jobs, LIMIT);
    SchedulerBench.awaitRest(stop.thread());
    gate.open();
    trial.expectReturn("start ends", start);
    trial.expectReturn("the stop that came meanwhile returns", stop);
    bench.stopped(jobs);
    trial.expectNoNewThread("after a later stop no thread is left");
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
    trial.watchThreads();
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    jobs.trigger(NIGHTLY);
    bench.expectRuns("the job runs", REPORT, 1);
    bench.look(jobs);
    bench.stopped(jobs);
    trial.expectNoNewThread("no thread is left");
    bench.home.expectNoConnection(trial);
  }
}
