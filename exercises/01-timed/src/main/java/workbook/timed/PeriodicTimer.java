package workbook.timed;

import java.time.Duration;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/**
 * A timer with a fixed rate. Its ticks stand on a grid that begins when it is made: the first one a
 * period later, then one each period, whatever the work in between takes. Ticks that pass while nobody
 * waits become one, which the next wait gets at once; after it the timer is on its grid again. A wait
 * that ends without a tick leaves the grid, and a tick that is due, as they are.
 *
 * <p>Threads, cancellation and close are as {@link TickSource} says.
 */
public final class PeriodicTimer implements TickSource {

  /**
   * A timer that starts counting now.
   *
   * @param period the time between two ticks, longer than zero
   * @param time the clock to measure and to wait with
   * @throws IllegalArgumentException if the period is zero or negative
   */
  public PeriodicTimer(Duration period, TimeSource time) {
    // TODO: step 1
    throw new NotStarted("step 1", "the constructor of PeriodicTimer");
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    // TODO: step 1
    throw new NotStarted("step 1", "PeriodicTimer.waitForNextTick");
  }

  @Override
  public void close() {
    // TODO: step 1
    throw new NotStarted("step 1", "PeriodicTimer.close");
  }
}
