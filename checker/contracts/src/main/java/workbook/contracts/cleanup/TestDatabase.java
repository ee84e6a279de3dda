package workbook.contracts.cleanup;

import java.io.PrintWriter;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.DatabaseUser;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.cleanup.AuditTable;

/**
 * A database of a rule's own, with an empty audit table: in memory, or, with {@code
 * -Ddb.url=jdbc:postgresql://…} and, if need be, {@code -Ddb.user} and {@code -Ddb.password}, a
 * schema of a real one, which is dropped with everything in it when the rule is over.
 */
final class TestDatabase {

  private static final String GIVEN = System.getProperty("db.url", "").strip();

  private static final String IN_MEMORY = "jdbc:h2:mem:";

  private final String url;
  private final Connection own; // for the rule itself: to connect takes a server its time

  private TestDatabase(String url, Afterwards afterwards) throws SQLException {
    this.url = url;
    this.own = connectAs("");
    afterwards.run(own::close);
  }

  /** Opens a database for a trial. */
  static TestDatabase open(Trial trial) {
    if (!GIVEN.isEmpty()) {
      trial.mayLast(Patience.PROCESS.limit());
    }
    try {
      return open(trial::afterwards);
    } catch (SQLException e) {
      throw trial.broken(
          GIVEN.isEmpty()
              ? "a database in memory can be opened"
              : "the database that -Ddb.url, -Ddb.user and -Ddb.password name can be used",
          Trial.describe(e));
    }
  }

  /** Where what has to be done afterwards is handed in. */
  interface Afterwards {
    void run(Executable cleanUp);
  }

  static TestDatabase open(Afterwards afterwards) throws SQLException {
    var name = "rule_" + UUID.randomUUID().toString().replace('-', '_');
    if (GIVEN.isEmpty()) {
      // stays as long as it is not shut down, also without a connection
      var memory = new TestDatabase(IN_MEMORY + name, afterwards);
      memory.execute("SET DB_CLOSE_DELAY -1");
      afterwards.run(() -> memory.execute("SHUTDOWN"));
      DatabaseUser.createIn(memory.own);
      return memory.withTable();
    }
    if (!GIVEN.startsWith("jdbc:postgresql:")) {
      throw new SQLException("-Ddb.url must begin with jdbc:postgresql:, or not be given");
    }
    var server = new TestDatabase(GIVEN, afterwards);
    server.execute("CREATE SCHEMA " + name);
    afterwards.run(() -> server.execute("DROP SCHEMA " + name + " CASCADE"));
    var parameter = (GIVEN.contains("?") ? "&" : "?") + "currentSchema=" + name;
    return new TestDatabase(GIVEN + parameter, afterwards).withTable();
  }

  private TestDatabase withTable() throws SQLException {
    AuditTable.createIn(own);
    return this;
  }

  /** A new connection of its own, for who must not do what only an administrator may. */
  Connection connect() throws SQLException {
    return connectAs(url.startsWith(IN_MEMORY) ? DatabaseUser.NAME : "");
  }

  private Connection connectAs(String user) throws SQLException {
    var account = new Properties();
    if (!user.isEmpty()) {
      account.setProperty("user", user);
    }
    for (var key : List.of("user", "password")) {
      var value = System.getProperty("db." + key, "");
      if (!GIVEN.isEmpty() && !value.isEmpty()) {
        account.setProperty(key, value);
      }
    }
    return DriverManager.getConnection(url, account);
  }

  /** A data source whose every connection is a new one. */
  DataSource dataSource() {
    return (DataSource)
        Proxy.newProxyInstance(
            TestDatabase.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "getConnection" -> connect();
                  case "getLogWriter" -> new PrintWriter(System.err);
                  case "getLoginTimeout" -> 0;
                  case "toString" -> "the rule's database";
                  default -> null;
                });
  }

  /** Adds an entry for each time; their order in the table is the given one. */
  void add(List<Instant> times) {
    var insert =
        "INSERT INTO audit_log (happened_at, actor, action) VALUES (?, 'ada', 'signed in')";
    try (var statement = own.prepareStatement(insert)) {
      for (var time : times) {
        statement.setObject(1, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
        statement.addBatch();
      }
      statement.executeBatch();
    } catch (SQLException e) {
      throw new IllegalStateException("the rule's database fails", e);
    }
  }

  /** The times of the entries that are there for good, oldest first. */
  List<Instant> times() {
    try (var statement = own.createStatement();
        var rows = statement.executeQuery("SELECT happened_at FROM audit_log ORDER BY 1")) {
      var times = new ArrayList<Instant>();
      while (rows.next()) {
        times.add(rows.getObject(1, LocalDateTime.class).toInstant(ZoneOffset.UTC));
      }
      return times;
    } catch (SQLException e) {
      throw new IllegalStateException("the rule's database fails", e);
    }
  }

  /** Runs a statement of the rule's own. */
  void execute(String sql) throws SQLException {
    try (var statement = own.createStatement()) {
      statement.execute(sql);
    }
  }
}
