package workbook.email;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;

/**
 * The door: what cannot be a header field of a mail is refused here. What can is then written with
 * {@link EncodedWords}, so that it arrives as it was typed.
 */
final class Headers {

  private static final int LONGEST = 254; // RFC 5321

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
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          field + " must not have a line break or another control character");
    }
    return text;
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
    var text = text(mailbox.address(), field);
    try {
      var address = new InternetAddress(text, true);
      boolean fits = text.length() <= LONGEST && text.chars().allMatch(c -> c < 128);
      if (fits && !address.isGroup() && text.equals(address.getAddress())) {
        if (!mailbox.name().isEmpty()) {
          address.setPersonal(
              EncodedWords.of(text(mailbox.name(), field)),
              StandardCharsets.UTF_8.name()); // else one of the system
        }
        return address;
      }
    } catch (AddressException e) {
      // said below: the exception's own message repeats the address
    } catch (UnsupportedEncodingException e) {
      throw new AssertionError("every JVM knows UTF-8", e);
    }
    throw new IllegalArgumentException(
        field + " must be one plain address, such as ann@example.com, in ASCII");
  }
}
