package workbook.runner;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Reads keys: letters, and Enter. A terminal that gives lines gives an Enter after each letter. */
final class Keys {

  private Keys() {}

  /**
   * Has each key told to a reader, and the end of the input, too.
   *
   * @param in where they come from
   * @param inLines whether an Enter belongs to the letter before it
   * @param reader who is told, on a thread of its own
   */
  static void tell(InputStream in, boolean inLines, Consumer<Event> reader) {
    Thread.ofPlatform().daemon().name("keys").start(() -> read(in, inLines, reader));
  }

  private static void read(InputStream in, boolean inLines, Consumer<Event> reader) {
    try {
      boolean afterALetter = false;
      for (int c = in.read(); c >= 0; c = in.read()) {
        if (c == '\n') {
          if (!afterALetter || !inLines) {
            reader.accept(new Event.Key('\n'));
          }
          afterALetter = false;
        } else if (!Character.isWhitespace(c)) {
          reader.accept(new Event.Key(Character.toLowerCase((char) c)));
          afterALetter = true;
        }
      }
    } catch (IOException e) {
      // as good as closed
    }
    reader.accept(new Event.InputClosed());
  }
}
