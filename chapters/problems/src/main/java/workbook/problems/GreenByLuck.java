package workbook.problems;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;

/**
 * One seat, two buyers, and no lock: how many of 1000 runs of a test are green, although the class
 * is wrong?
 */
final class GreenByLuck {

  private GreenByLuck() {}

  /** Wrong: between the look and the sale, another buyer may look. */
  static final class OneSeat implements Callable<Boolean> {

    private boolean sold;

    // region buy
    boolean buy() {
      if (sold) {
        return false;
      }
      sold = true;
      return true;
    }

    // endregion

    /** Buys from a copy from another class loader, which knows this class by another name only. */
    @Override
    public Boolean call() {
      return buy();
    }
  }

  static void main() throws Exception {
    System.out.printf("cores: %d%n", Runtime.getRuntime().availableProcessors());
    report("two threads, started", GreenByLuck::started);
    report("two threads, and a latch", GreenByLuck::latched);
    report("two threads, in every order", GreenByLuck::inEveryOrder);
  }

  private static void report(String test, Callable<Boolean> passes) throws Exception {
    int green = 0;
    for (int run = 0; run < 1_000; run++) {
      green += passes.call() ? 1 : 0;
    }
    System.out.printf("%-28s: green in %4d of 1000 runs%n", test, green);
  }

  private static boolean started() throws InterruptedException {
    // region started
    var seat = new OneSeat();
    var buyers = new AtomicInteger();
    Runnable buy = () -> buyers.addAndGet(seat.buy() ? 1 : 0);
    var ann = Thread.ofPlatform().start(buy);
    var bob = Thread.ofPlatform().start(buy);
    ann.join();
    bob.join();
    return buyers.get() == 1;
    // endregion
  }

  private static boolean latched() throws InterruptedException {
    var seat = new OneSeat();
    var buyers = new AtomicInteger();
    var line = new CountDownLatch(1);
    Runnable buy =
        () -> {
          try {
            line.await();
            buyers.addAndGet(seat.buy() ? 1 : 0);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        };
    var ann = Thread.ofPlatform().start(buy);
    var bob = Thread.ofPlatform().start(buy);
    line.countDown();
    ann.join();
    bob.join();
    return buyers.get() == 1;
  }

  private static boolean inEveryOrder() throws ReflectiveOperationException {
    record Race(Callable<Boolean> seat, AtomicInteger buyers) {
      void buy() throws Exception {
        buyers.addAndGet(seat.call() ? 1 : 0);
      }
    }
    var copies = new InstrumentingLoader(OneSeat.class).loadClass(OneSeat.class.getName());
    var constructor = copies.getDeclaredConstructor();
    constructor.setAccessible(true);
    // region order
    return Interleavings.from(() -> new Race(seat(constructor.newInstance()), new AtomicInteger()))
        .actor("ann", Race::buy)
        .actor("bob", Race::buy)
        .check(
            race -> {
              if (race.buyers().get() != 1) {
                throw new AssertionError("two have the same seat");
              }
            })
        .explore()
        .violation()
        .isEmpty();
    // endregion
  }

  @SuppressWarnings("unchecked") // a seat of this file
  private static Callable<Boolean> seat(Object copy) {
    return (Callable<Boolean>) copy;
  }
}
