package workbook.proof.queue;

import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * A queue that is right but for one step: it looks for room before it takes the lock, and does not
 * look again. The program in it counts, for chapter 02, how often that is noticed by chance and how
 * often by the checker:
 *
 * <pre>{@code
 * mvn -q test-compile exec:exec -pl checker/proof \
 *     -Dmain.class=workbook.proof.queue.CheckThenActQueue
 * }</pre>
 */
final class CheckThenActQueue implements BackgroundTaskQueue {

  private static final int RUNS = 1_000;

  private final int capacity;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<WorkItem> items = new ConcurrentLinkedQueue<>();
  private boolean closed; // guarded by lock

  CheckThenActQueue(int capacity) {
    this.capacity = capacity;
  }

  @Override
  public boolean enqueue(WorkItem item) {
    Objects.requireNonNull(item, "item");
    // region enqueue
    if (items.size() >= capacity) {
      return false;
    }
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      items.add(item);
      changed.signal();
      return true;
    } finally {
      lock.unlock();
    }
    // endregion
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    try (var _ = cancel.onCancel(this::signalAll)) {
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
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void signalAll() {
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  static void main() throws Exception {
    report("50 threads race for 10 places", CheckThenActQueue::raceByChance);
    report("2 threads, 1 place, every order", CheckThenActQueue::raceInEveryOrder);
  }

  private static void report(String race, Callable<Boolean> tooMany) throws Exception {
    System.out.printf("%-31s: too many got one in %4d of %d runs%n", race, count(tooMany), RUNS);
  }

  private static long count(Callable<Boolean> tooMany) throws Exception {
    long found = 0;
    for (int run = 0; run < RUNS; run++) {
      found += tooMany.call() ? 1 : 0;
    }
    return found;
  }

  private static boolean raceByChance() {
    // region chance
    var queue = new CheckThenActQueue(10);
    var start = new CyclicBarrier(50);
    var accepted = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 50; n++) {
        threads.submit(
            () -> {
              start.await();
              return queue.enqueue(item()) && accepted.incrementAndGet() > 0;
            });
      }
    }
    return accepted.get() > 10;
    // endregion
  }

  private static boolean raceInEveryOrder() {
    var copies = new InstrumentingLoader(CheckThenActQueue.class);
    record Race(BackgroundTaskQueue queue, AtomicInteger accepted) {
      void offer() {
        accepted.addAndGet(queue.enqueue(item()) ? 1 : 0);
      }
    }
    return Interleavings.from(() -> new Race(copy(copies), new AtomicInteger()))
        .actor("producer a", Race::offer)
        .actor("producer b", Race::offer)
        .check(
            race -> {
              if (race.accepted().get() > 1) {
                throw new AssertionError("too many");
              }
            })
        .explore()
        .violation()
        .isPresent();
  }

  private static BackgroundTaskQueue copy(InstrumentingLoader copies) throws Exception {
    var constructor =
        copies.loadClass(CheckThenActQueue.class.getName()).getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    return (BackgroundTaskQueue) constructor.newInstance(1);
  }

  private static WorkItem item() {
    return WorkItem.of("item", _ -> {});
  }
}
