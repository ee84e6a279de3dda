package workbook.checker;

import java.time.Duration;

/**
 * How long the checker waits, in real time, for something that is bound to happen. A right
 * implementation never comes near a limit: they only cut off what hangs, and a {@link Limit} tells
 * that from a busy machine. {@code -Dchecker.patience=5} makes every limit five times longer.
 */
public enum Patience {
  /** For a signal between threads. */
  SIGNAL(3),
  /** For an answer over a socket. */
  ANSWER(10),
  /**
   * For a process to start, to do something, or to end. A shorter patience than usual leaves most
   * of it as it is: a JVM takes its time to start.
   */
  PROCESS(10),
  /**
   * For a whole rule. A shorter patience than usual leaves it as it is: rules do real work, too.
   */
  RULE(8);

  /** What gives a busy machine more time. */
  public static final String MORE = "-Dchecker.patience=5 gives it five times the time";

  private final double seconds;

  Patience(double seconds) {
    this.seconds = seconds;
  }

  /** Whether limits are shorter than usual, since what is tried is known to run into them. */
  public static boolean isShort() {
    return patience() < 1;
  }

  /** The longest time to wait. */
  public Duration limit() {
    double patience = patience();
    boolean work = this == RULE || this == PROCESS;
    double factor = work ? Math.max(patience, 0.5) : patience;
    return Duration.ofMillis((long) (seconds * factor * 1000));
  }

  private static double patience() {
    return Double.parseDouble(System.getProperty("checker.patience", "1"));
  }
}
