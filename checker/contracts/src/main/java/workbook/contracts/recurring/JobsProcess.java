package workbook.contracts.recurring;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.h2.jdbcx.JdbcDataSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringOptions;

/** A scheduler in a process of its own, whose job never ends. */
final class JobsProcess {

  /** What it prints when start has returned. */
  static final String STARTED = "the scheduler is started";

  /** What it prints when the job runs. */
  static final String RUNNING = "the job runs";

  private JobsProcess() {}

  static void main(String[] args) throws Exception {
    var maker = Class.forName(args[0]).getDeclaredConstructor();
    maker.setAccessible(true);
    var contract = (ScheduleRules) maker.newInstance();
    var database = new JdbcDataSource();
    database.setURL(args[1]);
    Work runsForEver =
        _ -> {
          System.out.println(RUNNING);
          new CountDownLatch(1).await();
        };
    var options =
        new RecurringOptions(
            SchedulerBench.POLL, SchedulerBench.SHORT_LEASE, 0, Duration.ofMinutes(1));
    contract
        .create(
            "child",
            database,
            Map.of(SchedulerBench.REPORT, runsForEver, "marker", _ -> {}),
            options,
            new SettableClock(Instant.parse(args[2])))
        .start();
    System.out.println(STARTED);
    Thread.currentThread().join(); // virtual threads alone do not keep a process alive
  }
}
