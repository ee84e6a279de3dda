package workbook.proof.email;

import java.util.regex.Pattern;
import workbook.email.Mailbox;

/** Another way to look at header fields than the reference's: by hand. */
final class Door {

  private static final Pattern ADDRESS =
      Pattern.compile(
          "[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?");

  private Door() {}

  static String text(String text, String field) {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("control character in " + field);
    }
    return text;
  }

  static Mailbox mailbox(Mailbox mailbox, String field) {
    text(mailbox.name(), field);
    if (!isAddress(mailbox.address())) {
      throw new IllegalArgumentException("no address in " + field);
    }
    return mailbox;
  }

  static boolean isAddress(String text) {
    return text.length() <= 254 && ADDRESS.matcher(text).matches();
  }
}
