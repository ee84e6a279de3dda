package workbook.proof.queue;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * Wrong: every part is thread-safe, the whole is not. Looking for room and adding are two steps,
 * and so are looking whether the queue is closed and adding.
 */
public final class TwoStepsQueue implements BackgroundTaskQueue {

  private final int capacity;
  private final ConcurrentLinkedQueue<WorkItem> items = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public TwoStepsQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    // region check
    if (closed || items.size() >= capacity) {
      return false;
    }
    items.add(item);
    // endregion
    wakeAll();
    return true;
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    try (var _ = cancel.onCancel(this::wakeAll)) {
      synchronized (this) {
        while (items.isEmpty() && !closed && !cancel.isCancelled()) {
          wait();
        }
        return cancel.isCancelled() ? Optional.empty() : Optional.ofNullable(items.poll());
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    wakeAll();
  }

  private synchronized void wakeAll() {
    notifyAll();
  }
}
