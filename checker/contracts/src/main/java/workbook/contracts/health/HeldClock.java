package workbook.contracts.health;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import workbook.checker.Patience;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** A time at whose monotonic clock one thread, known by its name, is held up until released. */
final class HeldClock implements TimeSource {

  private final TimeSource time;
  private final String name;
  private final CountDownLatch released = new CountDownLatch(1);
  private volatile boolean holds;

  HeldClock(TimeSource time, String name) {
    this.time = time;
    this.name = name;
  }

  boolean holds() {
    return holds;
  }

  void release() {
    released.countDown();
  }

  @Override
  public long nanoTime() {
    if (Thread.currentThread().getName().equals(name)) {
      holds = true;
      try {
        var _ = released.await(Patience.RULE.limit().toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return time.nanoTime();
  }

  @Override
  public Instant now() {
    return time.now();
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
