package workbook.contracts.recurring;

import java.time.DayOfWeek;
import java.time.Month;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a cron text means, however it is written: the values that each of its fields names. */
final class CronFields {

  private static final Pattern PART =
      Pattern.compile("(\\*|\\?|(\\w+)(?:-(\\w+))?)(?:/(\\d{1,2}))?");
  private static final List<String> DAYS = shortNames(Stream.of(DayOfWeek.values()));
  private static final List<String> MONTHS = shortNames(Stream.of(Month.values()));

  private CronFields() {}

  /** Whether a text names exactly one time on every day. */
  static boolean isDailyAt(String text, int hour, int minute) {
    var fields = text.strip().split("\\s+");
    if (fields.length != 6 || fields[3].equals("?") == fields[5].equals("?")) {
      return false;
    }
    return values(fields[0], 0, 59, List.of()).equals(List.of(0))
        && values(fields[1], 0, 59, List.of()).equals(List.of(minute))
        && values(fields[2], 0, 23, List.of()).equals(List.of(hour))
        && values(fields[3], 1, 31, List.of()).size() == 31
        && values(fields[4], 1, 12, MONTHS).size() == 12
        && values(fields[5], 1, 7, DAYS).size() == 7;
  }

  /** The values of a field, in order; none if it is not understood. */
  private static List<Integer> values(String field, int least, int most, List<String> names) {
    var values = new BitSet();
    for (var text : field.toUpperCase(Locale.ROOT).split(",", -1)) {
      var part = PART.matcher(text);
      if (!part.matches()) {
        return List.of();
      }
      int step = part.group(4) == null ? 1 : Integer.parseInt(part.group(4));
      int from = part.group(2) == null ? least : value(part.group(2), names);
      boolean one = part.group(2) != null && part.group(4) == null;
      int to = part.group(3) != null ? value(part.group(3), names) : one ? from : most;
      if (step < 1 || from < least || to < least || from > most || to > most) {
        return List.of();
      }
      int size = most - least + 1;
      for (int n = from; n <= (to < from ? to + size : to); n += step) {
        values.set(n > most ? n - size : n);
      }
    }
    return values.stream().boxed().toList();
  }

  private static int value(String text, List<String> names) {
    boolean days = names.equals(DAYS); // which are names only
    if (text.matches("\\d{1,2}") && !days) {
      return Integer.parseInt(text);
    }
    return names.contains(text) ? names.indexOf(text) + 1 : -1;
  }

  private static List<String> shortNames(Stream<? extends Enum<?>> values) {
    return values.map(value -> value.name().substring(0, 3)).toList();
  }
}
