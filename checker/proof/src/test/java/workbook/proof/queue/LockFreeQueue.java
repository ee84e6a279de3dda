package workbook.proof.queue;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Right: one immutable state that is exchanged, and threads that park themselves. */
public final class LockFreeQueue implements BackgroundTaskQueue {

  private record State(List<WorkItem> items, boolean closed) {}

  // A taker enters itself before it looks, so whoever changes the state afterwards unparks it.
  private final int capacity;
  private final AtomicReference<State> state = new AtomicReference<>(new State(List.of(), false));
  private final Set<Thread> takers = ConcurrentHashMap.newKeySet();

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most
   */
  public LockFreeQueue(int capacity) {
    this.capacity = Arguments.atLeast(capacity, 1, "capacity");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    while (true) {
      var now = state.get();
      if (now.closed || now.items.size() >= capacity) {
        return false;
      }
      var longer = Stream.concat(now.items.stream(), Stream.of(item)).toList();
      if (state.compareAndSet(now, new State(longer, false))) {
        takers.forEach(LockSupport::unpark);
        return true;
      }
    }
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    var thread = Thread.currentThread();
    takers.add(thread);
    try (var _ = cancel.onCancel(() -> LockSupport.unpark(thread))) {
      while (true) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        if (cancel.isCancelled()) {
          return Optional.empty();
        }
        var now = state.get();
        if (!now.items.isEmpty()) {
          var shorter = List.copyOf(now.items.subList(1, now.items.size()));
          if (state.compareAndSet(now, new State(shorter, now.closed))) {
            return Optional.of(now.items.getFirst());
          }
        } else if (now.closed) {
          return Optional.empty();
        } else {
          LockSupport.park(this);
        }
      }
    } finally {
      takers.remove(thread);
    }
  }

  @Override
  public void close() {
    state.updateAndGet(now -> new State(now.items, true));
    takers.forEach(LockSupport::unpark);
  }
}
