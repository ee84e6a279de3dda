package workbook.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;

/** The audit log over a JDBC connection. The whole contract is {@link AuditLog}'s. */
public final class JdbcAuditLog implements AuditLog {

  private static final Logger log = LoggerFactory.getLogger(JdbcAuditLog.class);

  private static final String DELETE_BATCH =
      """
      MERGE INTO audit_log USING (
        SELECT id AS old FROM audit_log WHERE happened_at < ? ORDER BY happened_at, id LIMIT ?
      ) AS batch ON id = old WHEN MATCHED THEN DELETE
      """;

  private final Connection connection;

  /**
   * An audit log.
   *
   * @param connection what it works over; it stays open
   * @throws NullPointerException if it is null; the message names it
   */
  public JdbcAuditLog(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    Objects.requireNonNull(cutoff, "cutoff");
    Arguments.atLeast(batchSize, 1, "batchSize");
    Objects.requireNonNull(cancel, "cancel");
    boolean autoCommit = connection.getAutoCommit();
    long deleted = 0;
    try {
      connection.setAutoCommit(false);
      try (var statement = connection.prepareStatement(DELETE_BATCH)) {
        statement.setObject(1, LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC));
        statement.setInt(2, batchSize);
        int batch = batchSize;
        while (batch == batchSize && !cancel.isCancelled()) {
          batch = statement.executeUpdate();
          connection.commit();
          deleted += batch;
        }
      }
      connection.setAutoCommit(autoCommit);
      return deleted;
    } catch (Throwable failure) {
      undo(failure, autoCommit);
      throw failure;
    } finally {
      log.info("deleted {} audit entries from before {}", deleted, cutoff);
    }
  }

  /** Ends the batch that failed. What fails here must not hide why. */
  private void undo(Throwable failure, boolean autoCommit) {
    try {
      connection.rollback();
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      if (e != failure) { // some drivers throw the same exception each time
        failure.addSuppressed(e);
      }
    }
  }
}
