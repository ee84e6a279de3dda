package workbook.checker;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * Who the code under test is to a database in memory: somebody who makes, fills and drops tables as
 * they like, and is no administrator. An administrator of H2 can have it compile and run Java, and
 * read and write every file.
 */
public final class DatabaseUser {

  /** The name; the password is empty. */
  public static final String NAME = "WORKBOOK";

  private DatabaseUser() {}

  /**
   * Makes the user.
   *
   * @param administrator a connection in auto-commit mode
   * @throws SQLException if that fails
   */
  public static void createIn(Connection administrator) throws SQLException {
    try (var statement = administrator.createStatement()) {
      statement.execute("CREATE USER " + NAME + " PASSWORD ''");
      statement.execute("GRANT ALTER ANY SCHEMA TO " + NAME);
    }
  }
}
