package workbook.contracts.recurring;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.h2.tools.Server;
import workbook.checker.DatabaseUser;
import workbook.checker.Trial;

/**
 * An empty database of a rule's own: H2 in memory, or, with {@code -Ddb.url=jdbc:postgresql://…}
 * and, if need be, {@code -Ddb.user} and {@code -Ddb.password}, a schema of a real one. It is gone
 * when the rule is over.
 */
final class RuleDatabase {

  /** The properties that name a real one, which a process of a rule needs, too. */
  static final List<String> PROPERTIES = List.of("db.url", "db.user", "db.password");

  private static final String GIVEN = System.getProperty("db.url", "").strip();

  private static final Queue<Connection> IDLE = new ConcurrentLinkedQueue<>();

  private final String name;
  private final String url;
  private final String password = UUID.randomUUID().toString(); // of the administrator
  private final AtomicInteger borrowed = new AtomicInteger();

  private RuleDatabase(String name, String url) {
    this.name = name;
    this.url = url;
  }

  static boolean isH2() {
    return GIVEN.isEmpty();
  }

  /**
   * Opens one.
   *
   * @param more settings of H2
   */
  static RuleDatabase open(Trial trial, String more) throws SQLException {
    var name = "rule_" + UUID.randomUUID().toString().replace('-', '_');
    if (isH2()) {
      var memory = new RuleDatabase(name, "jdbc:h2:mem:" + name + more);
      trial.afterwards(() -> memory.execute("shutdown immediately"));
      memory.execute("set db_close_delay -1"); // stays also without a connection
      try (var connection = memory.administrator().getConnection()) {
        DatabaseUser.createIn(connection);
      }
      return memory;
    }
    if (!GIVEN.startsWith("jdbc:postgresql:")) {
      throw new SQLException("-Ddb.url must begin with jdbc:postgresql:, or not be given");
    }
    var server = new RuleDatabase("public", GIVEN);
    server.execute("create schema " + name);
    trial.afterwards(() -> server.execute("drop schema " + name + " cascade"));
    return new RuleDatabase(
        name, GIVEN + (GIVEN.contains("?") ? "&" : "?") + "currentSchema=" + name);
  }

  DataSource source() {
    return isH2() ? source(url) : dataSource(this::borrow);
  }

  /** A data source whose every connection is a new one. */
  static DataSource source(String url) {
    return url.startsWith("jdbc:h2:")
        ? h2(url, DatabaseUser.NAME, "")
        : dataSource(() -> connect(url));
  }

  private DataSource administrator() {
    return isH2() ? h2(url, "", password) : source();
  }

  private static DataSource h2(String url, String user, String password) {
    var h2 = new JdbcDataSource();
    h2.setURL(url);
    h2.setUser(user);
    h2.setPassword(password);
    return h2;
  }

  private interface Connections {
    Connection next() throws SQLException;
  }

  private static DataSource dataSource(Connections connections) {
    return (DataSource)
        Proxy.newProxyInstance(
            RuleDatabase.class.getClassLoader(),
            new Class<?>[] {DataSource.class},
            (_, method, _) ->
                switch (method.getName()) {
                  case "getConnection" -> connections.next();
                  case "getLogWriter" -> new PrintWriter(System.err);
                  case "getLoginTimeout" -> 0;
                  case "toString" -> "the rule's database";
                  default -> null;
                });
  }

  /** A connection to the schema: a login takes a server longer than all that a rule asks it. */
  private Connection borrow() throws SQLException {
    var idle = IDLE.poll();
    var real = idle == null || idle.isClosed() ? connect(GIVEN) : idle;
    real.setSchema(name);
    borrowed.incrementAndGet();
    var closed = new AtomicBoolean();
    return (Connection)
        Proxy.newProxyInstance(
            RuleDatabase.class.getClassLoader(),
            new Class<?>[] {Connection.class},
            (_, method, arguments) -> {
              if (method.getName().equals("isClosed")) {
                return closed.get();
              }
              if (method.getName().equals("close")) {
                if (!closed.getAndSet(true)) {
                  giveBack(real);
                }
                return null;
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private void giveBack(Connection real) throws SQLException {
    borrowed.decrementAndGet();
    if (!real.getAutoCommit()) {
      real.rollback();
      real.setAutoCommit(true);
    }
    IDLE.add(real);
  }

  private static Connection connect(String url) throws SQLException {
    var account = new Properties();
    for (var key : List.of("user", "password")) {
      var value = System.getProperty("db." + key, "");
      if (!value.isEmpty()) {
        account.setProperty(key, value);
      }
    }
    return DriverManager.getConnection(url, account);
  }

  /** An address under which another process reaches it. */
  String urlForProcess(Trial trial) throws SQLException {
    if (!isH2()) {
      return url;
    }
    var server = Server.createTcpServer("-tcpPort", "0").start();
    trial.afterwards(server::stop);
    return "jdbc:h2:tcp://localhost:%d/mem:%s".formatted(server.getPort(), name);
  }

  /** Expects that every connection that was opened is closed. */
  void expectNoConnection(Trial trial) throws SQLException {
    trial.expect("no connection is left but that of the rule", connections() + 1, 1);
  }

  private int connections() throws SQLException {
    if (!isH2()) {
      return borrowed.get();
    }
    try (var connection = administrator().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery("select count(*) from information_schema.sessions")) {
      rows.next();
      return rows.getInt(1) - 1; // but for this one
    }
  }

  void execute(String sql) throws SQLException {
    try (var connection = administrator().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
