package workbook.proof.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.cleanup.AuditLog;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;

/** Wrong in one thing: it reads the ids of a batch, to delete the entries one by one. */
public final class IdsAuditLog implements AuditLog {

  private static final Logger log = LoggerFactory.getLogger(IdsAuditLog.class);

  private final Connection connection;

  /**
   * An audit log.
   *
   * @param connection what it works over
   */
  public IdsAuditLog(Connection connection) {
    this.connection = Objects.requireNonNull(connection, "connection");
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    Objects.requireNonNull(cutoff, "cutoff");
    Objects.requireNonNull(cancel, "cancel");
    Arguments.atLeast(batchSize, 1, "batchSize");
    boolean autoCommit = connection.getAutoCommit();
    long deleted = 0;
    @Nullable SQLException failure = null;
    try {
      connection.setAutoCommit(false);
      int batch = batchSize;
      while (batch == batchSize && !cancel.isCancelled()) {
        var ids = oldest(cutoff, batchSize);
        delete(ids);
        connection.commit();
        batch = ids.size();
        deleted += batch;
      }
    } catch (SQLException e) {
      failure = e;
      rollback(e);
    }
    log.info("deleted {} audit entries", deleted);
    restore(autoCommit, failure);
    return deleted;
  }

  private List<Long> oldest(Instant cutoff, int most) throws SQLException {
    var ids = new ArrayList<Long>();
    try (var select =
        connection.prepareStatement(
            "SELECT id FROM audit_log WHERE happened_at < ? ORDER BY happened_at LIMIT ?")) {
      select.setObject(1, LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC));
      select.setInt(2, most);
      try (var rows = select.executeQuery()) {
        while (rows.next()) {
          ids.add(rows.getLong(1));
        }
      }
    }
    return ids;
  }

  private void delete(List<Long> ids) throws SQLException {
    try (var delete = connection.prepareStatement("DELETE FROM audit_log WHERE id = ?")) {
      for (long id : ids) {
        delete.setLong(1, id);
        delete.addBatch();
      }
      delete.executeBatch();
    }
  }

  private void rollback(SQLException failure) {
    try {
      connection.rollback();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  private void restore(boolean autoCommit, @Nullable SQLException failure) throws SQLException {
    try {
      connection.setAutoCommit(autoCommit);
    } catch (SQLException e) {
      if (failure == null) {
        throw e;
      }
      failure.addSuppressed(e);
    }
    if (failure != null) {
      throw failure;
    }
  }
}
