package workbook.proof.queue;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Wrong: an ArrayDeque that nobody locks. The monitor is only for waiting. */
public final class UnlockedQueue implements BackgroundTaskQueue {

  private final int capacity;
  private final Queue<WorkItem> items = new ArrayDeque<>();
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public UnlockedQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    if (closed || items.size() == capacity) {
      return false;
    }
    items.add(item);
    wakeOne(); // two at once would race for it, and with two cores even where a rule does not
    return true;
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    try (var _ = cancel.onCancel(this::wakeAll)) {
      while (!cancel.isCancelled()) {
        if (!items.isEmpty()) {
          return Optional.of(items.remove());
        }
        if (closed) {
          return Optional.empty();
        }
        synchronized (this) {
          wait();
        }
      }
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    closed = true;
    wakeAll();
  }

  private synchronized void wakeOne() {
    notify();
  }

  private synchronized void wakeAll() {
    notifyAll();
  }
}
