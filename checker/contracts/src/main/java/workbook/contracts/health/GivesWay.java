package workbook.contracts.health;

import java.lang.Thread.State;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.interleaving.EachLine;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** Threads that let another one go first, at each of their lines. */
final class GivesWay {

  private static final int LOOKS = 5;

  private GivesWay() {}

  /** From now on, the calling thread goes on only while others rest. */
  static void to(BooleanSupplier others) {
    EachLine.pause(() -> await(others));
  }

  /** Waits for a thread that is bound to come to rest. */
  private static void await(BooleanSupplier rest) {
    var limit = Limit.of(Patience.SIGNAL);
    for (int calm = 0; calm < LOOKS && !limit.hasPassed(); ) {
      calm = rest.getAsBoolean() ? calm + 1 : 0;
      LockSupport.parkNanos(20_000);
    }
  }

  /** Whether a thread waits or has ended; none rests, too. */
  static boolean rests(@Nullable Thread thread) {
    return thread == null
        || thread.getState() == State.TERMINATED
        || thread.getState() != State.RUNNABLE
            && thread.getState() != State.NEW
            && !thread.isInterrupted();
  }

  /** A time after whose waits a thread gives way to another, at each of its lines. */
  static final class AfterAWait implements TimeSource {

    private final TimeSource time;
    private final BooleanSupplier others;
    private volatile @Nullable Thread waiter;

    AfterAWait(TimeSource time, BooleanSupplier others) {
      this.time = time;
      this.others = others;
    }

    /** The thread that waited last. */
    @Nullable Thread waiter() {
      return waiter;
    }

    @Override
    public boolean sleep(Duration duration, CancellationToken wake) throws InterruptedException {
      waiter = Thread.currentThread();
      boolean passed = time.sleep(duration, wake);
      to(others);
      return passed;
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      waiter = Thread.currentThread();
      boolean ended = time.join(thread, limit);
      to(others);
      return ended;
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime();
    }
  }
}
