package workbook.email;

import jakarta.mail.internet.InternetAddress;
import workbook.hosting.NotStarted;

/**
 * The door: what cannot be a header field of a mail is refused here. What can is then written with
 * {@link EncodedWords}, so that it arrives as it was typed.
 */
final class Headers {

  private Headers() {}

  /**
   * A text for a header field.
   *
   * @param text the text
   * @param field the field's name, for the message
   * @return the text
   * @throws IllegalArgumentException if it has a line break or another control character
   */
  static String text(String text, String field) {
    // TODO: step 1
    throw new NotStarted("step 1", "Headers.text");
  }

  /**
   * A mailbox for a header field and for the server.
   *
   * @param mailbox the mailbox
   * @param field the field's name, for the message
   * @return the mailbox in the library's terms
   * @throws IllegalArgumentException if the address is not exactly one plain ASCII address, see
   *     {@link EmailService}, or the name has a line break or another control character
   */
  static InternetAddress mailbox(Mailbox mailbox, String field) {
    // TODO: step 1
    throw new NotStarted("step 1", "Headers.mailbox");
  }
}
