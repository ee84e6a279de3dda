package workbook.proof.queue;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Right: each taker that waits has a future of its own, and an item is handed to one of them. */
public final class HandOverQueue implements BackgroundTaskQueue {

  // Who completes a future decides: an item, a cancellation, the close, or the taker's own
  // interrupt.
  // Never both an item and a future that is not complete.
  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<WorkItem> items = new ArrayDeque<>(); // these three guarded by lock
  private final Queue<CompletableFuture<Optional<WorkItem>>> takers = new ArrayDeque<>();
  private boolean closed;

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public HandOverQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      for (var taker = takers.poll(); taker != null; taker = takers.poll()) {
        if (taker.complete(Optional.of(item))) {
          return true;
        }
      }
      return items.size() < capacity && items.add(item);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (cancel.isCancelled()) {
      return Optional.empty();
    }
    var taker = new CompletableFuture<Optional<WorkItem>>();
    lock.lock();
    try {
      if (!items.isEmpty() || closed) {
        return Optional.ofNullable(items.poll());
      }
      takers.add(taker);
    } finally {
      lock.unlock();
    }
    try (var _ = cancel.onCancel(() -> taker.complete(Optional.empty()))) {
      return taker.get();
    } catch (InterruptedException e) {
      if (taker.complete(Optional.empty())) {
        throw e;
      }
      Thread.currentThread().interrupt();
      return taker.resultNow();
    } catch (ExecutionException e) {
      throw new AssertionError("nobody fails it", e);
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      takers.forEach(taker -> taker.complete(Optional.empty()));
      takers.clear();
    } finally {
      lock.unlock();
    }
  }
}
