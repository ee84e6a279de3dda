package workbook.testing;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import workbook.checker.Caller;
import workbook.checker.VirtualTime;

/**
 * A call that a {@link Bench} makes on a thread of its own. Each question is answered when all
 * threads are at rest.
 *
 * <p><b>Threads.</b> For the test's own thread.
 *
 * @param <T> what it returns
 */
public final class Call<T extends @Nullable Object> {

  private final String name;
  private final VirtualTime time;
  private final Caller<T> caller;
  private boolean heard;

  Call(String name, Callable<T> call, VirtualTime time) {
    this.name = name;
    this.time = time;
    this.caller = new Caller<>(name, call, time);
  }

  /** Whether it still waits, and will wait until somebody does something. */
  public boolean isWaiting() {
    time.settle();
    return !caller.isDone();
  }

  /**
   * What it returned.
   *
   * @return its result
   * @throws AssertionError if it still waits
   * @throws Exception what it threw
   */
  public T result() throws Exception {
    var thrown = thrown();
    return switch (thrown) {
      case null -> caller.returned();
      case Exception e -> throw e;
      case Error e -> throw e;
      default -> throw new AssertionError(thrown);
    };
  }

  /**
   * What it threw; null if it has returned.
   *
   * @return the exception or null
   * @throws AssertionError if it still waits
   */
  public @Nullable Throwable thrown() {
    if (isWaiting()) {
      throw new AssertionError("'" + name + "' should have come to its end, and still waits");
    }
    heard = true;
    return caller.thrown();
  }

  /** Interrupts its thread. */
  public void interrupt() {
    caller.thread().interrupt();
  }

  boolean failedUnheard() {
    return !heard && caller.isDone() && caller.thrown() != null;
  }

  void failUnheard() {
    throw new AssertionError(
        "'" + name + "' has failed, and the test has not asked for its outcome", caller.thrown());
  }
}
