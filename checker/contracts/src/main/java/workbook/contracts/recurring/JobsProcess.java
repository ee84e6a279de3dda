package workbook.contracts.recurring;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.h2.jdbcx.JdbcDataSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringOptions;

/** A scheduler in a process of its own, whose job never ends. */
final class JobsProcess {

  /** What it prints when start has returned. */
  static final String STARTED = "the scheduler is started";

  /** What it prints when the job runs. */
  static final String RUNNING = "the job runs";

  /** What it prints when the scheduler has looked at the database in vain. */
  static final String IDLE = "it has looked " + SchedulerBench.LOOKS + " times and runs nothing";

  private JobsProcess() {}

  static void main(String[] args) throws Exception {
    var maker = Class.forName(args[0]).getDeclaredConstructor();
    maker.setAccessible(true);
    var contract = (ScheduleRules) maker.newInstance();
    var database = new JdbcDataSource();
    database.setURL(args[1]);
    var running = new AtomicBoolean();
    Work runsForEver =
        _ -> {
          running.set(true);
          System.out.println(RUNNING);
          new CountDownLatch(1).await();
        };
    var options =
        new RecurringOptions(
            SchedulerBench.POLL, SchedulerBench.SHORT_LEASE, 0, Duration.ofMinutes(1));
    var counted = new CountedDatabase(database);
    contract
        .create(
            "child",
            counted,
            Map.of(SchedulerBench.REPORT, runsForEver, "marker", _ -> {}),
            options,
            new SettableClock(Instant.parse(args[2])))
        .start();
    System.out.println(STARTED);
    long enough = counted.looks() + SchedulerBench.LOOKS;
    while (!running.get() && counted.looks() < enough) {
      SchedulerBench.pause();
    }
    if (!running.get()) {
      System.out.println(IDLE);
    }
    Thread.currentThread().join(); // virtual threads alone do not keep a process alive
  }
}
