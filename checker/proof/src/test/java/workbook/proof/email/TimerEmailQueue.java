package workbook.proof.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * Right: takers wait for a condition, and a thread for each mail that waits rings when it is due.
 */
public final class TimerEmailQueue implements EmailQueue {

  private final int capacity;
  private final TimeSource time;
  private final long start;
  private final CancellationSource closed = new CancellationSource();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private final PriorityQueue<Item> items = new PriorityQueue<>(); // these three guarded by lock
  private long number;
  private boolean over;

  private record Item(QueuedEmail email, long due, long number) implements Comparable<Item> {

    @Override
    public int compareTo(Item other) {
      int order = Long.compare(due, other.due);
      return order == 0 ? Long.compare(number, other.number) : order;
    }
  }

  /** As the reference. */
  public TimerEmailQueue(int capacity, TimeSource time) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
    this.time = Objects.requireNonNull(time, "time");
    this.start = time.nanoTime();
  }

  @Override
  public boolean enqueue(EmailMessage message) {
    return put(new QueuedEmail(message, 0), Duration.ZERO, true);
  }

  @Override
  public boolean retry(QueuedEmail email, Duration delay) {
    Objects.requireNonNull(email, "email");
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("a delay of " + delay + " is negative");
    }
    return put(email, delay, false);
  }

  private boolean put(QueuedEmail email, Duration delay, boolean bounded) {
    lock.lock();
    try {
      if (over || (bounded && items.size() >= capacity)) {
        return false;
      }
      long due = elapsed() + Math.min(TimeUnit.NANOSECONDS.convert(delay), Long.MAX_VALUE / 2);
      items.add(new Item(email, due, number++));
      news.signalAll();
    } finally {
      lock.unlock();
    }
    if (delay.isPositive()) {
      Thread.ofVirtual().name("due").start(() -> ringAfter(delay));
    }
    return true;
  }

  private void ringAfter(Duration delay) {
    try {
      if (time.sleep(delay, closed.token())) {
        ring();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  private void ring() {
    lock.lock();
    try {
      news.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private long elapsed() {
    return time.nanoTime() - start;
  }

  @Override
  public Optional<QueuedEmail> dequeue(CancellationToken cancel) throws InterruptedException {
    try (var _ = cancel.onCancel(this::ring)) {
      lock.lockInterruptibly();
      try {
        while (!over && !cancel.isCancelled()) {
          var first = items.peek();
          if (first != null && first.due <= elapsed()) {
            return Optional.of(items.remove().email);
          }
          news.await();
        }
        return Optional.empty();
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public List<QueuedEmail> shutDown() {
    var left = new ArrayList<QueuedEmail>();
    lock.lock();
    try {
      over = true;
      while (!items.isEmpty()) {
        left.add(items.remove().email);
      }
      news.signalAll();
    } finally {
      lock.unlock();
    }
    closed.cancel();
    return left;
  }
}
