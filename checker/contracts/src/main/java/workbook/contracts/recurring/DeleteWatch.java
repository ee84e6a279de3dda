package workbook.contracts.recurring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.h2.api.Trigger;
import org.jspecify.annotations.Nullable;

/** What the database calls before it deletes a row: whatever the statement, and in which order. */
public final class DeleteWatch implements Trigger {

  private static final Map<String, Action> ACTIONS = new ConcurrentHashMap<>();

  private final AtomicInteger count = new AtomicInteger();
  private @Nullable Action action; // set once, by init

  /** What is done before a row is deleted. */
  @FunctionalInterface
  interface Action {

    /** Called with 1 before the first row is deleted; what it throws fails the statement. */
    void beforeDelete(int nth) throws SQLException;
  }

  /** A watch that can be closed. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {

    @Override
    void close() throws SQLException;
  }

  /** For the database. */
  public DeleteWatch() {}

  static void register(String name, Action action) {
    ACTIONS.put(name, action);
  }

  static void forget(String name) {
    ACTIONS.remove(name);
  }

  @Override
  public void init(
      Connection connection,
      String schema,
      String trigger,
      String table,
      boolean before,
      int type) {
    action = ACTIONS.get(trigger);
  }

  @Override
  public void fire(Connection connection, Object @Nullable [] oldRow, Object @Nullable [] newRow)
      throws SQLException {
    Objects.requireNonNull(action, "action").beforeDelete(count.incrementAndGet());
  }
}
