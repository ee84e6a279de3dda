package workbook.checker;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A caller on a virtual thread of its own, so that a rule can watch what a call does while it
 * waits.
 *
 * @param <T> what the call returns
 */
public final class Caller<T extends @Nullable Object> {

  private final Thread thread;
  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable T returned; // these two are written before done
  private volatile @Nullable Throwable thrown;

  /**
   * Makes the call.
   *
   * @param name the name of the thread
   * @param call the call
   * @param time the time that the thread takes part in
   */
  public Caller(String name, Callable<T> call, VirtualTime time) {
    thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    returned = call.call();
                  } catch (Throwable e) {
                    thrown = e;
                  } finally {
                    done.countDown();
                  }
                });
    time.enroll(thread);
    thread.start();
  }

  /** The virtual thread that makes the call. */
  public Thread thread() {
    return thread;
  }

  /** Whether the call is over, by returning or by throwing. */
  public boolean isDone() {
    return done.getCount() == 0;
  }

  /** Waits until the call is over, and tells whether it was within the limit. */
  boolean await() {
    try {
      var limit = Limit.of(Patience.SIGNAL);
      while (!done.await(limit.toNextLook().toMillis(), TimeUnit.MILLISECONDS)) {
        if (limit.hasPassed()) {
          return isDone();
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What it threw, or null. */
  public @Nullable Throwable thrown() {
    return thrown;
  }

  /** What it returned, once it has. */
  @SuppressWarnings("NullAway") // null only where T allows it
  public T returned() {
    return returned;
  }
}
