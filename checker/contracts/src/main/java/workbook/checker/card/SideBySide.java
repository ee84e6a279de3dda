package workbook.checker.card;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Two lists, one below the other: where they begin to differ is seen at once. */
final class SideBySide {

  private static final int LEFT = 96;
  private static final int ROW = 34;
  private static final int LONGEST = 18;
  private static final int MOST = 12;

  private SideBySide() {}

  /** Draws what was expected and what was, if both are lists with commas, of short items. */
  static Optional<String> of(String expected, String butWas) {
    var wanted = items(expected);
    var were = items(butWas);
    if (!isShort(wanted) || !isShort(were)) {
      return Optional.empty();
    }
    var svg = new Svg();
    int width = 24 + 7 * Math.max(longest(wanted), longest(were));
    row(svg, "expected", 20, width, wanted, wanted);
    row(svg, "but was", 20 + ROW, width, were, wanted);
    int most = Math.max(wanted.size(), were.size());
    return Optional.of(
        svg.drawn(LEFT + most * (width + 6), 40 + ROW, "Expected, and below it what was"));
  }

  /** What stands behind the last colon, at its commas. */
  private static List<String> items(String text) {
    return Arrays.asList(text.substring(text.lastIndexOf(": ") + 1).strip().split(", "));
  }

  private static boolean isShort(List<String> items) {
    return items.size() > 1
        && items.size() <= MOST
        && items.stream().allMatch(item -> item.length() <= LONGEST && !item.contains(";"));
  }

  private static int longest(List<String> items) {
    return items.stream().mapToInt(String::length).max().orElse(0);
  }

  private static void row(
      Svg svg, String name, int y, int width, List<String> items, List<String> wanted) {
    svg.text(8, y + 5, "lane-name", name);
    for (int i = 0; i < items.size(); i++) {
      boolean fits = i < wanted.size() && wanted.get(i).equals(items.get(i));
      int x = LEFT + i * (width + 6);
      svg.box(x, y - 12, width, 24, fits ? "mark" : "mark wrong");
      svg.text(x + width / 2.0, y + 4, "small middle", items.get(i));
    }
  }
}
