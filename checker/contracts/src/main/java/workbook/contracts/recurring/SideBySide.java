package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.AT_THREE;
import static workbook.contracts.recurring.SchedulerBench.HOURLY;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;
import static workbook.contracts.recurring.SchedulerBench.hour;
import static workbook.contracts.recurring.SchedulerBench.three;

import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Trial;

/** What goes on, and what is asked for, while jobs run. */
final class SideBySide {

  private static final int AT_LEAST = 4;

  private SideBySide() {}

  static void fourAtATime(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("one scheduler; a job that waits at a gate is enqueued four times");
    var gate = trial.gate();
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.pass());
    var jobs = bench.start("a");
    for (int n = 0; n < AT_LEAST; n++) {
      jobs.enqueue(REPORT);
    }
    bench.expectSoon(
        "four runs go on at a time",
        () -> bench.most() >= AT_LEAST,
        () -> bench.most() + " at a time");
    gate.open();
    bench.expectStillRuns("each is run once", REPORT, AT_LEAST, jobs);
  }

  static void changedWhileItRuns(Trial trial, RecurringJobsContract page) throws SQLException {
    page.needsClock(trial);
    trial.setUp(
        "an hourly job; while it runs it is added again, then with another text, and triggered;"
            + " when it runs the next time it is removed");
    var gate = new AtomicReference<>(trial.gate());
    trial.afterwards(() -> gate.get().open());
    var bench = new SchedulerBench(trial, page).job(REPORT, _ -> gate.get().pass());
    var one = bench.start("a");
    var two = bench.make("b");
    one.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC);
    one.trigger(NIGHTLY);
    bench.expectRuns("it runs", REPORT, 1);
    trial.expectThat(
        "while it runs, it may be added again as it is",
        isTaken(trial, () -> two.addOrUpdate(NIGHTLY, REPORT, HOURLY, UTC)),
        "that is refused");
    boolean replaced = isTaken(trial, () -> two.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC));
    boolean triggered = isTaken(trial, () -> two.trigger(NIGHTLY));
    gate.get().open();
    bench.stopped(one); // so its end is in the database
    bench.started(two);
    int runs = triggered ? 2 : 1;
    bench.expectRuns("it runs again if the trigger was accepted", REPORT, runs);
    var due = replaced ? three(0) : hour(0);
    bench.expectNext("the text that was accepted last applies", two, NIGHTLY, due);

    gate.set(trial.gate());
    two.trigger(NIGHTLY);
    bench.expectRuns("it runs", REPORT, runs + 1);
    boolean removed =
        isTaken(trial, () -> trial.expect("remove returns true", two.remove(NIGHTLY), true));
    gate.get().open();
    bench.stopped(two);
    var three = bench.start("c");
    if (removed) {
      bench.clock.advanceTo(three(1));
      trial.lookAt("remove");
      bench.expectStillRuns("a job that is removed does not run again", REPORT, runs + 1, three);
      trial.expect("a job that is removed is gone", three.nextRun(NIGHTLY), Optional.empty());
    } else {
      bench.expectNext("a job that is not removed is due", three, NIGHTLY, due);
    }
  }

  private static boolean isTaken(Trial trial, Runnable change) {
    try {
      change.run();
      return true;
    } catch (IllegalStateException e) {
      trial.note("a change is refused while it runs");
      return false;
    } catch (RuntimeException e) {
      throw trial.broken(
          "while it runs, a change is accepted or refused with an IllegalStateException",
          Trial.describe(e) + " was thrown");
    }
  }
}
