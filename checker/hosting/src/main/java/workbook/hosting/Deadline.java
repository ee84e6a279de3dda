package workbook.hosting;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * A point in time by which something has to be done. Unlike a timeout it can be handed on: whoever
 * gets it late has less time left.
 *
 * <p><b>Threads.</b> Immutable.
 */
public final class Deadline {

  private final TimeSource time;
  private final long at; // on time's monotonic clock

  private Deadline(TimeSource time, long at) {
    this.time = time;
    this.at = at;
  }

  /**
   * The deadline that lies this long ahead.
   *
   * @param limit how long from now; zero and less have passed already
   * @param time whose monotonic clock counts
   * @return the deadline
   */
  public static Deadline after(Duration limit, TimeSource time) {
    Objects.requireNonNull(limit, "limit");
    long nanos = Math.max(0, TimeUnit.NANOSECONDS.convert(limit)); // else it could be far ahead
    return new Deadline(time, time.nanoTime() + nanos);
  }

  /**
   * What is left, to be handed on or shown. To wait, use {@link #join}: the clock that counts need
   * not be the machine's.
   *
   * @return the time left, zero when it has passed, never negative
   */
  public Duration remaining() {
    return Duration.ofNanos(Math.max(0, at - time.nanoTime()));
  }

  /** Whether no time is left. */
  public boolean hasPassed() {
    return remaining().isZero();
  }

  /**
   * Waits for a thread to end, no longer than until this deadline.
   *
   * @param thread a thread that was started
   * @return true if the thread has ended, false if the deadline passed first
   * @throws InterruptedException if interrupted before or while waiting
   */
  public boolean join(Thread thread) throws InterruptedException {
    return time.join(thread, remaining());
  }

  @Override
  public String toString() {
    return "deadline in " + remaining();
  }
}
