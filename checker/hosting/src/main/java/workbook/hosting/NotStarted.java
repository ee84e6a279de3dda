package workbook.hosting;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A gap in an exercise, for the learner to fill. A rule that reaches one is graded "not started":
 * it is neither right nor wrong yet.
 */
public final class NotStarted extends UnsupportedOperationException {

  private static final long serialVersionUID = 1L;
  private static final AtomicLong reached = new AtomicLong();

  /**
   * A gap.
   *
   * @param step the step of the chapter that fills it, such as {@code step 1}
   * @param method what is to be written, such as {@code PeriodicTimer.waitForNextTick}
   */
  public NotStarted(String step, String method) {
    super(step + ": " + method + " is still to be written");
    reached.incrementAndGet();
  }

  /**
   * How often a gap was reached in this JVM, on any thread. The checker compares two readings,
   * since a gap may be reached on a thread whose exception nobody sees.
   *
   * @return a number that only grows
   */
  public static long reached() {
    return reached.get();
  }
}
