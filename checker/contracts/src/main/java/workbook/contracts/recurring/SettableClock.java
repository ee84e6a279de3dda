package workbook.contracts.recurring;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import workbook.checker.EndOfTrial;
import workbook.checker.VirtualTime;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;

/**
 * A clock that a rule sets: hours pass in a moment. Between two settings it goes on, at its natural
 * pace for a tenth of a second and then a hundred times slower, so that a poll by the clock comes
 * round, and yet no more than a fifth of a second passes that the rule does not know of, however
 * long the machine takes.
 *
 * <p><b>Waits</b> end when the time has passed on this clock, or in reality.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class SettableClock implements TimeSource {

  private static final long AT_NATURAL_PACE = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long SLOWNESS = 100;
  private static final long GRAIN = TimeUnit.MILLISECONDS.toNanos(1);

  private final EndOfTrial end;
  private volatile Instant origin;
  private long passed; // these two guarded by this: until the last setting, and when that was
  private long setAt = System.nanoTime();

  SettableClock(Instant origin, EndOfTrial end) {
    this.origin = origin;
    this.end = end;
  }

  /** Sets the clock forward. */
  synchronized void advance(Duration by) {
    passed = nanoTime() + by.toNanos();
    setAt = System.nanoTime();
    notifyAll();
  }

  /** Sets the clock on the wall back; waits go on. */
  synchronized void setBack(Duration by) {
    origin = origin.minus(by);
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
    end.pass();
    return origin.plusNanos(nanoTime()).truncatedTo(ChronoUnit.MILLIS);
  }

  @Override
  public synchronized long nanoTime() {
    long real = System.nanoTime() - setAt;
    return passed
        + Math.min(real, AT_NATURAL_PACE)
        + Math.clamp((real - AT_NATURAL_PACE) / SLOWNESS, 0, AT_NATURAL_PACE);
  }

  /**
   * The deadline that lies this long ahead. A join by it lasts until that point in time, so that a
   * setting is not lost that comes between the look at what is left and the wait.
   */
  Deadline deadline(Duration limit) {
    var seen = new AsDeadlineSeesIt();
    var deadline = Deadline.after(limit, seen);
    seen.end = nanoTime() + limit.toNanos();
    return deadline;
  }

  @Override
  public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(time);
    long begin = nanoTime();
    long realBegin = System.nanoTime();
    try (var _ = wake.onCancel(this::wake)) {
      await(
          () ->
              wake.isCancelled()
                  ? 0
                  : nanos - Math.max(nanoTime() - begin, System.nanoTime() - realBegin));
      return !wake.isCancelled();
    }
  }

  @Override
  public boolean join(Thread thread, Duration limit) throws InterruptedException {
    long nanos = TimeUnit.NANOSECONDS.convert(limit);
    long begin = nanoTime();
    return join(thread, () -> nanos - (nanoTime() - begin));
  }

  private boolean join(Thread thread, LongSupplier left) throws InterruptedException {
    if (thread.isAlive() && left.getAsLong() > 0) {
      Thread.ofVirtual().name(VirtualTime.HELPER).start(() -> wakeAtTheEndOf(thread));
    }
    await(() -> thread.isAlive() ? left.getAsLong() : 0);
    return !thread.isAlive();
  }

  private void wakeAtTheEndOf(Thread thread) {
    try {
      thread.join();
      wake();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts this thread", e);
    }
  }

  private synchronized void await(LongSupplier left) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    for (long nanos = left.getAsLong(); nanos > 0; nanos = left.getAsLong()) {
      // This clock goes no faster than the machine's, and whoever sets it wakes all who wait.
      TimeUnit.NANOSECONDS.timedWait(this, Math.max(nanos, GRAIN));
    }
  }

  private synchronized void wake() {
    notifyAll();
  }

  /** The same clock, but its joins last until the deadline, whatever is said to be left. */
  private final class AsDeadlineSeesIt implements TimeSource {

    private volatile long end;

    @Override
    public Instant now() {
      return SettableClock.this.now();
    }

    @Override
    public long nanoTime() {
      return SettableClock.this.nanoTime();
    }

    @Override
    public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
      return SettableClock.this.sleep(time, wake);
    }

    @Override
    public boolean join(Thread thread, Duration left) throws InterruptedException {
      return SettableClock.this.join(thread, () -> end - SettableClock.this.nanoTime());
    }
  }
}
