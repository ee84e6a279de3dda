package workbook.recurring;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;

/**
 * Cleans an audit log every five seconds, until Ctrl-C. The schedule is in a file: a second start
 * finds it there, and so does a second process at the same time. Given.
 */
final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final Path FILE = Path.of("target", "jobs").toAbsolutePath();
  private static final ZoneId ZONE = ZoneId.of("Europe/Berlin");
  private static final Duration KEEP = Duration.ofDays(30);
  private static final int BATCH = 100;
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(10);
  private static final RecurringOptions OPTIONS =
      new RecurringOptions(
          Duration.ofSeconds(1), Duration.ofSeconds(20), 3, Duration.ofSeconds(10));

  private Main() {}

  static void main() throws Exception {
    var time = TimeSource.system();
    var database = new JdbcDataSource();
    // several processes on one file; what is committed survives a kill
    database.setURL("jdbc:h2:file:" + FILE + ";AUTO_SERVER=TRUE;WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
    SchedulerTable.create(database);
    AuditEntries.create(database);

    var cleanup = new DailyCleanup(database, time, KEEP, BATCH);
    Work visitors =
        _ ->
            AuditEntries.add(database, Collections.nCopies(250, longAgo(time))); // so there is work
    var jobs =
        new DbRecurringJobs(
            "scheduler-" + ProcessHandle.current().pid(),
            database,
            Map.of(CleanupJob.NAME, cleanup, "visitors", visitors),
            OPTIONS,
            time);
    log.info("found in {}: the cleanup is due at {}", FILE, jobs.nextRun("cleanup-often"));
    cleanup.register(jobs, ZONE);
    jobs.addOrUpdate("cleanup-often", CleanupJob.NAME, "0/5 * * ? * *", ZONE);
    jobs.addOrUpdate("visitors-often", "visitors", "2/5 * * ? * *", ZONE);
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(jobs)));
    jobs.start();
    log.info("started {}; daily cleanup at {}", jobs.name(), jobs.nextRun(CleanupJob.ID));
    log.info("Ctrl-C stops; start it again, or a second one beside it, and see who cleans");
    Thread.currentThread().join(); // virtual threads alone do not keep a JVM alive
  }

  private static Instant longAgo(TimeSource time) {
    return time.now().minus(KEEP).minus(Duration.ofDays(1));
  }

  private static void stop(RecurringJobs jobs) {
    try {
      jobs.stop(Deadline.after(TIME_TO_STOP, TimeSource.system()));
      log.info("stopped");
    } catch (Exception e) {
      log.error("did not stop cleanly", e);
    }
  }
}
