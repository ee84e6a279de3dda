package workbook.proof.timed;

import java.time.Duration;
import java.util.Objects;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/**
 * Wrong: the first thing that everybody writes. It drifts, nobody can wake it, and a test of it
 * takes as long as it sleeps.
 */
public final class SleepingTimer implements TickSource {

  private final Duration period;
  private volatile boolean closed;

  /**
   * A timer.
   *
   * @param period the time between two ticks
   * @param time not used
   */
  public SleepingTimer(Duration period, TimeSource time) {
    this.period = Arguments.positive(period, "period");
    Objects.requireNonNull(time, "time");
  }

  // region wait
  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    Thread.sleep(period);
    return !closed && !cancel.isCancelled();
  }

  @Override
  public void close() {
    closed = true;
  }
  // endregion
}
