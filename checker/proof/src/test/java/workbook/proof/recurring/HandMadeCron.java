package workbook.proof.recurring;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import workbook.recurring.DueTimes;

/**
 * Right: no library, but sets of numbers and a calendar that is leafed through. In a gap it is due
 * when the clocks are set forward, of two times it takes the second.
 */
public final class HandMadeCron implements DueTimes {

  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN");
  private static final int[] LEAST = {0, 0, 0, 1, 1, 1};
  private static final int[] MOST = {59, 59, 23, 31, 12, 7};
  private static final int MOST_DAYS = 366 * 9;
  private static final Instant NEVER = Instant.parse("9999-01-01T00:00:00Z");

  private final ZoneId zone;
  private final List<BitSet> fields = new ArrayList<>();

  /**
   * The due times of a text.
   *
   * @param cron six fields
   * @param zone their zone
   */
  public HandMadeCron(String cron, ZoneId zone) {
    Objects.requireNonNull(cron, "cron");
    this.zone = Objects.requireNonNull(zone, "zone");
    var found = Pattern.compile("\\S+").matcher(cron).results().toList();
    for (int n = 0; n < Math.min(6, found.size()); n++) {
      try {
        fields.add(parse(found.get(n).group().toUpperCase(Locale.ROOT), n));
      } catch (RuntimeException e) {
        throw refused(cron, found.get(n).start(), e);
      }
    }
    if (found.size() != 6) {
      int position = found.size() < 6 ? cron.length() : found.get(6).start();
      throw refused(cron, position, new IllegalArgumentException(found.size() + " fields"));
    }
    if (found.get(3).group().equals("?") == found.get(5).group().equals("?")) {
      throw refused(cron, found.get(3).start(), new IllegalArgumentException("one ? is needed"));
    }
    if (next(Instant.EPOCH).equals(NEVER)) {
      throw refused(cron, found.get(3).start(), new IllegalArgumentException("it never comes"));
    }
  }

  private static IllegalArgumentException refused(String cron, int index, RuntimeException why) {
    return new IllegalArgumentException(
        "at position " + (index + 1) + " of '" + cron + "': " + why.getMessage(), why);
  }

  private static BitSet parse(String field, int n) {
    var set = new BitSet();
    if (field.equals("?")) {
      if (n != 3 && n != 5) {
        throw new IllegalArgumentException("no ? here");
      }
      set.set(LEAST[n], MOST[n] + 1);
      return set;
    }
    for (var part : field.split(",", -1)) {
      var step = part.split("/", 2);
      var range = step[0].split("-", 2);
      int from = step[0].equals("*") ? LEAST[n] : number(range[0], n);
      int to = from;
      if (range.length == 2) {
        to = number(range[1], n);
      } else if (step[0].equals("*") || step.length == 2) {
        to = MOST[n];
      }
      int by = step.length == 2 ? Integer.parseInt(step[1]) : 1;
      if (by < 1 || to < from) {
        throw new IllegalArgumentException("'" + part + "' names nothing");
      }
      for (int value = from; value <= to; value += by) {
        set.set(value);
      }
    }
    return set;
  }

  private static int number(String text, int n) {
    var names = n == 4 ? MONTHS : n == 5 ? DAYS : List.<String>of();
    int value = names.contains(text) ? names.indexOf(text) + 1 : Integer.parseInt(text);
    if (value < LEAST[n] || value > MOST[n] || (n == 5 && !DAYS.contains(text))) {
      throw new IllegalArgumentException("'" + text + "' is not allowed");
    }
    return value;
  }

  @Override
  public Instant next(Instant after) {
    var day = after.atZone(zone).toLocalDate().minusDays(1);
    for (int n = 0; n < MOST_DAYS; n++, day = day.plusDays(1)) {
      if (isNamed(day)) {
        var due = firstOf(day, after);
        if (due != null) {
          return due;
        }
      }
    }
    return NEVER;
  }

  private boolean isNamed(LocalDate day) {
    return fields.get(3).get(day.getDayOfMonth())
        && fields.get(4).get(day.getMonthValue())
        && fields.get(5).get(day.getDayOfWeek().getValue());
  }

  private @Nullable Instant firstOf(LocalDate day, Instant after) {
    for (int hour : fields.get(2).stream().toArray()) {
      for (int minute : fields.get(1).stream().toArray()) {
        for (int second : fields.get(0).stream().toArray()) {
          var due = instant(day.atTime(hour, minute, second));
          if (due.isAfter(after)) {
            return due;
          }
        }
      }
    }
    return null;
  }

  private Instant instant(LocalDateTime civil) {
    var change = zone.getRules().getTransition(civil);
    return change != null && change.isGap()
        ? change.getInstant()
        : civil.atZone(zone).withLaterOffsetAtOverlap().toInstant();
  }
}
