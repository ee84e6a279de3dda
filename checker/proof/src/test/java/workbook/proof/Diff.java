package workbook.proof;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A change of a text. What it is to be found by is its lines, not their numbers: the old lines of
 * each hunk stand exactly once in the text.
 *
 * @param hunks the places that are changed
 */
record Diff(List<Hunk> hunks) {

  /**
   * One place.
   *
   * @param where the file and line that it is written down in
   * @param before the lines as they are
   * @param after the lines as they are to be
   */
  record Hunk(String where, List<String> before, List<String> after) {}

  private record Found(int at, Hunk hunk) {}

  /** The changed text. */
  String in(String text, String name) {
    var lines = text.lines().toList();
    var changed = new ArrayList<String>();
    int next = 0;
    for (var found : found(lines, name)) {
      if (found.at < next) {
        throw new AssertionError(found.hunk.where + ": overlaps with another place of " + name);
      }
      changed.addAll(lines.subList(next, found.at));
      changed.addAll(found.hunk.after);
      next = found.at + found.hunk.before.size();
    }
    changed.addAll(lines.subList(next, lines.size()));
    return String.join("\n", changed) + "\n";
  }

  private List<Found> found(List<String> lines, String name) {
    return hunks.stream()
        .map(hunk -> new Found(onlyPlace(hunk, lines, name), hunk))
        .sorted(Comparator.comparingInt(Found::at))
        .toList();
  }

  private static int onlyPlace(Hunk hunk, List<String> lines, String name) {
    int length = hunk.before.size();
    var places = new ArrayList<Integer>();
    for (int at = 0; at + length <= lines.size(); at++) {
      if (lines.subList(at, at + length).equals(hunk.before)) {
        places.add(at);
      }
    }
    if (places.size() != 1) {
      throw new AssertionError(
          "%s: these lines must stand once in %s, but stand there %d times:%n%s"
              .formatted(hunk.where, name, places.size(), String.join("\n", hunk.before)));
    }
    return places.getFirst();
  }
}
