package workbook.proof.queue;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * Wrong: an item wakes the taker that has waited longest. When that one has just been cancelled, it
 * leaves, and nobody tells the next that an item is there.
 */
public final class SignalledTakerQueue implements BackgroundTaskQueue {

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<WorkItem> items = new ArrayDeque<>(); // these three guarded by lock
  private final Queue<CountDownLatch> takers = new ArrayDeque<>();
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public SignalledTakerQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    lock.lock();
    try {
      if (closed || items.size() >= capacity) {
        return false;
      }
      items.add(item);
      var longest = takers.poll();
      if (longest != null) {
        longest.countDown();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    while (true) {
      var woken = new CountDownLatch(1);
      lock.lockInterruptibly();
      try {
        if (cancel.isCancelled()) {
          return Optional.empty();
        }
        if (!items.isEmpty() || closed) {
          return Optional.ofNullable(items.poll());
        }
        takers.add(woken);
      } finally {
        lock.unlock();
      }
      try (var _ = cancel.onCancel(woken::countDown)) {
        woken.await();
      } finally {
        lock.lock();
        takers.remove(woken);
        lock.unlock();
      }
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      takers.forEach(CountDownLatch::countDown);
    } finally {
      lock.unlock();
    }
  }
}
