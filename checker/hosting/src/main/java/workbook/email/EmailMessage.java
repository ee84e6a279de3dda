package workbook.email;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A mail to be sent. Its Message-ID is given when it is made and stays the same however often the
 * mail is tried, so that whoever gets it twice can tell.
 *
 * @param messageId the Message-ID with its angle brackets, at most 900 characters, since it cannot
 *     be broken and a line of a mail has 998 at most; the one part that is fit for a log
 * @param to who gets it, one or more
 * @param subject the subject, in any script
 * @param body the text, in any script, with {@code \n} at the end of a line
 */
public record EmailMessage(String messageId, List<Mailbox> to, String subject, String body) {

  private static final Pattern MESSAGE_ID = Pattern.compile("<[!-;=?A-~]+@[!-;=?A-~]+>");
  private static final int LONGEST_ID = 900;

  /**
   * Refuses null, a Message-ID that is not one, and a mail to nobody.
   *
   * @throws IllegalArgumentException if the Message-ID or the list of recipients is refused
   */
  public EmailMessage {
    Objects.requireNonNull(messageId, "messageId");
    to = List.copyOf(Objects.requireNonNull(to, "to"));
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(body, "body");
    if (messageId.length() > LONGEST_ID || !MESSAGE_ID.matcher(messageId).matches()) {
      throw new IllegalArgumentException(
          "messageId must look like <id@domain>, with at most " + LONGEST_ID + " characters");
    }
    if (to.isEmpty()) {
      throw new IllegalArgumentException("to must name at least one recipient, was empty");
    }
  }

  /**
   * A mail to one, with a Message-ID of its own.
   *
   * @param to who gets it
   * @param subject the subject
   * @param body the text
   * @return a new mail
   */
  public static EmailMessage to(Mailbox to, String subject, String body) {
    return new EmailMessage(
        "<" + UUID.randomUUID() + "@workbook.example>", List.of(to), subject, body);
  }

  /**
   * The same mail, with the same Message-ID, to some of its recipients.
   *
   * @param some who gets it, one or more
   * @return the mail
   */
  public EmailMessage only(List<Mailbox> some) {
    return new EmailMessage(messageId, some, subject, body);
  }

  /** The Message-ID, and neither recipients nor text, since texts like this one end up in logs. */
  @Override
  public String toString() {
    return "mail " + messageId;
  }
}
