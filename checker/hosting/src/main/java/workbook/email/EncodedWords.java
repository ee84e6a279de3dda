package workbook.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * Texts for header fields, which hold ASCII only: a text that would not arrive as it was typed is
 * written in encoded words (RFC 2047). That is any text with letters beyond ASCII, but also one
 * that looks like an encoded word itself, since whoever reads it would decode it; one without a
 * blank at which a long line could be broken; and one whose blanks would be lost.
 */
public final class EncodedWords {

  private static final int LONGEST_WORD = 60;
  private static final int MOST_BYTES = 45; // 60 characters in base64; an encoded word has 75

  private EncodedWords() {}

  /**
   * A text in ASCII, for a subject or a display name.
   *
   * @param text the text, without line breaks or other control characters
   * @return the same if it arrives as it is; if not, encoded words with a blank between them
   */
  public static String of(String text) {
    return arrivesAsItIs(text) ? text : String.join(" ", encoded(text));
  }

  private static boolean arrivesAsItIs(String text) {
    int word = 0;
    for (char c : text.toCharArray()) {
      if (c == ' ' ? word == 0 : c < '!' || c > '~') {
        return false;
      }
      word = c == ' ' ? 0 : word + 1;
      if (word > LONGEST_WORD) {
        return false;
      }
    }
    return !text.endsWith(" ") && !text.contains("=?");
  }

  private static List<String> encoded(String text) {
    var words = new ArrayList<String>();
    var part = new StringBuilder();
    int bytes = 0;
    for (int codePoint : text.codePoints().toArray()) {
      var character = Character.toString(codePoint);
      int more = character.getBytes(UTF_8).length;
      if (bytes + more > MOST_BYTES) {
        words.add(word(part));
        part.setLength(0);
        bytes = 0;
      }
      part.append(character);
      bytes += more;
    }
    words.add(word(part));
    return words;
  }

  private static String word(CharSequence part) {
    return "=?UTF-8?B?"
        + Base64.getEncoder().encodeToString(part.toString().getBytes(UTF_8))
        + "?=";
  }
}
