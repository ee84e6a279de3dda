package workbook.contracts.shutdown;

import java.time.Duration;
import java.time.Instant;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * A time whose monotonic clock overflows: the next value after the largest long is the smallest
 * one.
 *
 * @param time in which everything takes place
 * @param ahead how far its monotonic clock is ahead, in nanoseconds
 */
record OverflowingTime(TimeSource time, long ahead) implements TimeSource {

  /** A time that overflows after a while. */
  static TimeSource in(TimeSource time, Duration after) {
    return new OverflowingTime(time, Long.MAX_VALUE - after.toNanos() - time.nanoTime());
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime() + ahead;
  }

  @Override
  public boolean sleep(Duration limit, CancellationToken wake) throws InterruptedException {
    return time.sleep(limit, wake);
  }

  @Override
  public boolean join(Thread thread, Duration limit) throws InterruptedException {
    return time.join(thread, limit);
  }
}
