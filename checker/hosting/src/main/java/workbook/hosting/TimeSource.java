package workbook.hosting;

import java.time.Duration;
import java.time.Instant;

/**
 * Time as a parameter: what the clocks say, and the only two timed waits of this workbook. A test
 * hands in another source and decides itself when an hour has passed. Counterpart of {@code
 * TimeProvider} in .NET, with the waits added.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 *
 * <p><b>Waits</b> last at least as long as asked. The thread's interrupt is honoured on entry and
 * while waiting: {@code InterruptedException} is thrown and the flag cleared.
 */
public interface TimeSource {

  /**
   * The current instant of the wall clock: what a person would call the time. It may be set back or
   * forward at any moment, so it is for log lines and cut-off dates, never for measuring.
   */
  Instant now();

  /**
   * The monotonic clock, in nanoseconds from an arbitrary origin, for measuring. Only the
   * difference of two values has a meaning: the values themselves may be negative or zero, and
   * overflow.
   */
  long nanoTime();

  /**
   * Sleeps, unless woken.
   *
   * @param time how long; zero and less return at once
   * @param wake ends the sleep when cancelled, also when it was cancelled before
   * @return true if the time has passed, false if the token was cancelled first
   * @throws InterruptedException if interrupted before or while sleeping
   */
  boolean sleep(Duration time, CancellationToken wake) throws InterruptedException;

  /**
   * Waits for a thread to end.
   *
   * @param thread a thread that was started
   * @param limit how long to wait; zero and less only look
   * @return true if the thread has ended, false if the limit passed first
   * @throws InterruptedException if interrupted before or while waiting
   */
  boolean join(Thread thread, Duration limit) throws InterruptedException;

  /** The machine's own clocks and real waits, always the same source. */
  static TimeSource system() {
    return SystemTime.INSTANCE;
  }
}
