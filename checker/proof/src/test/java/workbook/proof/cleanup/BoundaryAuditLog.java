package workbook.proof.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.cleanup.AuditLog;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;

/** Right: asks where the batch ends, one row, and deletes up to there, in one transaction. */
public final class BoundaryAuditLog implements AuditLog {

  private static final Logger log = LoggerFactory.getLogger(BoundaryAuditLog.class);

  private record Boundary(LocalDateTime time, long id) {}

  private final Connection connection;

  /**
   * An audit log.
   *
   * @param connection what it works over
   */
  public BoundaryAuditLog(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    Objects.requireNonNull(cutoff, "cutoff");
    Objects.requireNonNull(cancel, "cancel");
    Arguments.atLeast(batchSize, 1, "batchSize");
    var end = new Boundary(LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC), Long.MIN_VALUE);
    boolean autoCommit = connection.getAutoCommit();
    long deleted = 0;
    try {
      if (autoCommit) {
        connection.setAutoCommit(false);
      }
      while (!cancel.isCancelled()) {
        var last = lastOfBatch(end, batchSize);
        int batch = delete(last.orElse(end));
        connection.commit();
        deleted += batch;
        if (last.isEmpty()) {
          break;
        }
      }
      if (autoCommit) {
        connection.setAutoCommit(true);
      }
      return deleted;
    } catch (SQLException | RuntimeException | Error e) {
      try {
        connection.rollback();
        if (autoCommit) {
          connection.setAutoCommit(true);
        }
      } catch (SQLException another) {
        if (another != e) {
          e.addSuppressed(another);
        }
      }
      throw e;
    } finally {
      log.info("audit log: deleted={}", deleted);
    }
  }

  private Optional<Boundary> lastOfBatch(Boundary end, int batchSize) throws SQLException {
    try (var select =
        connection.prepareStatement(
            "SELECT happened_at, id FROM audit_log WHERE happened_at < ?"
                + " ORDER BY happened_at, id LIMIT 1 OFFSET ?")) {
      select.setObject(1, end.time());
      select.setInt(2, batchSize - 1);
      var rows = select.executeQuery();
      return rows.next()
          ? Optional.of(new Boundary(rows.getObject(1, LocalDateTime.class), rows.getLong(2)))
          : Optional.empty();
    }
  }

  private int delete(Boundary last) throws SQLException {
    try (var delete =
        connection.prepareStatement(
            "DELETE FROM audit_log WHERE happened_at < ? OR (happened_at = ? AND id <= ?)")) {
      delete.setObject(1, last.time());
      delete.setObject(2, last.time());
      delete.setLong(3, last.id());
      return delete.executeUpdate();
    }
  }
}
