package workbook.timed;

import java.time.Duration;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/**
 * A timer with a fixed delay: each tick comes one delay after the wait for it began, so that there
 * is always a whole delay between two runs of the work. It has no grid and no pending ticks, and it
 * drifts by what the work takes.
 *
 * <p>Threads, cancellation and close are as {@link TickSource} says.
 */
public final class FixedDelayTimer implements TickSource {

  /**
   * A timer.
   *
   * @param delay the time that each wait takes, longer than zero
   * @param time the clock to wait with
   * @throws IllegalArgumentException if the delay is zero or negative
   */
  public FixedDelayTimer(Duration delay, TimeSource time) {
    // TODO: step 2
    throw new NotStarted("step 2", "the constructor of FixedDelayTimer");
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    // TODO: step 2
    throw new NotStarted("step 2", "FixedDelayTimer.waitForNextTick");
  }

  @Override
  public void close() {
    // TODO: step 2
    throw new NotStarted("step 2", "FixedDelayTimer.close");
  }
}
