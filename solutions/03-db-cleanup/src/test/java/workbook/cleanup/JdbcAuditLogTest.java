package workbook.cleanup;

import java.sql.Connection;
import workbook.contracts.cleanup.JdbcAuditLogContract;

class JdbcAuditLogTest extends JdbcAuditLogContract {

  @Override
  protected AuditLog create(Connection connection) {
    return new JdbcAuditLog(connection);
  }
}
