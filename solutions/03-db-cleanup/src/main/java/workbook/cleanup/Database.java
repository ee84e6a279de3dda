package workbook.cleanup;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import javax.sql.DataSource;

/** The database of Main: H2 within the JVM, or the one that {@code -Ddb.url} names. Given. */
final class Database {

  // stays as long as the JVM, also without a connection; Main closes what it has opened itself
  private static final String EMBEDDED =
      "jdbc:h2:mem:audit;DB_CLOSE_DELAY=-1;DB_CLOSE_ON_EXIT=FALSE";
  private static final long SECONDS_TO_CONNECT = 5;

  private Database() {}

  /**
   * Opens a pool of two connections, and so finds out whether the database is there.
   *
   * @throws SQLException if it is not: the message says what to do
   */
  static HikariDataSource open() throws SQLException {
    var url = property("db.url");
    var config = new HikariConfig();
    config.setPoolName("audit");
    config.setMaximumPoolSize(2);
    config.setConnectionTimeout(SECONDS_TO_CONNECT * 1_000);
    config.setInitializationFailTimeout(SECONDS_TO_CONNECT * 1_000);
    config.setJdbcUrl(url.isEmpty() ? EMBEDDED : url);
    if (!property("db.user").isEmpty()) {
      config.setUsername(property("db.user"));
      config.setPassword(property("db.password"));
    }
    try {
      return new HikariDataSource(config);
    } catch (RuntimeException e) {
      throw new SQLException(
          "the database '%s' cannot be used (%s): is it running, and are -Ddb.url, -Ddb.user and -Ddb.password right?"
              .formatted(withoutParameters(config.getJdbcUrl()), innermost(e).getMessage()),
          e);
    }
  }

  private static String property(String name) {
    return System.getProperty(name, "").strip();
  }

  /** The parameters may hold a password. */
  private static String withoutParameters(String url) {
    return url.split("[?;]", 2)[0];
  }

  private static Throwable innermost(Throwable e) {
    return e.getCause() == null ? e : innermost(e.getCause());
  }

  /** Makes the table and adds entries of the last 60 days, in no order. */
  static void fill(DataSource pool, int entries, Instant now) throws SQLException {
    var random = new Random(3);
    var insert = "INSERT INTO audit_log (happened_at, actor, action) VALUES (?, ?, 'signed in')";
    try (var connection = pool.getConnection()) {
      AuditTable.createIn(connection);
      connection.setAutoCommit(false);
      try (var statement = connection.prepareStatement(insert)) {
        for (int n = 1; n <= entries; n++) {
          var time = now.minusSeconds(random.nextInt(60 * 24 * 60 * 60));
          statement.setObject(1, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
          statement.setString(2, "user " + random.nextInt(1_000));
          statement.addBatch();
          if (n % 1_000 == 0 || n == entries) {
            statement.executeBatch();
          }
        }
      }
      connection.commit();
    }
  }

  /** How many entries there are. */
  static long count(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("SELECT COUNT(*) FROM audit_log")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
