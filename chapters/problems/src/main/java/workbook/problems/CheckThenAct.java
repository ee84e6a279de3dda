package workbook.problems;

import java.lang.reflect.Constructor;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;

/**
 * A queue that looks for room before it takes its lock. How often is that noticed by chance, and
 * how often by the checker, which tries every order?
 */
final class CheckThenAct {

  private CheckThenAct() {}

  static final class BoundedQueue implements Predicate<String> {

    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<String> items = new ConcurrentLinkedQueue<>();

    BoundedQueue(int capacity) {
      this.capacity = capacity;
    }

    // region enqueue
    boolean enqueue(String item) {
      if (items.size() >= capacity) {
        return false;
      }
      lock.lock();
      try {
        items.add(item);
        return true;
      } finally {
        lock.unlock();
      }
    }

    // endregion

    /** Offers to a copy from another class loader, which knows this class by another name only. */
    @Override
    public boolean test(String item) {
      return enqueue(item);
    }
  }

  static void main() throws Exception {
    report("50 threads race for 10 places", CheckThenAct::raceByChance);
    report("2 threads, 1 place, every order", CheckThenAct::raceInEveryOrder);
  }

  private static void report(String race, Callable<Boolean> tooMany) throws Exception {
    System.out.printf("%-31s: too many got one in %4d of 1000 runs%n", race, count(tooMany, 1_000));
  }

  static int count(Callable<Boolean> tooMany, int runs) throws Exception {
    int found = 0;
    for (int run = 0; run < runs; run++) {
      found += tooMany.call() ? 1 : 0;
    }
    return found;
  }

  static boolean raceByChance() {
    // region chance
    var queue = new BoundedQueue(10);
    var start = new CyclicBarrier(50);
    var accepted = new AtomicInteger();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int n = 0; n < 50; n++) {
        threads.submit(
            () -> {
              start.await();
              return queue.enqueue("item") && accepted.incrementAndGet() > 0;
            });
      }
    }
    return accepted.get() > 10;
    // endregion
  }

  static boolean raceInEveryOrder() throws Exception {
    record Race(Predicate<String> queue, AtomicInteger accepted) {
      void offer() {
        accepted.addAndGet(queue.test("item") ? 1 : 0);
      }
    }
    var copies = copies();
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

  /** How to make a queue that can be stopped before each of its lines. */
  private static Constructor<?> copies() throws ReflectiveOperationException {
    var copy = new InstrumentingLoader(BoundedQueue.class).loadClass(BoundedQueue.class.getName());
    var constructor = copy.getDeclaredConstructor(int.class);
    constructor.setAccessible(true);
    return constructor;
  }

  @SuppressWarnings("unchecked") // a queue of this file
  private static Predicate<String> copy(Constructor<?> copies) throws ReflectiveOperationException {
    return (Predicate<String>) copies.newInstance(1);
  }
}
