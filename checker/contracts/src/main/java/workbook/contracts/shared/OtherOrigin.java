package workbook.contracts.shared;

import java.time.Duration;
import java.time.Instant;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * A time whose monotonic clock has another origin: it may read zero when something happens, or
 * overflow. Nothing else is changed.
 */
public final class OtherOrigin implements TimeSource {

  private final TimeSource time;
  private final long shift;

  /**
   * A time with another origin.
   *
   * @param time what it is apart from that
   * @param reading what its monotonic clock reads now
   */
  public OtherOrigin(TimeSource time, long reading) {
    this.time = time;
    this.shift = reading - time.nanoTime();
  }

  /**
   * A time that overflows: after a while, the next value after the largest long is the smallest
   * one.
   *
   * @param time what it is apart from that
   * @param after when it overflows, counted from now
   */
  public static TimeSource overflowing(TimeSource time, Duration after) {
    return new OtherOrigin(time, Long.MAX_VALUE - after.toNanos());
  }

  @Override
  public Instant now() {
    return time.now();
  }

  @Override
  public long nanoTime() {
    return time.nanoTime() + shift;
  }

  @Override
  public boolean sleep(Duration duration, CancellationToken wake) throws InterruptedException {
    return time.sleep(duration, wake);
  }

  @Override
  public boolean join(Thread thread, Duration limit) throws InterruptedException {
    return time.join(thread, limit);
  }
}
