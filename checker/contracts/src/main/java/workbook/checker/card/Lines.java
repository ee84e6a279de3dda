package workbook.checker.card;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines of text that are no wider than the card. */
final class Lines {

  /** How wide a card is, in columns. */
  static final int WIDTH = 76;

  private static final String CUT = " ...";
  // What stands in quotes is one word, so that its blanks can be counted.
  private static final Pattern WORD = Pattern.compile("(?:\"[^\"\\n]{0,50}\"|\\S)+");

  private final List<String> lines = new ArrayList<>();

  int count() {
    return lines.size();
  }

  void add(String line) {
    lines.add(line.stripTrailing());
  }

  /** Adds to the last line where there is room, and else in a line of its own. */
  void append(String more, int indented) {
    if (lines.getLast().length() + more.length() <= WIDTH) {
      lines.set(lines.size() - 1, lines.getLast() + more);
    } else {
      add(" ".repeat(indented) + start(more, WIDTH - indented));
    }
  }

  void addAll(Lines more) {
    lines.addAll(more.lines);
  }

  /** Text behind a lead, its further lines indented as far as the lead is wide. */
  void wrapped(String lead, String text) {
    wrapped(lead, text, Integer.MAX_VALUE);
  }

  /** The same with no more than some lines: the last one says that there would be more. */
  void wrapped(String lead, String text, int atMost) {
    var wrapped = wrap(lead, text);
    if (wrapped.size() > atMost) {
      wrapped = new ArrayList<>(wrapped.subList(0, atMost));
      wrapped.set(atMost - 1, cut(wrapped.getLast(), WIDTH - CUT.length()).stripTrailing() + CUT);
    }
    wrapped.forEach(this::add);
  }

  /** How many lines a text takes. */
  static int height(String lead, String text) {
    return wrap(lead, text).size();
  }

  /** The beginning of a text that is too long for some columns. */
  static String start(String text, int columns) {
    return cutAtAWord(text.strip().replaceAll("\\s+", " "), columns);
  }

  /** The same, with all blanks as they are. */
  static String cutAtAWord(String one, int columns) {
    if (one.length() <= columns) {
      return one;
    }
    var cut = cut(one, columns - CUT.length());
    int space = cut.lastIndexOf(' ');
    return (space > columns / 2 ? cut.substring(0, space) : cut).stripTrailing() + CUT;
  }

  private static String cut(String text, int columns) {
    return text.length() <= columns ? text : text.substring(0, Math.max(0, columns));
  }

  private static List<String> wrap(String lead, String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder(lead);
    boolean fresh = true;
    var words = WORD.matcher(text);
    while (words.find()) {
      for (var word = words.group(); !word.isEmpty(); ) {
        if (!fresh && line.length() + 1 + word.length() > WIDTH) {
          lines.add(line.toString());
          line = new StringBuilder(" ".repeat(lead.length()));
          fresh = true;
        }
        line.append(fresh ? "" : " ");
        int room =
            Math.min(word.length(), WIDTH - line.length()); // a word may be wider than a line
        line.append(word, 0, room);
        word = word.substring(room);
        fresh = false;
      }
    }
    lines.add(line.toString());
    return lines;
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
