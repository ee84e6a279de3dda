package workbook.proof.recurring;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
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

/** Right: the ids of a batch are looked up, then deleted one by one and committed together. */
public final class SelectingCleanup implements CleanupJob {

  private static final Logger log = LoggerFactory.getLogger(SelectingCleanup.class);

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
  public SelectingCleanup(DataSource database, TimeSource time, Duration keep, int batchSize) {
    this.database = Objects.requireNonNull(database, "database");
    this.time = Objects.requireNonNull(time, "time");
    this.keep = Objects.requireNonNull(keep, "keep");
    if (keep.isZero() || keep.isNegative()) {
      throw new IllegalArgumentException("keep is " + keep);
    }
    this.batchSize = batchSize;
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize is " + batchSize);
    }
  }

  @Override
  public void register(RecurringJobs jobs, ZoneId zone) {
    jobs.addOrUpdate(ID, NAME, "0 30 2 * * ?", zone);
  }

  @Override
  public void run(CancellationToken stop) throws SQLException {
    var cutoff = time.now().atOffset(ZoneOffset.UTC).minus(keep);
    int sum = 0;
    try (var connection = database.getConnection()) {
      connection.setAutoCommit(false);
      for (var ids = some(connection, cutoff); !ids.isEmpty(); ids = some(connection, cutoff)) {
        sum += delete(connection, ids);
        if (stop.isCancelled()) {
          break;
        }
      }
    }
    log.info("{} rows", sum);
  }

  private List<Long> some(Connection connection, OffsetDateTime cutoff) throws SQLException {
    var ids = new ArrayList<Long>();
    try (var select =
        connection.prepareStatement(
            "select id from audit_log where written_at < ? order by id limit ?")) {
      select.setObject(1, cutoff);
      select.setInt(2, batchSize);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }

  private static int delete(Connection connection, List<Long> ids) throws SQLException {
    int deleted = 0;
    try (var delete = connection.prepareStatement("delete from audit_log where id = ?")) {
      for (long id : ids) {
        delete.setLong(1, id);
        deleted += delete.executeUpdate();
      }
      connection.commit();
      return deleted;
    } catch (SQLException e) {
      connection.rollback();
      throw e;
    }
  }
}
