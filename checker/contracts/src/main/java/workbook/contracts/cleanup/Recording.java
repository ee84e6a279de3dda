package workbook.contracts.cleanup;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;

/**
 * A connection that tells what is done with it: how many rows each transaction deletes for good,
 * how many rows each query gives, what is left open, and how a failed transaction ends. It can be
 * told to fail. What is deleted is not read from the SQL: after each end of a transaction another
 * connection counts what is there.
 *
 * <p><b>Threads.</b> The connection belongs to one thread at a time; what was recorded may be read
 * by another once that one is done.
 */
final class Recording {

  /** What is done when a batch is about to run. */
  interface Hook {
    void before(int batch) throws SQLException;
  }

  private final Trial trial;
  private final TestDatabase database;
  private final Connection real;
  private final List<Integer> committed = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger batches = new AtomicInteger();
  private final AtomicInteger commits = new AtomicInteger();
  private final AtomicInteger openStatements = new AtomicInteger();
  private final AtomicLong mostRows = new AtomicLong();
  private final AtomicLong allRows = new AtomicLong();
  private final List<SQLException> afterTheLoss = Collections.synchronizedList(new ArrayList<>());
  private final List<String> cutOff = Collections.synchronizedList(new ArrayList<>());
  private final Set<String> statements = Collections.synchronizedSet(new LinkedHashSet<>());
  private final int isolation;
  private int rows;
  private volatile boolean begun; // something was done since the last end of a transaction
  private volatile boolean deletes; // a statement that deletes was among it
  private volatile boolean failed; // and one failed
  private volatile String endOfFailed = "";
  private volatile @Nullable SQLException lost;
  private volatile boolean loseWithOne; // all calls get to hear the same exception
  private volatile boolean noStatements;
  private volatile int failingTransaction;
  private volatile Hook hook = _ -> {};

  Recording(Trial trial, TestDatabase database, boolean autoCommit) {
    this.trial = trial;
    this.database = database;
    try {
      real = database.connect();
      real.setAutoCommit(autoCommit);
      isolation = real.getTransactionIsolation();
    } catch (SQLException e) {
      throw new IllegalStateException("the rule's database fails", e);
    }
    trial.afterwards(real::close);
    rows = database.times().size();
  }

  /** The connection for the code under test. */
  Connection connection() {
    return proxy(Connection.class, this::onConnection);
  }

  /** Runs something when a batch, a transaction that deletes, is about to begin. */
  void beforeBatch(Hook action) {
    hook = action;
  }

  /** Lets the database refuse the end of the nth transaction that deletes. */
  void failTransaction(int number) {
    failingTransaction = number;
  }

  void refuseStatements() {
    noStatements = true;
  }

  /** From now on every call fails: the one in progress with this exception, or all with it. */
  void lose(SQLException first, boolean withOne) throws SQLException {
    loseWithOne = withOne;
    lost = first;
    throw first;
  }

  /** How many rows each transaction has deleted for good, in order. */
  List<Integer> committed() {
    return List.copyOf(committed);
  }

  /** The most rows that a query gave. */
  long mostRows() {
    return mostRows.get();
  }

  /** How many rows all queries together gave. */
  long allRows() {
    return allRows.get();
  }

  /** What calls got to hear after the connection was lost, in order. */
  List<SQLException> afterTheLoss() {
    return List.copyOf(afterTheLoss);
  }

  /** Calls that cut off what is in progress. */
  List<String> cutOff() {
    return List.copyOf(cutOff);
  }

  /** The SQL of all statements. */
  Set<String> statements() {
    return Set.copyOf(statements);
  }

  /** How a transaction ended in which a statement or the commit failed; empty if there was none. */
  String endOfFailed() {
    return endOfFailed;
  }

  /** Expects that the connection is as it was handed out. */
  void expectAsItWas(String when, boolean autoCommit) throws SQLException {
    trial.expectThat(when + ", the connection is open", !real.isClosed(), "it was closed");
    trial.expectThat(
        when + ", its auto-commit mode is what it was: " + autoCommit,
        real.getAutoCommit() == autoCommit,
        "it is " + !autoCommit);
    trial.expectThat(
        when + ", its isolation level is what it was",
        real.getTransactionIsolation() == isolation,
        "it is another one");
    trial.expectThat(
        when + ", no transaction is left open",
        !begun,
        "something was executed after the last commit or rollback");
    trial.expectThat(
        when + ", every statement is closed",
        openStatements.get() == 0,
        openStatements.get() + " still open");
  }

