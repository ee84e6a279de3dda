package workbook.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;

/** Fills an audit log and cleans it every five seconds until Ctrl-C. Given. */
final class Main {

  private static final Logger log = LoggerFactory.getLogger(Main.class);
  private static final CleanupPlan PLAN =
      new CleanupPlan(Duration.ofSeconds(5), Duration.ofDays(30), 1_000);

  private Main() {}

  static void main(String[] args) {
    int entries = entries(args);
    var time = TimeSource.system();
    var container = container();
    try (var scope = container.createScope()) {
      Database.fill(scope.get(DataSource.class), entries, time.now());
    } catch (SQLException | IllegalStateException e) {
      container.close();
      throw exit(e.getMessage());
    }
    var service = new DbCleanupService("cleanup", container, time, PLAN);
    Runtime.getRuntime()
        .addShutdownHook(Thread.ofPlatform().unstarted(() -> stop(service, container, time)));
    log.info("{} entries of the last 60 days were added; Ctrl-C stops", entries);
    service.start();
    // The service's thread is virtual, and virtual threads do not keep a JVM alive.
    service.completion().toCompletableFuture().join();
  }

  private static ServiceContainer container() {
    try {
      // region container
      return new SmallContainer(
          List.of(
              Registration.singleton(DataSource.class, _ -> Database.open()),
              Registration.scoped(
                  Connection.class, services -> services.get(DataSource.class).getConnection()),
              Registration.scoped(
                  AuditLog.class, services -> counting(services.get(Connection.class)))));
      // endregion
    } catch (IllegalStateException e) {
      throw exit(e.getMessage());
    }
  }

  /** An audit log that also says how many entries there are. */
  private static AuditLog counting(Connection connection) {
    var auditLog = new JdbcAuditLog(connection);
    return (cutoff, batchSize, cancel) -> {
      long before = Database.count(connection);
      long deleted = auditLog.deleteOlderThan(cutoff, batchSize, cancel);
      log.info("{} entries before, {} after", before, Database.count(connection));
      return deleted;
    };
  }

  private static int entries(String[] args) {
    try {
      int entries = args.length == 0 ? 10_000 : Integer.parseInt(args[0]);
      if (entries >= 0) {
        return entries;
      }
    } catch (NumberFormatException e) {
      // said below, as for a number below 0
    }
    throw exit("'" + args[0] + "' is no number of entries: give one from 0 on");
  }

  private static AssertionError exit(@Nullable String why) {
    log.error(why);
    System.exit(1);
    return new AssertionError("exited");
  }

  private static void stop(DbCleanupService service, ServiceContainer container, TimeSource time) {
    try {
      service.stop(Deadline.after(Duration.ofSeconds(10), time));
      container.close();
      log.info("stopped");
    } catch (Exception e) {
      log.error("did not stop cleanly", e);
    }
  }
}
