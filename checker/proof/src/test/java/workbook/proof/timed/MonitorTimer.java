package workbook.proof.timed;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** Right: counts ticks by number; a monitor guards the state and is not held while sleeping. */
public final class MonitorTimer implements TickSource {

  private final Duration period;
  private final TimeSource time;
  private final long begin;
  private long taken; // ticks up to this number are gone; these three guarded by this
  private @Nullable CancellationSource waiter;
  private boolean closed;

  /**
   * A timer.
   *
   * @param period the time between two ticks
   * @param time the clock
   */
  public MonitorTimer(Duration period, TimeSource time) {
    if (period == null || time == null) {
      throw new IllegalArgumentException("period and time must be given: " + period + ", " + time);
    }
    if (period.compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("period is " + period + ", not positive");
    }
    this.period = period;
    this.time = time;
    this.begin = time.nanoTime();
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    var mine = new CancellationSource();
    Duration rest;
    synchronized (this) {
      if (waiter != null) {
        throw new IllegalStateException("one wait at a time");
      }
      if (closed) {
        return false;
      }
      waiter = mine;
      rest = period.multipliedBy(taken + 1).minusNanos(time.nanoTime() - begin);
    }
    boolean ticked = false;
    try {
      if (!cancel.isCancelled()) {
        ticked = time.sleep(rest, CancellationToken.anyOf(mine.token(), cancel));
      }
    } finally {
      synchronized (this) {
        waiter = null;
        if (ticked) {
          taken = (time.nanoTime() - begin) / period.toNanos();
        }
      }
    }
    return ticked;
  }

  @Override
  public void close() {
    CancellationSource toWake;
    synchronized (this) {
      closed = true;
      toWake = waiter;
    }
    if (toWake != null) {
      toWake.cancel();
    }
  }
}
