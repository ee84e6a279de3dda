package workbook.hosting;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A gap in an exercise, for the learner to fill. A rule that reaches one is graded "not started":
 * it is neither right nor wrong yet.
 */
public final class NotStarted extends UnsupportedOperationException {

  private static final long serialVersionUID = 1L;
  private static final AtomicReference<String> reached = new AtomicReference<>("");

  /**
   * A gap.
   *
   * @param step the step of the chapter that fills it, such as {@code step 1}
   * @param method what is to be written, such as {@code PeriodicTimer.waitForNextTick}
   */
  public NotStarted(String step, String method) {
    super(step + ": " + method + " is still to be written");
    reached.compareAndSet("", step + ": " + method);
  }

  /**
   * The gap that was reached first in this JVM since {@link #forget}, on any thread: a gap may be
   * reached on a thread whose exception nobody sees.
   *
   * @return the step and the method, or an empty text
   */
  public static String reached() {
    return reached.get();
  }

  /** Forgets what was reached. */
  public static void forget() {
    reached.set("");
  }
}
