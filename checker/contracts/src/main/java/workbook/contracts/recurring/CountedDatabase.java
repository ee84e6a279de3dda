package workbook.contracts.recurring;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import workbook.checker.Gate;

/**
 * A database that counts how often somebody looks at it: each connection that is asked for is a
 * look, but for those of the thread that made this object, which only calls the scheduler.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class CountedDatabase implements DataSource {

  private final DataSource database;
  private final Thread notCounted = Thread.currentThread();
  private final AtomicLong looks = new AtomicLong();
  // H2 closes what was left open once the garbage collector has found it: nothing is garbage here.
  private final Queue<Connection> handedOut = new ConcurrentLinkedQueue<>();
  private volatile Predicate<Thread> held = _ -> false;
  private volatile @Nullable Gate gate;

  CountedDatabase(DataSource database) {
    this.database = database;
  }

  /** How often somebody has looked so far. */
  long looks() {
    return looks.get();
  }

  /** From now on some threads wait at a gate when they ask for a connection. */
  void hold(Predicate<Thread> threads, Gate at) {
    gate = at;
    held = threads;
  }

  private void passGate() throws SQLException {
    var at = gate;
    if (at != null && held.test(Thread.currentThread())) {
      try {
        at.pass();
      } catch (InterruptedException e) {
        throw new SQLException("interrupted", e);
      }
    }
  }

  @Override
  public Connection getConnection() throws SQLException {
    passGate();
    count();
    return kept(database.getConnection());
  }

  @Override
  public Connection getConnection(String user, String password) throws SQLException {
    count();
    return kept(database.getConnection(user, password));
  }

  private Connection kept(Connection connection) {
    handedOut.add(connection);
    return connection;
  }

  private void count() {
    if (Thread.currentThread() != notCounted) {
      looks.incrementAndGet();
    }
  }

  @Override
  public PrintWriter getLogWriter() throws SQLException {
    return database.getLogWriter();
  }

  @Override
  public void setLogWriter(PrintWriter out) throws SQLException {
    database.setLogWriter(out);
  }

  @Override
  public void setLoginTimeout(int seconds) throws SQLException {
    database.setLoginTimeout(seconds);
  }

  @Override
  public int getLoginTimeout() throws SQLException {
    return database.getLoginTimeout();
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getGlobal();
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    return database.unwrap(type);
  }

  @Override
  public boolean isWrapperFor(Class<?> type) throws SQLException {
    return database.isWrapperFor(type);
  }
}
