package workbook.proof.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.cleanup.AuditLog;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;

/** Wrong: one statement for everything, in one transaction. */
public final class BigDeleteAuditLog implements AuditLog {

  private static final Logger log = LoggerFactory.getLogger(BigDeleteAuditLog.class);

  private final Connection connection;

  /**
   * An audit log.
   *
   * @param connection what it works over
   */
  public BigDeleteAuditLog(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    Objects.requireNonNull(cutoff, "cutoff");
    Objects.requireNonNull(cancel, "cancel");
    Arguments.atLeast(batchSize, 1, "batchSize");
    boolean autoCommit = connection.getAutoCommit();
    int deleted = 0;
    try (var delete = connection.prepareStatement("DELETE FROM audit_log WHERE happened_at < ?")) {
      connection.setAutoCommit(true);
      delete.setObject(1, LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC));
      deleted = cancel.isCancelled() ? 0 : delete.executeUpdate();
      connection.setAutoCommit(autoCommit);
      return deleted;
    } finally {
      log.info("deleted {} audit entries", deleted);
    }
  }
}
