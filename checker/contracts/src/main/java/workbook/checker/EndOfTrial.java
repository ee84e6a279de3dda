package workbook.checker;

import java.util.concurrent.locks.LockSupport;

/**
 * The end of a trial, for those who outlive it. A loop of the learner's that never ends would take
 * a core from all the rules after it; so whoever asks for the time once the trial is over waits for
 * ever, whatever interrupts come.
 *
 * <p><b>Threads.</b> Any number may pass.
 */
public final class EndOfTrial {

  private volatile boolean hasCome;

  /** An end that has not come. */
  public EndOfTrial() {}

  /** Lets nobody pass from now on. */
  void come() {
    hasCome = true;
  }

  /** Returns at once while the trial goes on, and never afterwards. */
  public void pass() {
    if (hasCome) {
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
