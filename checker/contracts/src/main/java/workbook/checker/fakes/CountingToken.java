package workbook.checker.fakes;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.hosting.CancellationToken;

/**
 * A token that is never cancelled, and counts who would be told. Safe for use by several threads.
 */
public final class CountingToken implements CancellationToken {

  private final AtomicInteger registrations = new AtomicInteger();

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public Registration onCancel(Runnable wake) {
    registrations.incrementAndGet();
    var open = new AtomicBoolean(true);
    return () -> {
      if (open.getAndSet(false)) {
        registrations.decrementAndGet();
      }
    };
  }

  /** How many registrations have not been closed. */
  public int registrations() {
    return registrations.get();
  }
}
