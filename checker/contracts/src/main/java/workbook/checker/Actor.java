package workbook.checker;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A caller on a virtual thread of its own, so that a rule can watch what a call does while it waits.
 *
 * @param <T> what the call returns
 */
public final class Actor<T extends @Nullable Object> {

  private final Thread thread;
  private final CompletableFuture<T> outcome = new CompletableFuture<>();

  Actor(String name, Callable<T> call, VirtualTime time) {
    thread =
        Thread.ofVirtual()
            .name(name)
            .unstarted(
                () -> {
                  try {
                    outcome.complete(call.call());
                  } catch (Throwable e) {
                    outcome.completeExceptionally(e);
                  }
                });
    time.enroll(thread);
    thread.start();
  }

  /**
   * The thread that makes the call.
   *
   * @return a virtual thread
   */
  public Thread thread() {
    return thread;
  }

  /**
   * Whether the call is over, by returning or by throwing.
   *
   * @return true if it is
   */
  public boolean isDone() {
    return outcome.isDone();
  }

  /**
   * Waits until the call is over.
   *
   * @return whether it was within the limit
   */
  boolean await() {
    try {
      outcome.get(Patience.SIGNAL.limit().toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException e) {
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What it threw, or null. */
  @Nullable Throwable thrown() {
    return outcome.isCompletedExceptionally() ? outcome.exceptionNow() : null;
  }

  /** What it returned. */
  T returned() {
    return outcome.resultNow();
  }
}
