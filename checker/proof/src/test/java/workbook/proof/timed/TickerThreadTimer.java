package workbook.proof.timed;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** Right: a thread of its own sleeps from tick to tick; whoever waits waits on a condition. */
public final class TickerThreadTimer implements TickSource {

  // pending, waiting, closed: guarded by lock
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final CancellationSource ended = new CancellationSource();
  private boolean pending;
  private boolean waiting;

  /**
   * A timer.
   *
   * @param period the time between two ticks
   * @param time the clock
   */
  public TickerThreadTimer(Duration period, TimeSource time) {
    if (!period.isPositive()) {
      throw new IllegalArgumentException("too short");
    }
    long nanos = period.toNanos();
    Objects.requireNonNull(time, "time");
    long begin = time.nanoTime();
    Thread.ofVirtual().name("ticker").start(() -> tick(begin, nanos, time));
  }

  private void tick(long begin, long period, TimeSource time) {
    try {
      for (long next = begin + period; ; next += period) {
        if (!time.sleep(Duration.ofNanos(next - time.nanoTime()), ended.token())) {
          return;
        }
        change(() -> pending = true);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    var cancelled = new AtomicBoolean();
    try (var _ = cancel.onCancel(() -> change(() -> cancelled.set(true)))) {
      lock.lock();
      try {
        if (waiting) {
          throw new IllegalStateException("somebody is waiting already");
        }
        waiting = true;
        try {
          while (true) {
            if (cancelled.get() || ended.token().isCancelled()) {
              return false;
            }
            if (pending) {
              pending = false;
              return true;
            }
            changed.await();
          }
        } finally {
          waiting = false;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    ended.cancel();
    change(() -> {});
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
