package workbook.checker.card;

import java.util.List;

/** What happened, within some lines: how it ended is kept, and how it began. */
final class InOrder {

  private static final String BETWEEN = " · ";

  private InOrder() {}

  static String within(int lines, List<String> entries) {
    int last = entries.size();
    int from = last;
    int begin = 0;
    // From the end and from the beginning in turn, as long as it fits.
    while (begin < from) {
      if (fits(lines, entries, begin, from - 1)) {
        from--;
      } else {
        break;
      }
      if (begin < from && fits(lines, entries, begin + 1, from)) {
        begin++;
      }
    }
    return from == last ? entries.getLast() : text(entries, begin, from);
  }

  private static boolean fits(int lines, List<String> entries, int begin, int from) {
    return Lines.height(Parts.lead("in order"), text(entries, begin, from)) <= lines;
  }

  private static String text(List<String> entries, int begin, int from) {
    var start = String.join(BETWEEN, entries.subList(0, begin));
    var end = String.join(BETWEEN, entries.subList(from, entries.size()));
    if (begin == from) {
      return start + (start.isEmpty() || end.isEmpty() ? "" : BETWEEN) + end;
    }
    var cut = "... (" + (from - begin) + " more) ...";
    return (start.isEmpty() ? "" : start + BETWEEN) + cut + BETWEEN + end;
  }
}
