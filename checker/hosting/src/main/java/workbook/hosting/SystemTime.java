package workbook.hosting;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The machine's clocks; see {@link TimeSource#system}. */
enum SystemTime implements TimeSource {
  INSTANCE;

  @Override
  public Instant now() {
    return Instant.now();
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
    // region sleep
    var woken = new CountDownLatch(1);
    try (var _ = wake.onCancel(woken::countDown)) {
      return !woken.await(TimeUnit.NANOSECONDS.convert(time), TimeUnit.NANOSECONDS);
    }
    // endregion
  }

  @Override
  public boolean join(Thread thread, Duration limit) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return thread.join(limit);
  }
}
