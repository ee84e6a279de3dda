package workbook.proof.email;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import workbook.email.EmailMessage;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * Right: an immutable state that is exchanged as a whole, with no lock. Whoever changes it cancels
 * the source that the old state carries.
 */
public final class LockFreeEmailQueue implements EmailQueue {

  private final int capacity;
  private final TimeSource time;
  private final long start;
  private final AtomicReference<State> state =
      new AtomicReference<>(new State(new TreeMap<>(), 0, false, new CancellationSource()));

  private record Key(BigInteger due, long number) implements Comparable<Key> {

    @Override
    public int compareTo(Key other) {
      int byDue = due.compareTo(other.due);
      return byDue != 0 ? byDue : Long.compare(number, other.number);
    }
  }

  private record State(
      TreeMap<Key, QueuedEmail> emails, long number, boolean closed, CancellationSource changed) {

    State with(TreeMap<Key, QueuedEmail> others, boolean nowClosed) {
      return new State(others, number + 1, nowClosed, new CancellationSource());
    }
  }

  /**
   * An empty queue.
   *
   * @param capacity its capacity
   * @param time its clock
   */
  public LockFreeEmailQueue(int capacity, TimeSource time) {
    if (capacity < 1) {
      throw new IllegalArgumentException("capacity " + capacity + " is below 1");
    }
    this.capacity = capacity;
    this.time = Objects.requireNonNull(time, "time");
    this.start = time.nanoTime();
  }

  @Override
  public boolean enqueue(EmailMessage message) {
    Objects.requireNonNull(message, "message");
    return put(new QueuedEmail(message, 0), Duration.ZERO, true);
  }

  @Override
  public boolean retry(QueuedEmail email, Duration delay) {
    Objects.requireNonNull(email, "email");
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay " + delay + " is negative");
    }
    return put(email, delay, false);
  }

  private BigInteger now() {
    return BigInteger.valueOf(time.nanoTime() - start);
  }

  private boolean put(QueuedEmail email, Duration delay, boolean bounded) {
    var nanos =
        BigInteger.valueOf(delay.toSeconds())
            .multiply(BigInteger.valueOf(1_000_000_000))
            .add(BigInteger.valueOf(delay.toNanosPart()));
    while (true) {
      var before = state.get();
      if (before.closed || (bounded && before.emails.size() >= capacity)) {
        return false;
      }
      var emails = new TreeMap<>(before.emails);
      emails.put(new Key(now().add(nanos), before.number), email);
      if (state.compareAndSet(before, before.with(emails, false))) {
        before.changed.cancel();
        return true;
      }
    }
  }

  @Override
  public Optional<QueuedEmail> dequeue(CancellationToken cancel) throws InterruptedException {
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException("before a look at the queue");
      }
      var before = state.get();
      if (cancel.isCancelled() || before.closed) {
        return Optional.empty();
      }
      Map.Entry<Key, QueuedEmail> first = before.emails.firstEntry();
      var wait = first == null ? null : first.getKey().due.subtract(now());
      if (wait != null && wait.signum() <= 0) {
        var emails = new TreeMap<>(before.emails);
        emails.remove(first.getKey());
        if (state.compareAndSet(before, before.with(emails, false))) {
          before.changed.cancel();
          return Optional.of(first.getValue());
        }
        continue;
      }
      var longest = BigInteger.valueOf(Long.MAX_VALUE / 4);
      var nanos = wait == null ? longest : wait.min(longest);
      time.sleep(
          Duration.ofNanos(nanos.longValueExact()),
          CancellationToken.anyOf(cancel, before.changed.token()));
    }
  }

  @Override
  public List<QueuedEmail> shutDown() {
    while (true) {
      var before = state.get();
      if (state.compareAndSet(before, before.with(new TreeMap<>(), true))) {
        before.changed.cancel();
        return new ArrayList<>(before.emails.values());
      }
    }
  }
}
