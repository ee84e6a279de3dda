package workbook.timed;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * A timer with a fixed delay: each tick comes one delay after the wait for it began, so that there
 * is always a whole delay between two runs of the work. It has no grid and no pending ticks, and it
 * drifts by what the work takes.
 *
 * <p>Threads, cancellation and close are as {@link TickSource} says.
 */
public final class FixedDelayTimer implements TickSource {

  private final Duration delay;
  private final TimeSource time;
  private final CancellationSource closed = new CancellationSource();
  private final AtomicBoolean waiting = new AtomicBoolean();

  /**
   * A timer.
   *
   * @param delay the time that each wait takes, longer than zero
   * @param time the clock to wait with
   * @throws IllegalArgumentException if the delay is zero or negative
   */
  public FixedDelayTimer(Duration delay, TimeSource time) {
    this.delay = Arguments.positive(delay, "delay");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    if (!waiting.compareAndSet(false, true)) {
      throw new IllegalStateException("another thread is waiting for this timer's next tick");
    }
    try {
      return time.sleep(delay, CancellationToken.anyOf(cancel, closed.token()));
    } finally {
      waiting.set(false);
    }
  }

  @Override
  public void close() {
    closed.cancel();
  }
}
