package workbook.proof.queue;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Wrong: a taker looks ten times a second whether it has been cancelled or the queue closed. */
public final class PollingQueue implements BackgroundTaskQueue {

  private final LinkedBlockingQueue<WorkItem> items;
  private final ReentrantLock closing = new ReentrantLock();
  private volatile boolean closed; // written while holding closing

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public PollingQueue(int capacity) {
    this.items = new LinkedBlockingQueue<>(Arguments.atLeast(capacity, 1, "capacity"));
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    closing.lock();
    try {
      return !closed && items.offer(item);
    } finally {
      closing.unlock();
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    // region poll
    while (!cancel.isCancelled()) {
      boolean last = closed;
      var item = items.poll(100, MILLISECONDS);
      if (item != null || last) {
        return Optional.ofNullable(item);
      }
    }
    return Optional.empty();
    // endregion
  }

  @Override
  public void close() {
    closing.lock();
    closed = true;
    closing.unlock();
  }
}
