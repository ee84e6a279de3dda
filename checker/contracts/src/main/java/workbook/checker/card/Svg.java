package workbook.checker.card;

import java.util.Locale;

/** A drawing within a page: shapes with classes, whose colours the page's style says. */
final class Svg {

  private final StringBuilder shapes = new StringBuilder();

  /** The text with the signs that HTML gives a meaning escaped; good within attributes, too. */
  static String escaped(String text) {
    var escaped = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                escaped.append(
                    switch (c) {
                      case '&' -> "&amp;";
                      case '<' -> "&lt;";
                      case '>' -> "&gt;";
                      case '"' -> "&quot;";
                      case '\'' -> "&#39;";
                      default -> c < ' ' && c != '\n' && c != '\t' ? " " : String.valueOf((char) c);
                    }));
    return escaped.toString();
  }

  /** The text, or as much of it as is asked for, and an ellipsis. */
  static String cut(String text, int length) {
    return text.length() <= length ? text : text.substring(0, length - 1) + "…";
  }

  Svg line(double x1, double y1, double x2, double y2, String style) {
    add(
        "<line x1=\"%.0f\" y1=\"%.0f\" x2=\"%.0f\" y2=\"%.0f\" class=\"%s\"/>%n",
        x1, y1, x2, y2, style);
    return this;
  }

  Svg circle(double x, double y, double radius, String style) {
    add("<circle cx=\"%.0f\" cy=\"%.0f\" r=\"%.0f\" class=\"%s\"/>%n", x, y, radius, style);
    return this;
  }

  Svg box(double x, double y, double width, double height, String style) {
    add(
        "<rect x=\"%.0f\" y=\"%.0f\" width=\"%.0f\" height=\"%.0f\" rx=\"4\" class=\"%s\"/>%n",
        x, y, width, height, style);
    return this;
  }

  Svg text(double x, double y, String style, String text) {
    add("<text x=\"%.0f\" y=\"%.0f\" class=\"%s\">%s</text>%n", x, y, style, escaped(text));
    return this;
  }

  /** Numbers are written in the same way everywhere. */
  private void add(String shape, Object... values) {
    shapes.append(String.format(Locale.ROOT, shape, values));
  }

  /**
   * The whole drawing.
   *
   * @param title what a reader is told who does not see it
   */
  String drawn(double width, double height, String title) {
    return String.format(
        Locale.ROOT,
        """
        <svg viewBox="0 0 %.0f %.0f" width="%.0f" height="%.0f" role="img" aria-label="%s">
        %s</svg>
        """,
        width,
        height,
        width,
        height,
        escaped(title),
        shapes);
  }
}
