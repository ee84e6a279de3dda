package workbook.email;

import java.util.Objects;
import workbook.hosting.Arguments;

/**
 * A mail that is given up. Somebody can look at it, put right what was wrong, and send it again.
 *
 * @param message the mail, to those who have not got it
 * @param attempts how often it was tried, at least once
 * @param cause why it was given up: what the last attempt threw
 */
public record DeadLetter(EmailMessage message, int attempts, Exception cause) {

  /**
   * Refuses null and fewer than one attempt.
   *
   * @throws IllegalArgumentException if attempts is below 1
   */
  public DeadLetter {
    Objects.requireNonNull(message, "message");
    Arguments.atLeast(attempts, 1, "attempts");
    Objects.requireNonNull(cause, "cause");
  }
}
