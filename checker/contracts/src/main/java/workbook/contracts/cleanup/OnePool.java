package workbook.contracts.cleanup;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import workbook.checker.Patience;
import workbook.checker.Trial;

/** A pool with one connection: whoever forgets to give it back is found out by the next. */
final class OnePool {

  /** A call of the database. */
  interface Call<T> {
    T make() throws SQLException;
  }

  private final Trial trial;
  private final HikariDataSource pool;

  OnePool(Trial trial) {
    this.trial = trial;
    var config = new HikariConfig();
    config.setDataSource(TestDatabase.open(trial).dataSource());
    config.setMaximumPoolSize(1);
    config.setConnectionTimeout(Patience.ANSWER.limit().toMillis());
    config.setPoolName("pool of one");
    pool = new HikariDataSource(config);
    trial.afterwards(pool::close);
  }

  /** How many connections are lent at the moment. */
  int lent() {
    return pool.getHikariPoolMXBean().getActiveConnections();
  }

  /** Expects that the connection is there and works. */
  void expectUsable(String expected) {
    int lent = lent();
    trial.expectThat(expected + ": none is lent", lent == 0, "lent, and not given back: " + lent);
    trial.expectReturn(
        expected + ": it is lent and works",
        () -> {
          var borrowed = borrow();
          try {
            return borrowed.begin();
          } finally {
            borrowed.giveBack();
          }
        });
  }

  /** Nobody else gives it back meanwhile, so waiting for it would be in vain. */
  Borrowed borrow() throws SQLException {
    if (lent() > 0) {
      throw new SQLTransientConnectionException("the only connection is lent");
    }
    return new Borrowed(pool.getConnection());
  }

  /** A connection that is lent. */
  record Borrowed(Connection connection) {

    /** Begins a transaction that changes something. */
    String begin() throws SQLException {
      connection.setAutoCommit(false);
      try (var statement = connection.createStatement()) {
        statement.executeUpdate(
            "INSERT INTO audit_log (happened_at, actor, action)"
                + " VALUES (TIMESTAMP '2030-01-01 00:00:00', 'cleanup', 'began')");
      }
      return "begun";
    }

    String commit() throws SQLException {
      connection.commit();
      return "committed";
    }

    String giveBack() throws SQLException {
      connection.close();
      return "given back";
    }
  }
}
