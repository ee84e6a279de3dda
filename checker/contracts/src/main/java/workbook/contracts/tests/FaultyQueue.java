package workbook.contracts.tests;

import static workbook.contracts.tests.QueueFault.ACCEPTS_AFTER_CLOSE;
import static workbook.contracts.tests.QueueFault.ACCEPTS_AND_DROPS;
import static workbook.contracts.tests.QueueFault.ANY_CAPACITY;
import static workbook.contracts.tests.QueueFault.CANCEL_CLOSES;
import static workbook.contracts.tests.QueueFault.CANCEL_ENDS_ALL;
import static workbook.contracts.tests.QueueFault.CANCEL_NOT_HEARD;
import static workbook.contracts.tests.QueueFault.CLOSE_CLEARS;
import static workbook.contracts.tests.QueueFault.CLOSE_TWICE_THROWS;
import static workbook.contracts.tests.QueueFault.CLOSE_WAKES_NOBODY;
import static workbook.contracts.tests.QueueFault.CLOSE_WAKES_ONE;
import static workbook.contracts.tests.QueueFault.DOES_NOT_WAIT;
import static workbook.contracts.tests.QueueFault.INTERRUPT_FLAG_SET;
import static workbook.contracts.tests.QueueFault.INTERRUPT_HIDDEN;
import static workbook.contracts.tests.QueueFault.INTERRUPT_IGNORED;
import static workbook.contracts.tests.QueueFault.INTERRUPT_IS_THE_END;
import static workbook.contracts.tests.QueueFault.ITEM_WINS;
import static workbook.contracts.tests.QueueFault.NULL_IS_REFUSED;
import static workbook.contracts.tests.QueueFault.PRODUCER_REFUSED;
import static workbook.contracts.tests.QueueFault.SECOND_LOST;
import static workbook.contracts.tests.QueueFault.SORTED;
import static workbook.contracts.tests.QueueFault.WAITS_WHEN_FULL;
import static workbook.contracts.tests.QueueFault.WAKES_NOBODY;
import static workbook.contracts.tests.QueueFault.WAKES_ONCE;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * A queue with one fault, at the place where it is made. Each shows in the same way on every run.
 */
final class FaultyQueue implements BackgroundTaskQueue {

  private static final Map<QueueFault, Subject> ALL =
      Arrays.stream(QueueFault.values())
          .collect(
              Collectors.toMap(fault -> fault, FaultyQueue::subject, (a, _) -> a, TreeMap::new));

  private final QueueFault fault;
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LinkedList<WorkItem> items = new LinkedList<>(); // guarded by lock, as all below
  private boolean closed;
  private int accepted;
  private int cancelled;

  FaultyQueue(QueueFault fault, int capacity) {
    this.fault = fault;
    this.capacity = fault == ANY_CAPACITY ? capacity : Arguments.atLeast(capacity, 1, "capacity");
  }

  /** Queues with this fault. */
  static Subject with(QueueFault fault) {
    return Objects.requireNonNull(ALL.get(fault));
  }

  /** One kind of queues for each fault. */
  static List<Subject> all() {
    return List.copyOf(ALL.values());
  }

  private static Subject subject(QueueFault fault) {
    return new Subject(
        "a queue that " + fault.why(),
        () -> new HandedQueues(capacity -> new FaultyQueue(fault, capacity)));
  }

  @Override
  public boolean enqueue(@Nullable WorkItem item) {
    if (fault == NULL_IS_REFUSED && item == null) {
      return false;
    }
    Objects.requireNonNull(item, "item");
    if (fault == PRODUCER_REFUSED && Thread.currentThread().isInterrupted()) {
      return false;
    }
    lock.lock();
    try {
      if (closed && fault != ACCEPTS_AFTER_CLOSE) {
        return false;
      }
      if (isFull() && !makesRoom()) {
        return fault == ACCEPTS_AND_DROPS;
      }
      add(item);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private boolean isFull() {
    return switch (fault) {
      case ONE_TOO_MANY -> items.size() > capacity;
      case ONE_TOO_FEW -> items.size() >= capacity - 1;
      case NEVER_HAS_ROOM_AGAIN -> accepted >= capacity;
      default -> items.size() >= capacity;
    };
  }

  private boolean makesRoom() {
    return switch (fault) {
      case DROPS_THE_OLDEST -> items.poll() != null;
      case THROWS_WHEN_FULL -> throw new IllegalStateException("full");
      case WAITS_WHEN_FULL -> waitsForRoom();
      default -> false;
    };
  }

  private boolean waitsForRoom() {
    try {
      while (items.size() >= capacity && !closed) {
        changed.await();
      }
      return !closed;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void add(WorkItem item) {
    accepted++;
    if (fault == SECOND_LOST && accepted % 2 == 0) {
      return;
    }
    items.add(item);
    if (fault == SORTED) {
      items.sort(Comparator.comparing(WorkItem::name));
    }
    if (fault != WAKES_NOBODY && (fault != WAKES_ONCE || accepted == 1)) {
      changed.signal();
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    try (var _ = cancel.onCancel(this::cancelled)) {
      return take(cancel);
    } catch (InterruptedException e) {
      if (fault == INTERRUPT_IS_THE_END) {
        return Optional.empty();
      }
      if (fault == INTERRUPT_FLAG_SET) {
        Thread.currentThread().interrupt();
      }
      throw e;
    }
  }

  private Optional<WorkItem> take(CancellationToken cancel) throws InterruptedException {
    if (fault == INTERRUPT_HIDDEN || fault == INTERRUPT_IGNORED) {
      lock.lock();
    } else {
      lock.lockInterruptibly();
    }
    try {
      int cancelledBefore = cancelled;
      while (items.isEmpty() && !closed && !cancel.isCancelled()) {
        if (fault == DOES_NOT_WAIT || (fault == CANCEL_ENDS_ALL && cancelled > cancelledBefore)) {
          return Optional.empty();
        }
        if (fault == INTERRUPT_IGNORED) {
          changed.awaitUninterruptibly();
        } else {
          changed.await();
        }
      }
      return cancel.isCancelled() && fault != ITEM_WINS
          ? Optional.empty()
          : Optional.ofNullable(next());
    } finally {
      if (fault == WAITS_WHEN_FULL) {
        changed.signalAll();
      }
      lock.unlock();
    }
  }

  private @Nullable WorkItem next() {
    return switch (fault) {
      case LAST_FIRST -> items.pollLast();
      case KEEPS_WHAT_IT_GIVES -> items.peek();
      default -> items.poll();
    };
  }

  private void cancelled() {
    lock.lock();
    try {
      cancelled++;
      closed |= fault == CANCEL_CLOSES;
      if (fault != CANCEL_NOT_HEARD) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (closed && fault == CLOSE_TWICE_THROWS) {
        throw new IllegalStateException("closed");
      }
      closed = true;
      if (fault == CLOSE_CLEARS) {
        items.clear();
      }
      if (fault == CLOSE_WAKES_ONE) {
        changed.signal();
      } else if (fault != CLOSE_WAKES_NOBODY) {
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
