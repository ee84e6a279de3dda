package workbook.queue;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;

/**
 * A task queue in memory that holds a fixed number of items at most.
 *
 * <p>Order, threads, cancellation and close are as {@link BackgroundTaskQueue} says.
 */
public final class BoundedTaskQueue implements BackgroundTaskQueue {

  // A taker waits only while there is no item, the queue is open and its token is not cancelled.
  // Whoever changes one of these signals while holding the lock, so that no change is slept
  // through.
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<WorkItem> items = new ArrayDeque<>(); // guarded by lock, like closed
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most, at least 1
   * @throws IllegalArgumentException if the capacity is below 1
   */
  public BoundedTaskQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    lock.lock();
    try {
      if (closed || items.size() == capacity) {
        return false;
      }
      items.add(item);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    try (var _ = cancel.onCancel(this::signalAll)) {
      lock.lockInterruptibly();
      try {
        while (items.isEmpty() && !closed && !cancel.isCancelled()) {
          changed.await();
        }
        return cancel.isCancelled() ? Optional.empty() : Optional.ofNullable(items.poll());
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void signalAll() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
