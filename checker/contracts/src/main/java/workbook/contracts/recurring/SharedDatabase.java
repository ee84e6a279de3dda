package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.HOURLY;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.SHORT_LEASE;
import static workbook.contracts.recurring.SchedulerBench.START;
import static workbook.contracts.recurring.SchedulerBench.hour;
import static workbook.contracts.recurring.SchedulerBench.past;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.process.ChildJvm;

/** Several schedulers on one database. */
final class SharedDatabase {

  private static final int DUE_TIMES = 5;

  private static final Duration TO_START = Duration.ofSeconds(20);

  private static final List<String> WITHOUT_LOG = // nobody reads it, and it takes long to set up
      List.of(
          "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider",
          "-Dslf4j.internal.verbosity=WARN");

  private SharedDatabase() {}

  static void oneRunForEachDueTime(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "two schedulers, an hourly job, " + DUE_TIMES + " hours; both look while the job runs");
    var gate = new AtomicReference<>(trial.gate());
    trial.afterwards(() -> gate.get().open());
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.get().pass());
    var one = bench.start("a");
    var two = bench.start("b");
    one.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    for (int n = 0; n < DUE_TIMES; n++) {
      bench.expectNext("both know when it is due next", one, NIGHTLY, hour(n));
      bench.expectNext("both know when it is due next", two, NIGHTLY, hour(n));
      gate.set(trial.gate());
      bench.clock.advanceTo(hour(n));
      bench.expectRuns("each due time is one run", REPORT, n + 1);
      bench.look(one);
      bench.expectStillRuns("each due time is one run", REPORT, n + 1, two);
      gate.get().open();
    }
    bench.expectNext("it is due next", two, NIGHTLY, hour(DUE_TIMES));
    bench.expectStillRuns("each due time is one run", REPORT, DUE_TIMES, two);
    bench.stopped(one);
    bench.clock.advanceTo(hour(DUE_TIMES));
    bench.expectRuns("when one has stopped, the other goes on", REPORT, DUE_TIMES + 1);
  }

  static void clocksDiffer(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "two schedulers, an hourly job; the clock of b is five minutes behind that of a; b is"
            + " started when a has run it already");
    var bench = new SchedulerBench(trial, page);
    var behind = new SettableClock(START, trial.end());
    var one = bench.make("a");
    one.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    bench.started(one);
    bench.clock.advanceTo(hour(0));
    behind.advanceTo(hour(0).minus(Duration.ofMinutes(5)));
    bench.expectRuns("a runs it at its own full hour", REPORT, 1);
    bench.expectNext("it is due next", one, NIGHTLY, hour(1));
    var two = bench.make("b", behind);
    two.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    bench.started(two);
    bench.expectNext("it is due next for b, too", two, NIGHTLY, hour(1));
    for (int n = 0; n < 3; n++) {
      behind.advanceTo(hour(n));
      bench.look(two);
      bench.expectStillRuns("b does not run it again at its full hour", REPORT, n + 1, one);
      bench.clock.advanceTo(hour(n + 1));
      bench.expectRuns("a runs it at its own full hour", REPORT, n + 2);
      bench.expectNext("it is due next", one, NIGHTLY, hour(n + 2));
    }
    setBack(trial, page);
  }

  private static void setBack(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp(
        "an hourly job; while it runs at the full hour, the clock is set back half an hour");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.pass());
    var jobs = bench.start("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    bench.clock.advanceTo(hour(0));
    bench.expectRuns("it runs at the full hour", REPORT, 1);
    bench.clock.setBack(Duration.ofMinutes(30));
    gate.open();
    bench.expectNext("it is due next", jobs, NIGHTLY, hour(1));
    bench.clock.advanceTo(hour(0));
    bench.expectStillRuns("it does not run again at the same hour", REPORT, 1, jobs);
    bench.clock.advanceTo(hour(1));
    bench.expectRuns("it runs at the next full hour", REPORT, 2);
  }

  static void neverTwoAtOnce(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp(
        "two schedulers, an hourly job; while it runs, it is triggered in both, and two due times"
            + " pass");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.pass());
    var one = bench.start("a");
    var two = bench.start("b");
    one.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    one.trigger(NIGHTLY);
    bench.expectRuns("it runs", REPORT, 1);
    for (var jobs : List.of(one, two)) {
      try {
        jobs.trigger(NIGHTLY);
      } catch (IllegalStateException e) {
        trial.note("trigger is refused while it runs");
      } catch (RuntimeException e) {
        throw trial.broken(
            "while it runs, trigger is accepted or refused with an IllegalStateException",
            Trial.describe(e) + " was thrown");
      }
    }
    if (page.clockCanBeSet()) {
      bench.clock.advanceTo(hour(0));
      bench.look(one);
      bench.clock.advanceTo(hour(1));
    }
    bench.look(one);
    bench.look(two);
    trial.expect("one run at a time", bench.most() + " at a time", "1 at a time");
    gate.open();
    if (page.clockCanBeSet()) {
      bench.expectNext("it is due again when the run has ended", one, NIGHTLY, hour(2));
    }
    bench.look(two);
    int before = bench.count(REPORT);
    if (page.clockCanBeSet()) {
      bench.clock.advanceTo(hour(2));
      bench.expectSoon(
          "it runs at its next due time",
          () -> bench.count(REPORT) > before,
          () -> "it does not run any more");
    }
    bench.look(one);
    trial.expect("one run at a time", bench.most() + " at a time", "1 at a time");
  }

  static void longRun(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "two schedulers with a lease of 400 ms; a runs a job that takes 1 s, in steps of 160 ms");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).lease(SHORT_LEASE).job(REPORT, _ -> gate.pass());
    var one = bench.start("a");
    one.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    one.trigger(NIGHTLY);
    bench.expectRuns("it runs", REPORT, 1);
    var two = bench.start("b");
    boolean renewed = true;
    for (int n = 0; n < 6; n++) {
      renewed = renewed && bench.awaitAnyWrite();
      bench.clock.advance(Duration.ofMillis(160));
      bench.expectCount("nobody else runs it", REPORT, 1);
    }
    bench.expectStillRuns("nobody else runs it", REPORT, 1, two);
    gate.open();
    bench.expectNext("the run ends and it is due next", one, NIGHTLY, hour(0));
    bench.expectCount("it has run once", REPORT, 1);
  }

  static void killed(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "a process of its own runs the job, lease 400 ms; kill -9; scheduler b starts, and runs"
            + " another job; the clock that is passed in says 2010");
    var worker = new AtomicReference<@Nullable Thread>();
    var bench =
        new SchedulerBench(trial, page)
            .inThePast()
            .lease(SHORT_LEASE)
            .job("done", _ -> worker.set(Thread.currentThread()));
    var two = bench.make("b");
    two.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    two.trigger(NIGHTLY);
    var options = new ArrayList<>(WITHOUT_LOG);
    for (var key : RuleDatabase.PROPERTIES) {
      options.add("-D" + key + "=" + System.getProperty(key, ""));
    }
    var url = bench.home.urlForProcess(trial);
    var now = bench.clock.now().toString();
    var child =
        new ChildJvm(
            trial,
            page.getClass(),
            options,
            JobsProcess.class,
            page.getClass().getName(),
            url,
            now);
    await(child, TO_START, JobsProcess.STARTED); // however little patience there is otherwise
    await(child, Patience.PROCESS.limit(), JobsProcess.RUNNING, JobsProcess.IDLE);
    boolean runs = child.told().contains(JobsProcess.RUNNING);
    if (!runs && child.isAlive() && !child.told().contains(JobsProcess.IDLE)) {
      throw trial.notDecided(
          "the process did not run the job within " + Patience.PROCESS.limit().toSeconds() + " s",
          "try again when the machine is less busy, or with -Dchecker.patience=5");
    }
    trial.expectThat("the process runs the job", runs, child.printed());
    child.kill();
    child.expectExit("the process is gone");
    bench.started(two);
    bench.expectStillRuns("b does not run it before the lease is over", REPORT, 0, two);
    two.enqueue("done");
    bench.expectRuns("another job runs once", "done", 1);
    SchedulerBench.awaitRest(Objects.requireNonNull(worker.get())); // its end is stored
    bench.look(two);
    bench.clock.advance(SHORT_LEASE.multipliedBy(3).dividedBy(2));
    trial.expectSoon( // after a look at leases, which are few
        "b runs it when the lease is over",
        () -> bench.count(REPORT) >= 1,
        () -> "it has run 0 times");
    bench.expectNext("it is due next", two, NIGHTLY, past(hour(0)));
    bench.expectCount("b has run it once", REPORT, 1);
    trial.lookAt("enqueue");
    bench.expectStillRuns("a lease that is over repeats nothing that is done", "done", 1, two);
  }

  private static void await(ChildJvm child, Duration limit, String... anyOf) {
    child
        .limit(limit)
        .awaits(() -> !child.isAlive() || !Collections.disjoint(child.told(), List.of(anyOf)));
  }
}
