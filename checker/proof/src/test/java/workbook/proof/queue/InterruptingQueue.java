package workbook.proof.queue;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * Wrong: a cancelled taker is woken by an interrupt, which may come when it has its item and is
 * doing something else.
 */
public final class InterruptingQueue implements BackgroundTaskQueue {

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<WorkItem> items = new ArrayDeque<>(); // guarded by lock, like closed
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public InterruptingQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    lock.lock();
    try {
      boolean accepted = !closed && items.size() < capacity && items.add(item);
      changed.signalAll();
      return accepted;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    if (cancel.isCancelled()) {
      return Optional.empty();
    }
    // region interrupt
    var thread = Thread.currentThread();
    try (var _ = cancel.onCancel(thread::interrupt)) {
      lock.lockInterruptibly();
      try {
        while (items.isEmpty() && !closed) {
          changed.await();
        }
        return Optional.ofNullable(items.poll());
      } finally {
        lock.unlock();
      }
    } catch (InterruptedException e) {
      if (cancel.isCancelled()) {
        return Optional.empty();
      }
      throw e;
    }
    // endregion
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
}
