package workbook.proof.recurring;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.recurring.CleanupJob;
import workbook.recurring.RecurringJobs;

/** Right: counts what is old, then deletes as many batches as that needs, on one connection. */
public final class CountingCleanup implements CleanupJob {

  private static final Logger log = LoggerFactory.getLogger(CountingCleanup.class);

  private final DataSource database;
  private final TimeSource time;
  private final Duration keep;
  private final int batchSize;

  /**
   * A cleanup.
   *
   * @param database with the audit log
   * @param time the clock
   * @param keep how long a row is kept
   * @param batchSize rows in a transaction
   */
  public CountingCleanup(DataSource database, TimeSource time, Duration keep, int batchSize) {
    this.database = Objects.requireNonNull(database, "database");
    this.time = Objects.requireNonNull(time, "time");
    this.keep = Arguments.positive(keep, "keep");
    this.batchSize = Arguments.atLeast(batchSize, 1, "batchSize");
  }

  @Override
  public void register(RecurringJobs jobs, ZoneId zone) {
    jobs.addOrUpdate(ID, NAME, "0 30 2 ? JAN-DEC MON-SUN", zone);
  }

  @Override
  public void run(CancellationToken stop) throws SQLException {
    var cutoff = time.now().minus(keep).atOffset(ZoneOffset.UTC);
    long done = 0;
    try (var connection = database.getConnection();
        var count =
            connection.prepareStatement("select count(*) from audit_log where written_at < ?");
        var delete =
            connection.prepareStatement("delete from audit_log where written_at < ? limit ?")) {
      count.setObject(1, cutoff);
      long old;
      try (var rows = count.executeQuery()) {
        rows.next();
        old = rows.getLong(1);
      }
      for (long n = 0; n < old && !stop.isCancelled(); n += batchSize) {
        delete.setObject(1, cutoff);
        delete.setInt(2, batchSize);
        done += delete.executeUpdate();
      }
    } finally {
      log.info("cleanup: {} of the audit log's rows deleted", done);
    }
  }
}
