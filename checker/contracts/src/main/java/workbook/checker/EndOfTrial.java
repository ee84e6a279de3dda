package workbook.checker;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * The end of a trial, for those who outlive it. A loop of the learner's that never ends would take
 * a core from all the rules after it; so whoever asks for the time again and again once the trial
 * is over waits for ever, whatever interrupts come. Who is on the way out gets there.
 *
 * <p><b>Threads.</b> Any number may pass.
 */
public final class EndOfTrial {

  /** Far more than the threads of any rule need to end. */
  private static final int MOST_AFTERWARDS = 10_000;

  private static final int LOOKS = 3; // in a row that must find all at rest
  private static final int MOST_LOOKS = 2_000; // some 0.2 s, for who runs on
  private static final long PAUSE = 20_000; // between two looks, in ns

  private final AtomicInteger afterwards = new AtomicInteger();
  private volatile boolean hasCome;

  /** An end that has not come. */
  public EndOfTrial() {}

  /**
   * Counts whoever passes from now on, and waits a moment for those on the way out: what they share
   * through a static field would reach the next trial.
   *
   * @param allRest whether all have ended or wait, at a look
   */
  void come(BooleanSupplier allRest) {
    hasCome = true;
    int calm = 0;
    for (int look = 0; look < MOST_LOOKS && calm < LOOKS; look++) {
      calm = allRest.getAsBoolean() ? calm + 1 : 0;
      LockSupport.parkNanos(PAUSE);
    }
  }

  /** Returns at once, but not for a loop without an end when the trial is over. */
  public void pass() {
    if (hasCome && afterwards.incrementAndGet() > MOST_AFTERWARDS) {
      stay();
    }
  }

  /** Never returns. */
  void stay() {
    while (true) {
      LockSupport.park(this);
      Thread.interrupted();
    }
  }
}
