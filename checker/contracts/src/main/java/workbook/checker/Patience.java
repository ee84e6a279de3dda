package workbook.checker;

import java.time.Duration;

/**
 * How long the checker waits, in real time, for something that is bound to happen. A right
 * implementation never comes near a limit: they only cut off what hangs. On a machine that is slow
 * beyond measure, {@code -Dchecker.patience=5} makes every limit five times longer.
 */
public enum Patience {
  /** For a signal between threads. */
  SIGNAL(3),
  /** For an answer over a socket. */
  ANSWER(10),
  /** For a whole rule. */
  RULE(15);

  private final double seconds;

  Patience(double seconds) {
    this.seconds = seconds;
  }

  /**
   * The limit.
   *
   * @return the time to wait at most
   */
  public Duration limit() {
    double factor = Double.parseDouble(System.getProperty("checker.patience", "1"));
    return Duration.ofMillis((long) (seconds * factor * 1000));
  }
}
