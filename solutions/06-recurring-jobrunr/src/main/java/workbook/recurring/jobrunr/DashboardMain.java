package workbook.recurring.jobrunr;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Map;
import org.h2.jdbcx.JdbcDataSource;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.dashboard.JobRunrDashboardWebServerConfiguration;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.h2.H2StorageProvider;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.recurring.AuditEntries;

/** Cleans an audit log on JobRunr, the Java counterpart of Hangfire, with its page in a browser. */
final class DashboardMain {

  private static final Logger log = LoggerFactory.getLogger(DashboardMain.class);
  private static final Path FILE = Path.of("target", "jobrunr").toAbsolutePath();
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  private static final int PORT = 8000;

  private DashboardMain() {}

  static void main(String[] args) throws Exception {
    int port = args.length == 0 ? PORT : Integer.parseInt(args[0]);
    var database = new JdbcDataSource();
    var url = args.length < 2 ? "jdbc:h2:file:" + FILE : args[1];
    database.setURL(url + ";DB_CLOSE_DELAY=-1");
    AuditEntries.create(database);
    var tasks = Map.of(CleanupTask.class, new CleanupTask(database));
    JobRunr.configure()
        .useJobActivator(
            new JobActivator() {
              @Override
              public <T> @Nullable T activateJob(Class<T> type) {
                return type.cast(tasks.get(type));
              }
            })
        .useStorageProvider(new H2StorageProvider(database)) // creates its own tables
        .useBackgroundJobServer(
            BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andPollInterval(Duration.ofSeconds(5)) // the least that it takes on SQL
                .andWorkerCount(4))
        .useDashboard(
            JobRunrDashboardWebServerConfiguration.usingStandardDashboardConfiguration()
                .andPort(port)
                .andAllowAnonymousDataUsage(false)) // else it reports to its makers
        .initialize();
    BackgroundJob.<CleanupTask>scheduleRecurrently(
        "daily-cleanup", "0 30 2 * * *", BERLIN, task -> task.clean());
    BackgroundJob.<CleanupTask>scheduleRecurrently(
        "cleanup-often", "*/5 * * * * *", BERLIN, task -> task.clean());
    BackgroundJob.<CleanupTask>enqueue(task -> task.fail());
    log.info(
        "open http://localhost:{}/dashboard; it listens on all addresses of the machine", port);
    log.info("Ctrl-C stops");
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(DashboardMain::stop));
    Thread.currentThread().join();
  }

  private static void stop() {
    JobRunr.destroy();
    log.info("stopped");
  }
}
