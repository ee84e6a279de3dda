package workbook.proof.queue;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Right: a queue of the JDK, never waited at, and a latch that every change replaces. */
public final class LatchQueue implements BackgroundTaskQueue {

  private final ArrayBlockingQueue<WorkItem> items; // guarded by this, like the other two
  private CountDownLatch change = new CountDownLatch(1);
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most; the JDK's queue refuses what is below 1
   */
  public LatchQueue(int capacity) {
    this.items = new ArrayBlockingQueue<>(capacity);
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    synchronized (this) {
      boolean accepted = !closed && items.offer(item);
      if (accepted) {
        changed();
      }
      return accepted;
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try (var _ = cancel.onCancel(this::changed)) {
      while (true) {
        CountDownLatch next;
        synchronized (this) {
          if (cancel.isCancelled()) {
            return Optional.empty();
          }
          var item = items.poll();
          if (item != null || closed) {
            return Optional.ofNullable(item);
          }
          next = change;
        }
        next.await();
      }
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    changed();
  }

  private synchronized void changed() {
    change.countDown();
    change = new CountDownLatch(1);
  }
}
