package workbook.checker.interleaving;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import workbook.checker.Limit;
import workbook.checker.Patience;

/**
 * How long the explorer waits in real time. On the way to a verdict it does so only for code that
 * runs, or that time or threads of its own may wake.
 */
final class RealTime {
  private static final int YIELDS = 1_000;
  private static final long SHORTEST_PAUSE = 50_000; // in ns
  private static final long LONGEST_PAUSE = 2_000_000;

  private RealTime() {}

  /** The longest any single wait may take. */
  static Duration limit() {
    return Patience.RULE.limit().dividedBy(2);
  }

  /** How long a thread that waits may still wake up although no actor can run. */
  static Duration forWaiting(Thread.State state) {
    if (state != Thread.State.WAITING) {
      return limit(); // a time-out may end, or a monitor of the JDK be handed over
    }
    return Interleaver.strangerSeen() ? limit().dividedBy(10) : Duration.ZERO;
  }

  /** Waits for a condition, and tells whether it became true in time. */
  static boolean await(Duration limit, BooleanSupplier condition) throws InterruptedException {
    return await(YIELDS, limit, condition);
  }

  /**
   * Waits for a condition among many who do, without running beside those who are to bring it
   * about. Whoever does may wake the thread, and need not.
   *
   * @return whether it became true in time
   */
  static boolean awaitAtRest(Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    return await(0, limit, condition);
  }

  private static boolean await(int yields, Duration limit, BooleanSupplier condition)
      throws InterruptedException {
    var bound = Limit.of(limit);
    long pause = SHORTEST_PAUSE;
    for (int i = 0; !condition.getAsBoolean(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("Interrupted while exploring.");
      }
      if (i < yields) {
        Thread.yield();
      } else if (!bound.hasPassed()) {
        LockSupport.parkNanos(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
      } else {
        return condition.getAsBoolean();
      }
    }
    return true;
  }
}
