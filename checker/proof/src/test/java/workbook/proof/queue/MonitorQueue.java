package workbook.proof.queue;

import java.util.LinkedList;
import java.util.Objects;
import java.util.Optional;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Right: the monitor of the object itself, as before {@code java.util.concurrent}. */
public final class MonitorQueue implements BackgroundTaskQueue {

  private final int capacity;
  private final LinkedList<WorkItem> items = new LinkedList<>(); // guarded by this, like closed
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public MonitorQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public synchronized boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    if (closed || items.size() >= capacity) {
      return false;
    }
    items.addLast(item);
    notifyAll();
    return true;
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    if (Thread.interrupted()) { // a monitor would not notice
      throw new InterruptedException();
    }
    try (var _ = cancel.onCancel(this::wakeAll)) {
      synchronized (this) {
        while (!cancel.isCancelled() && items.isEmpty() && !closed) {
          wait();
        }
        return cancel.isCancelled() || items.isEmpty()
            ? Optional.empty()
            : Optional.of(items.removeFirst());
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  private synchronized void wakeAll() {
    notifyAll();
  }
}
