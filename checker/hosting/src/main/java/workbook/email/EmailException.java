package workbook.email;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A mail that was not accepted for all of its recipients, and what to do about them. Those in
 * neither list get the mail.
 *
 * <p><b>Privacy.</b> The message of this exception is fit for a log: it names no address and
 * contains nothing of the mail, not even a part, nor of the credentials. The cause may well do so:
 * servers like to repeat the address that they refuse.
 */
public final class EmailException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Mailbox> retry;
  private final transient List<Mailbox> refused;

  /**
   * A failure.
   *
   * @param message what happened, where, and what to do about it, without addresses
   * @param retry for whom the mail may be tried again later
   * @param refused for whom it was refused for good
   * @param cause what was thrown, or null
   * @throws IllegalArgumentException if both lists are empty
   */
  public EmailException(
      String message, List<Mailbox> retry, List<Mailbox> refused, @Nullable Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.retry = List.copyOf(retry);
    this.refused = List.copyOf(refused);
    if (retry.isEmpty() && refused.isEmpty()) {
      throw new IllegalArgumentException("retry and refused are both empty: nothing has failed");
    }
  }

  /**
   * The recipients who may still get the mail, none of them refused: a reply of 4xx, or no reply at
   * all.
   */
  public List<Mailbox> retry() {
    return retry;
  }

  /** The recipients who will not get it: a reply of 5xx. Trying again would not change that. */
  public List<Mailbox> refused() {
    return refused;
  }
}
