package workbook.timed;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * A timer with a fixed rate. Its ticks stand on a grid that begins when it is made: the first one a
 * period later, then one each period, whatever the work in between takes. Ticks that pass while
 * nobody waits become one, which the next wait gets at once; after it the timer is on its grid
 * again. A wait that ends without a tick leaves the grid, and a tick that is due, as they are.
 *
 * <p>Threads, cancellation and close are as {@link TickSource} says. A wait costs the waiting
 * thread and nothing else: the timer has no thread of its own.
 */
public final class PeriodicTimer implements TickSource {

  // The grid is nextTick plus any number of periods. Only the one that holds waiting moves
  // nextTick.
  private final long period; // nanoseconds
  private final TimeSource time;
  private final CancellationSource closed = new CancellationSource();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private long nextTick; // on time's monotonic clock; guarded by waiting

  /**
   * A timer that starts counting now.
   *
   * @param period the time between two ticks, longer than zero
   * @param time the clock to measure and to wait with
   * @throws IllegalArgumentException if the period is zero or negative
   */
  public PeriodicTimer(Duration period, TimeSource time) {
    // A period of more than 292 years counts as that.
    this.period = TimeUnit.NANOSECONDS.convert(Arguments.positive(period, "period"));
    this.time = Objects.requireNonNull(time, "time");
    this.nextTick = time.nanoTime() + this.period;
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    if (!waiting.compareAndSet(false, true)) {
      throw new IllegalStateException("another thread is waiting for this timer's next tick");
    }
    try {
      var wake = CancellationToken.anyOf(cancel, closed.token());
      var untilTick = Duration.ofNanos(nextTick - time.nanoTime());
      if (wake.isCancelled() || !time.sleep(untilTick, wake)) {
        return false;
      }
      long late = time.nanoTime() - nextTick;
      nextTick += (late / period + 1) * period;
      return true;
    } finally {
      waiting.set(false);
    }
  }

  @Override
  public void close() {
    closed.cancel();
  }
}
