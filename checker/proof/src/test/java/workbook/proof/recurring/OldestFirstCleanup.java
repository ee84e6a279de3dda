package workbook.proof.recurring;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.recurring.CleanupJob;
import workbook.recurring.RecurringJobs;

/** A cleanup that begins with the oldest rows and commits each batch itself. Right. */
public final class OldestFirstCleanup implements CleanupJob {

  private static final Logger log = LoggerFactory.getLogger(OldestFirstCleanup.class);

  private final DataSource database;
  private final TimeSource time;
  private final Duration keep;
  private final int batchSize;

  /** A cleanup. */
  public OldestFirstCleanup(DataSource database, TimeSource time, Duration keep, int batchSize) {
    this.database = Objects.requireNonNull(database, "database");
    this.time = Objects.requireNonNull(time, "time");
    this.keep = Objects.requireNonNull(keep, "keep");
    this.batchSize = batchSize;
    if (!keep.isPositive()) {
      throw new IllegalArgumentException("keep must be longer than zero, was " + keep);
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize must be at least 1, was " + batchSize);
    }
  }

  @Override
  public void register(RecurringJobs jobs, ZoneId zone) {
    jobs.addOrUpdate(ID, NAME, "0 30 2 */1 1-12 ?", zone);
  }

  @Override
  public void run(CancellationToken stop) throws SQLException {
    var cutoff = time.now().minus(keep);
    int deleted = 0;
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      List<Long> batch;
      do {
        batch = oldest(connection, cutoff);
        delete(connection, batch);
        deleted += batch.size();
      } while (!batch.isEmpty() && !stop.isCancelled());
    }
    log.info("audit log: {} rows deleted", deleted);
  }

  private List<Long> oldest(Connection connection, Instant cutoff) throws SQLException {
    var ids = new ArrayList<Long>();
    try (var select =
        connection.prepareStatement(
            "select id from audit_log where written_at < ? order by written_at limit ?")) {
      select.setObject(1, cutoff.atOffset(ZoneOffset.UTC));
      select.setInt(2, batchSize);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }

  private static void delete(Connection connection, List<Long> ids) throws SQLException {
    try (var delete = connection.prepareStatement("delete from audit_log where id = ?")) {
      for (var id : ids) {
        delete.setLong(1, id);
        delete.addBatch();
      }
      delete.executeBatch();
      connection.commit();
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
