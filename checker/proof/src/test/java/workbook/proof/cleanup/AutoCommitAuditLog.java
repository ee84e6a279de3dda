package workbook.proof.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Calendar;
import java.util.Objects;
import java.util.TimeZone;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.cleanup.AuditLog;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;

/** Right: in auto-commit mode each statement is a transaction of its own; nothing to roll back. */
public final class AutoCommitAuditLog implements AuditLog {

  private static final Logger log = LoggerFactory.getLogger(AutoCommitAuditLog.class);

  private final Connection connection;

  /**
   * An audit log.
   *
   * @param connection what it works over
   */
  public AutoCommitAuditLog(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    Objects.requireNonNull(cutoff, "cutoff");
    Objects.requireNonNull(cancel, "cancel");
    Arguments.atLeast(batchSize, 1, "batchSize");
    boolean before = connection.getAutoCommit();
    if (!before) {
      connection.setAutoCommit(true);
    }
    long deleted = 0;
    Throwable failure = null;
    try {
      int batch;
      do {
        batch = cancel.isCancelled() ? 0 : deleteBatch(cutoff, batchSize);
        deleted += batch;
      } while (batch > 0);
    } catch (SQLException | RuntimeException | Error e) {
      failure = e;
    }
    log.info("{} old audit entries are gone", deleted);
    try {
      if (!before) {
        connection.setAutoCommit(false);
      }
    } catch (SQLException e) {
      if (failure == null) {
        throw e;
      }
      if (failure != e) {
        failure.addSuppressed(e);
      }
    }
    return switch (failure) {
      case null -> deleted;
      case Error error -> throw error;
      case RuntimeException unchecked -> throw unchecked;
      default -> throw new SQLException("it failed after " + deleted + " entries", failure);
    };
  }

  // region in
  private int deleteBatch(Instant cutoff, int batchSize) throws SQLException {
    try (var statement =
        connection.prepareStatement(
            "DELETE FROM audit_log WHERE id IN (SELECT id FROM audit_log WHERE happened_at < ?"
                + " ORDER BY happened_at LIMIT ?)")) {
      statement.setTimestamp(
          1, Timestamp.from(cutoff), Calendar.getInstance(TimeZone.getTimeZone("UTC")));
      statement.setInt(2, batchSize);
      return statement.executeUpdate();
    }
  }
  // endregion
}