  private @Nullable Object onConnection(Object self, Method method, Object[] args)
      throws Throwable {
    var name = method.getName();
    if (lost != null && name.equals("isValid")) {
      return false;
    }
    if (lost != null && !name.equals("close") && !name.equals("isClosed")) {
      throw closed();
    }
    if (noStatements && (name.startsWith("prepare") || name.startsWith("create"))) {
      throw new SQLException("the database refuses the statement");
    }
    if (name.equals("abort")) {
      cutOff.add("Connection.abort");
    }
    if (List.of("commit", "rollback").contains(name) && real.getAutoCommit()) {
      throw new SQLException(name + " in auto-commit mode"); // as JDBC has it; H2 lets it pass
    }
    if (name.equals("commit") && deletes) {
      refuse(commits.incrementAndGet());
    }
    boolean ends =
        switch (name) {
          case "commit", "close" -> true;
          case "setAutoCommit" -> Boolean.TRUE.equals(args[0]);
          case "rollback" -> args.length == 0;
          default -> false;
        };
    var result = call(real, method, args);
    if (ends) {
      ended(name);
    } else if (name.equals("rollback") && failed) {
      endOfFailed = name; // to a savepoint: nothing is left of what failed, or the count shows it
      failed = false;
    }
    return result instanceof Statement statement
        ? proxy(
            method.getReturnType(),
            new OnStatement(
                statement, (Connection) self, args.length > 0 ? String.valueOf(args[0]) : ""))
        : result;
  }

  private SQLException closed() {
    var only = lost;
    var failure =
        loseWithOne && only != null ? only : new SQLException("this connection is closed");
    afterTheLoss.add(failure);
    return failure;
  }

  private void refuse(int transaction) throws SQLException {
    if (transaction == failingTransaction) {
      failed = true;
      trial.note("the database refuses the transaction");
      throw new SQLException("the database refuses transaction " + transaction);
    }
  }

  private void ended(String how) {
    if (failed) {
      endOfFailed = how;
      failed = false;
    }
    begun = false;
    deletes = false;
    int now = database.times().size();
    if (now != rows) {
      trial.note(how + ": " + (rows - now) + " deleted");
      committed.add(rows - now);
      rows = now;
    }
  }

  private final class OnStatement implements InvocationHandler {

    private final Statement target;
    private final Connection connection;
    private String prepared; // or what was added to a batch
    private boolean open = true;

    OnStatement(Statement target, Connection connection, String prepared) {
      this.target = target;
      this.connection = connection;
      this.prepared = prepared;
      statements.add(prepared);
      openStatements.incrementAndGet();
    }

    @Override
    public @Nullable Object invoke(Object self, Method method, Object[] args) throws Throwable {
      var name = method.getName();
      if (name.equals("getConnection")) {
        return connection;
      }
      if (name.equals("close")) {
        close();
      } else if (lost != null) {
        throw closed();
      }
      if (name.equals("cancel")) {
        cutOff.add("Statement.cancel");
      }
      if (name.equals("addBatch") && args.length > 0) {
        prepared += args[0];
        statements.add(prepared);
      }
      if (!name.startsWith("execute")) {
        return rows(call(target, method, args));
      }
      return execute(method, args);
    }

    private @Nullable Object execute(Method method, Object[] args) throws Throwable {
      var sql = args.length > 0 && args[0] instanceof String text ? text : prepared;
      statements.add(sql);
      boolean atOnce = real.getAutoCommit();
      begun = !atOnce;
      try {
        if (sql.toLowerCase(Locale.ROOT).contains("delete")) {
          boolean first = !deletes;
          deletes = !atOnce;
          if (first) {
            hook.before(batches.incrementAndGet());
          }
          if (atOnce) {
            refuse(commits.incrementAndGet());
          }
        }
        var result = rows(call(target, method, args));
        if (atOnce) {
          ended("auto-commit");
        }
        return result;
      } catch (SQLException e) {
        failed = !atOnce;
        throw e;
      }
    }

    private void close() {
      if (open) {
        open = false;
        openStatements.decrementAndGet();
      }
    }

    private @Nullable Object rows(@Nullable Object result) {
      if (!(result instanceof ResultSet resultSet)) {
        return result;
      }
      var count = new AtomicLong();
      return proxy(
          ResultSet.class,
          (_, method, args) -> {
            var value = call(resultSet, method, args);
            if (method.getName().equals("next") && Boolean.TRUE.equals(value)) {
              mostRows.accumulateAndGet(count.incrementAndGet(), Math::max);
              allRows.incrementAndGet();
            }
            return value;
          });
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    InvocationHandler withArguments =
        (self, method, args) -> handler.invoke(self, method, args == null ? new Object[0] : args);
    return type.cast(
        Proxy.newProxyInstance(
            Recording.class.getClassLoader(), new Class<?>[] {type}, withArguments));
  }

  private static @Nullable Object call(Object target, Method method, Object[] args)
      throws Throwable {
    try {
      return method.invoke(target, args);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
