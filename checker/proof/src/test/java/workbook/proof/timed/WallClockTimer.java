package workbook.proof.timed;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/**
 * Wrong: measures on the wall clock. Set the clock back an hour, and the next tick is an hour away.
 */
public final class WallClockTimer implements TickSource {

  private final Duration period;
  private final TimeSource time;
  private final CancellationSource closed = new CancellationSource();
  private final AtomicBoolean waiting = new AtomicBoolean();
  private Instant nextTick;

  /**
   * A timer.
   *
   * @param period the time between two ticks
   * @param time the clock
   */
  public WallClockTimer(Duration period, TimeSource time) {
    this.period = Arguments.positive(period, "period");
    this.time = Objects.requireNonNull(time, "time");
    this.nextTick = time.now().plus(period);
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    if (!waiting.compareAndSet(false, true)) {
      throw new IllegalStateException("another thread is waiting for this timer's next tick");
    }
    try {
      var wake = CancellationToken.anyOf(cancel, closed.token());
      // region wait
      var untilTick = Duration.between(time.now(), nextTick);
      if (!time.sleep(untilTick, wake)) {
        return false;
      }
      while (!nextTick.isAfter(time.now())) {
        nextTick = nextTick.plus(period);
      }
      return true;
      // endregion
    } finally {
      waiting.set(false);
    }
  }

  @Override
  public void close() {
    closed.cancel();
  }
}
