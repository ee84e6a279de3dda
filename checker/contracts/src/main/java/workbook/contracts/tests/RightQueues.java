package workbook.contracts.tests;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Queues that keep their contract. They have nothing in common but that. */
final class RightQueues {

  private RightQueues() {}

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** A lock, and a condition that every change signals. */
  static final class OfALock implements BackgroundTaskQueue {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<WorkItem> items = new ArrayDeque<>(); // guarded by lock, like closed
    private boolean closed;

    OfALock(int capacity) {
      this.capacity = Arguments.atLeast(capacity, 1, "capacity");
    }

    @Override
    public boolean enqueue(WorkItem item) {
      Objects.requireNonNull(item, "item");
      lock.lock();
      try {
        boolean fits = !closed && items.size() < capacity && items.add(item);
        changed.signalAll();
        return fits;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
      try (var _ = cancel.onCancel(() -> change(false))) {
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
      change(true);
    }

    private void change(boolean closes) {
      lock.lock();
      closed |= closes;
      changed.signalAll();
      lock.unlock();
    }
  }

  /** The monitor of the object itself. */
  static final class OfAMonitor implements BackgroundTaskQueue {

    private final WorkItem[] ring; // guarded by this, like the three below
    private int head;
    private int size;
    private boolean closed;

    OfAMonitor(int capacity) {
      ring = new WorkItem[Arguments.atLeast(capacity, 1, "capacity")];
    }

    @Override
    public synchronized boolean enqueue(WorkItem item) {
      Objects.requireNonNull(item, "item");
      if (closed || size == ring.length) {
        return false;
      }
      ring[(head + size++) % ring.length] = item;
      notifyAll();
      return true;
    }

    @Override
    public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
      throwIfInterrupted();
      try (var _ = cancel.onCancel(this::wake)) {
        synchronized (this) {
          while (size == 0 && !closed && !cancel.isCancelled()) {
            wait();
          }
          if (size == 0 || cancel.isCancelled()) {
            return Optional.empty();
          }
          var item = ring[head];
          head = (head + 1) % ring.length;
          size--;
          return Optional.of(item);
        }
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      notifyAll();
    }

    private synchronized void wake() {
      notifyAll();
    }
  }

  /** A queue of the JDK that is never waited at, and a permit to look again for each taker. */
  static final class OfPermits implements BackgroundTaskQueue {

    private final LinkedBlockingQueue<WorkItem> items; // guarded by this, like the two below
    private final Set<Semaphore> waiting = new HashSet<>();
    private boolean closed;

    OfPermits(int capacity) {
      items = new LinkedBlockingQueue<>(capacity);
    }

    @Override
    public synchronized boolean enqueue(WorkItem item) {
      Objects.requireNonNull(item, "item");
      boolean accepted = !closed && items.offer(item);
      wake();
      return accepted;
    }

    @Override
    public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
      throwIfInterrupted();
      try (var _ = cancel.onCancel(this::wake)) {
        while (true) {
          var look = new Semaphore(0);
          synchronized (this) {
            if (cancel.isCancelled() || closed || !items.isEmpty()) {
              return cancel.isCancelled() ? Optional.empty() : Optional.ofNullable(items.poll());
            }
            waiting.add(look);
          }
          look.acquire();
        }
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      wake();
    }

    private synchronized void wake() {
      waiting.forEach(Semaphore::release);
      waiting.clear();
    }
  }

  /** A collection of the JDK, and a latch that every change replaces. */
  static final class OfLatches implements BackgroundTaskQueue {

    private final int capacity;
    private final ConcurrentLinkedQueue<WorkItem> items = new ConcurrentLinkedQueue<>();
    private CountDownLatch change = new CountDownLatch(1); // guarded by this, like closed
    private boolean closed;

    OfLatches(int capacity) {
      this.capacity = Arguments.atLeast(capacity, 1, "capacity");
    }

    @Override
    public synchronized boolean enqueue(WorkItem item) {
      Objects.requireNonNull(item, "item");
      if (closed || items.size() == capacity) {
        return false;
      }
      items.add(item);
      changed();
      return true;
    }

    @Override
    public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
      throwIfInterrupted();
      try (var _ = cancel.onCancel(this::changed)) {
        while (true) {
          CountDownLatch next;
          synchronized (this) {
            var item = cancel.isCancelled() ? null : items.poll();
            if (item != null || closed || cancel.isCancelled()) {
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

  /** Each taker that waits has a future of its own, and an item is handed to one of them. */
  static final class OfFutures implements BackgroundTaskQueue {

    private final int capacity;
    private final Queue<WorkItem> items = new ArrayDeque<>(); // guarded by this, like the others
    private final Queue<CompletableFuture<Optional<WorkItem>>> takers = new ArrayDeque<>();
    private boolean closed;

    OfFutures(int capacity) {
      this.capacity = Arguments.atLeast(capacity, 1, "capacity");
    }

    @Override
    public synchronized boolean enqueue(WorkItem item) {
      Objects.requireNonNull(item, "item");
      while (!closed && !takers.isEmpty()) {
        if (takers.remove().complete(Optional.of(item))) {
          return true;
        }
      }
      return !closed && items.size() < capacity && items.add(item);
    }

    @Override
    public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
      throwIfInterrupted();
      if (cancel.isCancelled()) {
        return Optional.empty();
      }
      var mine = taker();
      try (var _ = cancel.onCancel(() -> mine.complete(Optional.empty()))) {
        return mine.get();
      } catch (InterruptedException e) {
        if (mine.complete(Optional.empty())) {
          throw e;
        }
        Thread.currentThread().interrupt(); // it came too late: there is an item
        return mine.join();
      } catch (ExecutionException e) {
        throw new AssertionError("nobody fails it", e);
      }
    }

    private synchronized CompletableFuture<Optional<WorkItem>> taker() {
      if (closed || !items.isEmpty()) {
        return CompletableFuture.completedFuture(Optional.ofNullable(items.poll()));
      }
      var taker = new CompletableFuture<Optional<WorkItem>>();
      takers.add(taker);
      return taker;
    }

    @Override
    public synchronized void close() {
      closed = true;
      List.copyOf(takers).forEach(taker -> taker.complete(Optional.empty()));
      takers.clear();
    }
  }
}
