package workbook.proof.queue;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Right: a concurrent collection, a permit for each place, and a bell that wakes all takers. */
public final class PermitQueue implements BackgroundTaskQueue {

  // An item holds a permit from before it is in the collection until after it is out.
  // A taker gets hold of the bell before it looks, so it hears whatever comes after.
  private final Semaphore room;
  private final ConcurrentLinkedQueue<WorkItem> items = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CountDownLatch> bell = new AtomicReference<>(new CountDownLatch(1));
  private final ReentrantReadWriteLock closing = new ReentrantReadWriteLock();
  private volatile boolean closed; // written by whoever holds closing alone

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public PermitQueue(int capacity) {
    this.room = new Semaphore(Arguments.atLeast(capacity, 1, "capacity"));
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    closing.readLock().lock();
    try {
      if (closed || !room.tryAcquire()) {
        return false;
      }
      items.add(item);
    } finally {
      closing.readLock().unlock();
    }
    ring();
    return true;
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try (var _ = cancel.onCancel(this::ring)) {
      while (true) {
        var next = bell.get();
        boolean last = closed;
        if (cancel.isCancelled()) {
          return Optional.empty();
        }
        var item = items.poll();
        if (item != null) {
          room.release();
          return Optional.of(item);
        }
        if (last) {
          return Optional.empty();
        }
        next.await();
      }
    }
  }

  @Override
  public void close() {
    closing.writeLock().lock();
    try {
      closed = true;
    } finally {
      closing.writeLock().unlock();
    }
    ring();
  }

  private void ring() {
    bell.getAndSet(new CountDownLatch(1)).countDown();
  }
}
