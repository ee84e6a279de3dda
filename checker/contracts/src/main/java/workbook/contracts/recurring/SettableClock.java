package workbook.contracts.recurring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * A clock that a rule sets: hours pass in a moment. Between two settings it goes on, at its natural
 * pace for a tenth of a second and then a hundred times slower, so that a poll by the clock comes
 * round, and yet no more than a quarter of a second passes that the rule does not know of.
 *
 * <p><b>Waits</b> end when the time has passed on this clock, or in reality.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class SettableClock implements TimeSource {

  private static final long AT_NATURAL_PACE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SLOWNESS = 100;
  private static final Duration GRAIN = Duration.ofMillis(1);

  private final Instant origin;
  private long passed; // these two guarded by this: until the last setting, and when that was
  private long setAt = System.nanoTime();

  SettableClock(Instant origin) {
    this.origin = origin;
  }

  /** Sets the clock forward. */
  synchronized void advance(Duration by) {
    passed = nanoTime() + by.toNanos();
    setAt = System.nanoTime();
    notifyAll();
  }

  /** Sets the clock forward to a point in time; one that has passed already changes nothing. */
  synchronized void advanceTo(Instant instant) {
    var by = Duration.between(now(), instant);
    if (by.isPositive()) {
      advance(by);
    }
  }

  @Override
  public Instant now() {
    return origin.plusNanos(nanoTime()).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public synchronized long nanoTime() {
    long real = System.nanoTime() - setAt;
    return passed
        + Math.min(real, AT_NATURAL_PACE)
        + Math.max(0, real - AT_NATURAL_PACE) / SLOWNESS;
  }

  @Override
  public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
    try (var _ = wake.onCancel(this::wake)) {
      long begin = nanoTime();
      long realBegin = System.nanoTime();
      long nanos = TimeUnit.NANOSECONDS.convert(time);
      synchronized (this) {
        while (!wake.isCancelled()) {
          long left =
              Math.min(nanos - (nanoTime() - begin), nanos - (System.nanoTime() - realBegin));
          if (left <= 0) {
            return true;
          }
          TimeUnit.NANOSECONDS.timedWait(this, Math.max(left, GRAIN.toNanos()));
        }
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        return false;
      }
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  @Override
  public boolean join(Thread thread, Duration limit) throws InterruptedException {
    long begin = nanoTime();
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    while (thread.isAlive() && nanoTime() - begin < TimeUnit.NANOSECONDS.convert(limit)) {
      thread.join(GRAIN);
    }
    return !thread.isAlive();
  }
}
