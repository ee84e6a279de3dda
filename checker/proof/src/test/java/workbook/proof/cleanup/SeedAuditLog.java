package workbook.proof.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.cleanup.AuditLog;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;

/** Wrong: the .NET chapter's clean-up, translated. Loads what is old and deletes it one by one. */
public final class SeedAuditLog implements AuditLog {

  private static final Logger log = LoggerFactory.getLogger(SeedAuditLog.class);

  /** An entry, as an object-relational mapper loads it. */
  record Entry(long id, LocalDateTime happenedAt, String actor, String action) {}

  private final Connection connection;

  /**
   * An audit log.
   *
   * @param connection what it works over
   */
  public SeedAuditLog(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    Objects.requireNonNull(cutoff, "cutoff");
    Objects.requireNonNull(cancel, "cancel");
    Arguments.atLeast(batchSize, 1, "batchSize");
    // region seed
    var oldLogs = new ArrayList<Entry>();
    try (var select =
        connection.prepareStatement(
            "SELECT id, happened_at, actor, action FROM audit_log WHERE happened_at < ?")) {
      select.setObject(1, LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC));
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          oldLogs.add(
              new Entry(
                  rows.getLong(1),
                  rows.getObject(2, LocalDateTime.class),
                  rows.getString(3),
                  rows.getString(4)));
        }
      }
    }
    connection.setAutoCommit(false);
    try (var delete = connection.prepareStatement("DELETE FROM audit_log WHERE id = ?")) {
      for (var entry : oldLogs) {
        delete.setLong(1, entry.id());
        delete.executeUpdate();
      }
    }
    connection.commit();
    // endregion
    log.info("Deleted {} old audit records.", oldLogs.size());
    return oldLogs.size();
  }
}
