package workbook.recurring.jobrunr;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.scheduling.BackgroundJob;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.server.JobActivator;
import org.jobrunr.storage.sql.h2.H2StorageProvider;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.DbRecurringJobs;
import workbook.recurring.QuartzRecurringJobs;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;
import workbook.recurring.Schema;

/**
 * Measures the three libraries: {@code start LIBRARY} the time from the start of the JVM to the end
 * of a first job, and what there is then; {@code takeover LIBRARY} the time from the kill of a
 * process to the run of its job in another.
 */
public final class Comparison {

  private static final RecurringOptions OPTIONS =
      new RecurringOptions(Duration.ofSeconds(1), Duration.ofSeconds(8), 0, Duration.ofMinutes(1));
  private static final String RUNS = "the job runs";
  private static final CountDownLatch ran = new CountDownLatch(1);
  private static boolean victim;

  private Comparison() {}

  static void main(String[] args) throws Exception {
    var library = args[1];
    switch (args[0]) {
      case "start" -> start(library);
      case "takeover" -> takeOver(library);
      default -> { // the process that is killed
        victim = true;
        run(library, database(args[2]), true);
        Thread.currentThread().join();
      }
    }
    System.exit(0);
  }

  private static void start(String library) throws Exception {
    var database = database("jdbc:h2:mem:start;DB_CLOSE_DELAY=-1");
    Schema.create(database);
    run(library, database, true);
    ran.await();
    long millis = System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime();
    var cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    int threads = Thread.activeCount();
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var tables =
            statement.executeQuery(
                "select count(*) from information_schema.tables where table_schema = 'PUBLIC'"
                    + prefix(library))) {
      tables.next();
      System.out.printf(
          "%-12s first job done after %,d ms, %,d ms of CPU; %d tables, %d platform threads%n",
          library, millis, cpu.toMillis(), tables.getInt(1), threads);
    }
  }

  private static String prefix(String library) {
    return switch (library) {
      case "db-scheduler" -> " and table_name = 'SCHEDULED_TASKS'";
      case "quartz" -> " and table_name like 'QRTZ%'";
      default -> " and table_name like 'JOBRUNR%'";
    };
  }

  private static void takeOver(String library) throws Exception {
    var server = Server.createTcpServer("-tcpPort", "0").start();
    var here = database("jdbc:h2:mem:takeover;DB_CLOSE_DELAY=-1");
    Schema.create(here);
    var process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-classpath",
                    System.getProperty("java.class.path"),
                    Comparison.class.getName(),
                    "victim",
                    library,
                    "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:takeover"))
            .redirectErrorStream(true)
            .start();
    try (var out = process.inputReader()) {
      while (!out.readLine().contains(RUNS)) {
        // what it logs is of no interest
      }
      run(library, here, false);
      Thread.sleep(10_000); // it is waited for, and knows the other one
      long killed = System.nanoTime();
      process.destroyForcibly();
      ran.await();
      System.out.printf(
          "%-12s the job runs again %.1f s after the kill%n",
          library, (System.nanoTime() - killed) / 1e9);
    }
  }

  /** What the job does: in the victim it never ends. */
  static void job() throws InterruptedException {
    System.out.println(RUNS);
    ran.countDown();
    if (victim) {
      new CountDownLatch(1).await();
    }
  }

  private static void run(String library, DataSource database, boolean enqueue) throws Exception {
    if (library.equals("jobrunr")) {
      jobRunr(database, enqueue);
      return;
    }
    Map<String, Work> jobs = Map.of("job", _ -> job());
    var time = TimeSource.system();
    RecurringJobs scheduler =
        library.equals("quartz")
            ? new QuartzRecurringJobs("quartz", database, jobs, OPTIONS, time)
            : new DbRecurringJobs("db-scheduler", database, jobs, OPTIONS, time);
    if (enqueue) {
      scheduler.addOrUpdate("yearly", "job", "0 0 0 1 1 ?", ZoneOffset.UTC);
      scheduler.trigger("yearly");
    }
    scheduler.start();
  }

  private static void jobRunr(DataSource database, boolean enqueue) {
    JobRunr.configure()
        .useJobActivator(
            new JobActivator() {
              @Override
              public <T> T activateJob(Class<T> type) {
                return type.cast(new Task());
              }
            })
        .useStorageProvider(new H2StorageProvider(database))
        .useBackgroundJobServer(
            BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
                .andPollInterval(Duration.ofSeconds(5)))
        .initialize();
    if (enqueue) {
      BackgroundJob.<Task>enqueue(task -> task.run());
    }
  }

  /** JobRunr's way to say what runs. */
  public static final class Task {

    Task() {}

    /**
     * Runs the job.
     *
     * @throws InterruptedException if interrupted
     */
    public void run() throws InterruptedException {
      job();
    }
  }

  private static DataSource database(String url) throws SQLException {
    var database = new JdbcDataSource();
    database.setURL(url);
    return database;
  }
}
