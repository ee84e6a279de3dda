package workbook.proof.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.cleanup.AuditLog;
import workbook.hosting.CancellationToken;

/**
 * An audit log that goes back to a savepoint when a batch fails, asks the connection whether it is
 * still there before it cleans up, and says in its own words what it refuses.
 */
public final class SavepointAuditLog implements AuditLog {

  private static final Logger log = LoggerFactory.getLogger(SavepointAuditLog.class);
  private static final int SECONDS = 1;
  private static final String SQL =
      """
      DELETE FROM audit_log WHERE id IN (
        SELECT id FROM audit_log WHERE happened_at < ? ORDER BY happened_at, id LIMIT %d)
      """;

  private final Connection connection;

  /**
   * An audit log.
   *
   * @param connection what it works over
   */
  public SavepointAuditLog(Connection connection) {
    if (connection == null) {
      throw new NullPointerException("there is no connection");
    }
    this.connection = connection;
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    if (cutoff == null || cancel == null) {
      throw new NullPointerException("there is no " + (cutoff == null ? "cutoff" : "token"));
    }
    if (batchSize < 1) {
      throw new IllegalArgumentException("a batch of " + batchSize + " entries is none");
    }
    boolean autoCommit = connection.getAutoCommit();
    long deleted = 0;
    try {
      connection.setAutoCommit(false);
      int batch = batchSize;
      while (batch == batchSize && !cancel.isCancelled()) {
        batch = delete(cutoff, batchSize);
        deleted += batch;
      }
      connection.setAutoCommit(autoCommit);
      return deleted;
    } catch (SQLException | RuntimeException | Error e) {
      if (connection.isValid(SECONDS)) {
        connection.setAutoCommit(autoCommit);
      }
      throw e;
    } finally {
      log.info("{} entries are gone for good", deleted);
    }
  }

  private int delete(Instant cutoff, int batchSize) throws SQLException {
    var before = connection.setSavepoint();
    try (var statement = connection.prepareStatement(SQL.formatted(batchSize))) {
      statement.setObject(1, cutoff.atOffset(ZoneOffset.UTC).toLocalDateTime());
      statement.addBatch();
      int batch = statement.executeBatch()[0];
      connection.commit();
      return batch;
    } catch (SQLException | RuntimeException | Error e) {
      if (connection.isValid(SECONDS)) {
        connection.rollback(before);
        connection.commit();
      }
      throw e;
    }
  }
}
