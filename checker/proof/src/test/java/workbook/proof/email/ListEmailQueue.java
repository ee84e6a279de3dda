package workbook.proof.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** Right: a list that is searched, one lock, and a source of its own for each taker that waits. */
public final class ListEmailQueue implements EmailQueue {

  private static final Duration LONG = Duration.ofDays(36_500);

  private final int capacity;
  private final TimeSource time;
  private final long start;
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Item> items = new ArrayList<>(); // these three guarded by lock
  private final Set<CancellationSource> waiting = new HashSet<>();
  private boolean open = true;

  private record Item(QueuedEmail email, Duration due) {}

  /**
   * An empty queue.
   *
   * @param capacity its capacity
   * @param time its clock
   */
  public ListEmailQueue(int capacity, TimeSource time) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
    this.time = Objects.requireNonNull(time, "time");
    this.start = time.nanoTime();
  }

  private Duration elapsed() {
    return Duration.ofNanos(time.nanoTime() - start);
  }

  @Override
  public boolean enqueue(EmailMessage message) {
    Objects.requireNonNull(message, "message");
    lock.lock();
    try {
      return open && items.size() < capacity && add(new QueuedEmail(message, 0), Duration.ZERO);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public boolean retry(QueuedEmail email, Duration delay) {
    Objects.requireNonNull(email, "email");
    Objects.requireNonNull(delay, "delay");
    if (delay.isNegative()) {
      throw new IllegalArgumentException("delay is " + delay + ", give zero or more");
    }
    lock.lock();
    try {
      return open && add(email, delay);
    } finally {
      lock.unlock();
    }
  }

  private boolean add(QueuedEmail email, Duration delay) {
    items.add(new Item(email, elapsed().plus(delay.compareTo(LONG) < 0 ? delay : LONG)));
    wakeAll();
    return true;
  }

  private void wakeAll() {
    List.copyOf(waiting).forEach(CancellationSource::cancel);
    waiting.clear();
  }

  @Override
  public Optional<QueuedEmail> dequeue(CancellationToken cancel) throws InterruptedException {
    for (; ; ) {
      var wake = new CancellationSource();
      var wait = LONG;
      lock.lockInterruptibly();
      try {
        if (!open || cancel.isCancelled()) {
          return Optional.empty();
        }
        var first = items.stream().min(Comparator.comparing(Item::due)); // the first of equals
        if (first.isPresent()) {
          wait = first.get().due.minus(elapsed());
          if (!wait.isPositive()) {
            items.remove(first.get());
            return first.map(Item::email);
          }
        }
        waiting.add(wake);
      } finally {
        lock.unlock();
      }
      try {
        time.sleep(wait, CancellationToken.anyOf(wake.token(), cancel));
      } finally {
        lock.lock();
        try {
          waiting.remove(wake);
        } finally {
          lock.unlock();
        }
      }
    }
  }

  @Override
  public List<QueuedEmail> shutDown() {
    lock.lock();
    try {
      open = false;
      var left = items.stream().sorted(Comparator.comparing(Item::due)).map(Item::email).toList();
      items.clear();
      wakeAll();
      return left;
    } finally {
      lock.unlock();
    }
  }
}
