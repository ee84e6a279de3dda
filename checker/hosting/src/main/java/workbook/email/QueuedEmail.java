package workbook.email;

import java.util.Objects;
import workbook.hosting.Arguments;

/**
 * A mail in a queue.
 *
 * @param message the mail, to those who have not got it yet
 * @param attempts how often it was tried so far; 0 for a new one
 */
public record QueuedEmail(EmailMessage message, int attempts) {

  /**
   * Refuses null and a negative number of attempts.
   *
   * @throws IllegalArgumentException if attempts is negative
   */
  public QueuedEmail {
    Objects.requireNonNull(message, "message");
    Arguments.atLeast(attempts, 0, "attempts");
  }
}
