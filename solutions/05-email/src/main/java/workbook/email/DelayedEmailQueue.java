package workbook.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * An email queue in memory.
 *
 * <p>Order, capacity, threads, time and shutdown are as {@link EmailQueue} says.
 */
public final class DelayedEmailQueue implements EmailQueue {

  private static final Duration FOR_EVER = Duration.ofDays(100_000);

  // Whoever changes what is in the queue cancels changed and puts a new one in its place, in the
  // same step: a taker that has looked holds the one that the next change will cancel.
  private final int capacity;
  private final TimeSource time;
  private final PriorityQueue<Entry> entries = new PriorityQueue<>(); // these four guarded by this
  private CancellationSource changed = new CancellationSource();
  private long number;
  private boolean shutDown;

  private record Entry(QueuedEmail email, long due, long number) implements Comparable<Entry> {

    @Override
    public int compareTo(Entry other) {
      long later = due - other.due; // of this clock only differences have a meaning
      return later == 0 ? Long.compare(number, other.number) : Long.signum(later);
    }
  }

  /**
   * An empty queue.
   *
   * @param capacity how many mails it holds before it refuses new ones, at least 1
   * @param time its clock, which it also waits on
   * @throws NullPointerException if the clock is null; the message names the argument
   * @throws IllegalArgumentException if the capacity is below 1; the message names the argument and
   *     its value
   */
  public DelayedEmailQueue(int capacity, TimeSource time) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public boolean enqueue(EmailMessage message) {
    return put(new QueuedEmail(message, 0), Duration.ZERO, capacity);
  }

  @Override
  public boolean retry(QueuedEmail email, Duration delay) {
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(delay, "delay");
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay must not be negative, was " + delay);
    }
    return put(email, delay, Integer.MAX_VALUE);
  }

  private boolean put(QueuedEmail email, Duration delay, int most) {
    CancellationSource before;
    synchronized (this) {
      if (shutDown || entries.size() >= most) {
        return false;
      }
      long nanos = Math.min(TimeUnit.NANOSECONDS.convert(delay), Long.MAX_VALUE / 2);
      entries.add(new Entry(email, time.nanoTime() + nanos, number++));
      before = change();
    }
    before.cancel();
    return true;
  }

  @Override
  public Optional<QueuedEmail> dequeue(CancellationToken cancel) throws InterruptedException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Duration untilDue = FOR_EVER;
      CancellationToken change;
      synchronized (this) {
        if (shutDown || cancel.isCancelled()) {
          return Optional.empty();
        }
        var first = entries.peek();
        if (first != null) {
          untilDue = Duration.ofNanos(first.due - time.nanoTime());
        }
        if (first != null && !untilDue.isPositive()) {
          entries.remove();
          return Optional.of(first.email);
        }
        change = changed.token();
      }
      time.sleep(untilDue, CancellationToken.anyOf(cancel, change));
    }
  }

  @Override
  public List<QueuedEmail> shutDown() {
    var left = new ArrayList<QueuedEmail>();
    CancellationSource before;
    synchronized (this) {
      shutDown = true;
      while (!entries.isEmpty()) {
        left.add(entries.remove().email);
      }
      before = change();
    }
    before.cancel();
    return left;
  }

  private CancellationSource change() {
    var before = changed;
    changed = new CancellationSource();
    return before;
  }
}
