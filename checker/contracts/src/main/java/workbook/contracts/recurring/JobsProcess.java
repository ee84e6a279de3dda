package workbook.contracts.recurring;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import workbook.checker.EndOfTrial;
import workbook.checker.process.ChildJvm;
import workbook.hosting.Work;
import workbook.recurring.RecurringOptions;

/** A scheduler in a process of its own, whose job never ends. */
final class JobsProcess {

  /** What it prints when start has returned. */
  static final String STARTED = "the scheduler is started";

  /** What it prints when the job runs. */
  static final String RUNNING = "the job runs";

  /** What it prints when the job will not run. */
  static final String IDLE = "other jobs run, this one does not";

  private static final long PATIENCE_MILLIS = 1_000;
  private static final int OTHERS = 3;

  private JobsProcess() {}

  static void main(String[] args) throws Exception {
    var maker = Class.forName(args[0]).getDeclaredConstructor();
    maker.setAccessible(true);
    var contract = (RecurringJobsContract) maker.newInstance();
    var database = RuleDatabase.source(args[1]);
    var running = new CountDownLatch(1);
    var others = new Semaphore(0);
    Work runsForEver =
        _ -> {
          ChildJvm.tell(RUNNING);
          running.countDown();
          new CountDownLatch(1).await();
        };
    var options =
        new RecurringOptions(
            SchedulerBench.POLL, SchedulerBench.SHORT_LEASE, 0, Duration.ofMinutes(1));
    var scheduler =
        contract.create(
            "child",
            database,
            Map.of(SchedulerBench.REPORT, runsForEver, "marker", _ -> others.release()),
            options,
            new SettableClock(Instant.parse(args[2]), new EndOfTrial()));
    scheduler.start();
    ChildJvm.tell(STARTED);
    if (!running.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      for (int n = 0; n < OTHERS; n++) {
        scheduler.enqueue("marker");
        others.acquire();
      }
      if (running.getCount() > 0) {
        ChildJvm.tell(IDLE);
      }
    }
    Thread.currentThread().join(); // virtual threads alone do not keep a process alive
  }
}
