package workbook.checker.fakes;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import workbook.checker.VirtualTime;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.timed.TickSource;

/**
 * A timer that ticks when a rule says so; ticks that nobody waits for are one pending tick. Whoever
 * waits takes part in the virtual time.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public final class ManualTicks implements TickSource {

  private static final Duration FOR_EVER = Duration.ofDays(100_000);

  private final VirtualTime time;
  private boolean pending; // these three guarded by this
  private boolean closed;
  private @Nullable CancellationSource waiter;
  private volatile Duration lag = Duration.ZERO;

  /**
   * A timer that has not ticked.
   *
   * @param time in which its waits take place
   */
  public ManualTicks(VirtualTime time) {
    this.time = time;
  }

  /** Ticks now. */
  public void tick() {
    change(() -> pending = true);
  }

  @Override
  public void close() {
    change(() -> closed = true);
  }

  /**
   * Lets a wait that is cancelled go on for a while before it returns: whoever should wait for the
   * waiter, and does not, is then seen for certain.
   *
   * @param time how long, in virtual time
   */
  public void lagWhenCancelled(Duration time) {
    lag = time;
  }

  /** Whether it was closed. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Whether anybody ever waited for a tick. */
  public synchronized boolean wasWaitedFor() {
    return waiter != null;
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    time.enroll(Thread.currentThread()); // before anyone can see that it waits
    while (true) {
      var changed = new CancellationSource();
      synchronized (this) {
        if (closed || cancel.isCancelled()) {
          return false;
        }
        if (pending) {
          pending = false;
          return true;
        }
        waiter = changed;
      }
      time.sleep(FOR_EVER, CancellationToken.anyOf(cancel, changed.token()));
      if (lag.isPositive() && cancel.isCancelled()) {
        time.sleep(lag, CancellationToken.none());
      }
    }
  }

  private void change(Runnable change) {
    CancellationSource changed;
    synchronized (this) {
      change.run();
      changed = waiter;
    }
    if (changed != null) {
      changed.cancel();
    }
  }
}
