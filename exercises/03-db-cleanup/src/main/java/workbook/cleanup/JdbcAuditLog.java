package workbook.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;

/** The audit log over a JDBC connection. The whole contract is {@link AuditLog}'s. */
public final class JdbcAuditLog implements AuditLog {

  /**
   * An audit log.
   *
   * @param connection what it works over; it stays open
   * @throws NullPointerException if it is null; the message names it
   */
  public JdbcAuditLog(Connection connection) {
    // TODO: step 2
    throw new NotStarted("step 2", "the constructor of JdbcAuditLog");
  }

  @Override
  public long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel)
      throws SQLException {
    // TODO: step 2
    throw new NotStarted("step 2", "JdbcAuditLog.deleteOlderThan");
  }
}
