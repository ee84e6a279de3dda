package workbook.recurring;

import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * The table {@code audit_log} with its columns {@code id}, {@code written_at} and {@code entry}.
 */
public final class AuditEntries {

  private AuditEntries() {}

  /**
   * Creates the table if it is not there.
   *
   * @param database where
   * @throws SQLException if the database cannot
   */
  public static void create(DataSource database) throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "create table if not exists audit_log (id bigint generated always as identity primary"
              + " key, written_at timestamp(6) with time zone not null, entry varchar(200) not"
              + " null)");
    }
  }

  /**
   * Adds rows.
   *
   * @param database where
   * @param at the time of each
   * @throws SQLException if the database cannot
   */
  public static void add(DataSource database, List<Instant> at) throws SQLException {
    try (var connection = database.getConnection();
        var insert =
            connection.prepareStatement(
                "insert into audit_log (written_at, entry) values (?, ?)")) {
      for (var time : at) {
        insert.setObject(1, time.atOffset(ZoneOffset.UTC));
        insert.setString(2, "somebody did something");
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * The times of all rows, oldest first.
   *
   * @param database where
   * @return the times
   * @throws SQLException if the database cannot
   */
  public static List<Instant> times(DataSource database) throws SQLException {
    var times = new ArrayList<Instant>();
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select written_at from audit_log order by written_at")) {
      while (rows.next()) {
        times.add(rows.getObject(1, OffsetDateTime.class).toInstant());
      }
    }
    return times;
  }
}
