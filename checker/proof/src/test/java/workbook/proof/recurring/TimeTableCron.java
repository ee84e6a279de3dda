package workbook.proof.recurring;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.util.HashSet;
import java.util.Locale;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import workbook.recurring.DueTimes;

/**
 * Right: no library and no pattern. A reader goes through the text character by character and takes
 * the dialect alone; all times of a day are a sorted table, all days of the calendar are asked.
 */
public final class TimeTableCron implements DueTimes {

  private static final int YEARS = 8; // between two leap years, around 2100

  private final ZoneId zone;
  private final NavigableSet<LocalTime> times = new TreeSet<>();
  private final Set<Integer> days = new HashSet<>();
  private final Set<Integer> months = new HashSet<>();
  private final Set<Integer> weekdays = new HashSet<>();

  /**
   * The due times of a text.
   *
   * @param cron six fields
   * @param zone their zone
   */
  public TimeTableCron(String cron, ZoneId zone) {
    var reader = new Reader(Objects.requireNonNull(cron, "cron"));
    this.zone = Objects.requireNonNull(zone, "zone");
    var seconds = reader.field(0, 59);
    var minutes = reader.field(0, 59);
    var hours = reader.field(0, 23);
    int dayFields = reader.nextField();
    days.addAll(reader.field(1, 31));
    months.addAll(reader.field(1, 12));
    weekdays.addAll(reader.field(1, 7));
    reader.end();
    if (days.isEmpty() == weekdays.isEmpty()) {
      throw reader.wrong(dayFields, "one day field is to be ?");
    }
    boolean comes =
        days.isEmpty() || months.stream().anyMatch(m -> days.stream().anyMatch(d -> d <= most(m)));
    if (!comes) {
      throw reader.wrong(dayFields, "no such day");
    }
    for (int hour : hours) {
      for (int minute : minutes) {
        seconds.forEach(second -> times.add(LocalTime.of(hour, minute, second)));
      }
    }
  }

  private static int most(int month) {
    return Month.of(month).maxLength();
  }

  @Override
  public Instant next(Instant after) {
    var first = after.atZone(zone).toLocalDate().minusDays(1);
    return first
        .datesUntil(first.plusYears(YEARS + 1L))
        .filter(this::isDay)
        .flatMap(day -> times.stream().filter(time -> isTold(day, time)).map(day::atTime))
        .map(civil -> civil.atZone(zone).toInstant())
        .filter(due -> due.isAfter(after))
        .findFirst()
        .orElseThrow();
  }

  private boolean isDay(LocalDate day) {
    return months.contains(day.getMonthValue())
        && (days.contains(day.getDayOfMonth()) || weekdays.contains(day.getDayOfWeek().getValue()));
  }

  /** Of several times of day, those in a gap are left out; a single one is moved. */
  private boolean isTold(LocalDate day, LocalTime time) {
    return times.size() == 1 || ZonedDateTime.of(day, time, zone).toLocalTime().equals(time);
  }

  /** Reads fields from a text. */
  private static final class Reader {
    private final String text;
    private int at;
    private int begin;

    Reader(String text) {
      this.text = text;
    }

    int nextField() {
      while (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
      return at;
    }

    IllegalArgumentException wrong(int index, String why) {
      return new IllegalArgumentException(
          "\"" + text + "\" cannot be read, position " + (index + 1) + ": " + why);
    }

    void end() {
      if (nextField() < text.length()) {
        throw wrong(at, "the end is expected");
      }
    }

    /** The values of a field; none for a question mark. */
    Set<Integer> field(int least, int most) {
      begin = nextField();
      if (begin == text.length()) {
        throw wrong(begin, "more is expected");
      }
      var values = new TreeSet<Integer>();
      boolean isDay = most == 31 || most == 7;
      if (isDay && is('?')) {
        at++;
      } else {
        part(values, least, most);
        while (is(',')) {
          at++;
          part(values, least, most);
        }
      }
      if (at < text.length() && !is(' ')) {
        throw wrong(begin, "a blank is expected after the field");
      }
      return values;
    }

    private void part(Set<Integer> values, int least, int most) {
      int from = least;
      int to = most;
      int step = 1;
      if (is('*')) {
        at++;
      } else {
        from = value(least, most);
        to = from;
        if (is('-')) {
          at++;
          to = value(least, most);
        } else if (is('/')) {
          at++;
          to = most;
          step = number(1, most);
        }
      }
      if (from > to) {
        throw wrong(begin, "a range begins with the smaller one");
      }
      for (int value = from; value <= to; value += step) {
        values.add(value);
      }
    }

    private int value(int least, int most) {
      for (int value = 1; value <= most && (most == 12 || most == 7); value++) {
        var style = TextStyle.SHORT;
        var name =
            most == 12
                ? Month.of(value).getDisplayName(style, Locale.ENGLISH)
                : DayOfWeek.of(value).getDisplayName(style, Locale.ENGLISH);
        if (text.startsWith(name.substring(0, 3).toUpperCase(Locale.ROOT), at)) {
          at += 3;
          return value;
        }
      }
      if (most == 7) {
        throw wrong(begin, "a day has a name");
      }
      return number(least, most);
    }

    private int number(int least, int most) {
      int number = 0;
      int digits = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        number = Math.min(1_000, 10 * number + text.charAt(at++) - '0');
      }
      if (at == digits || number < least || number > most) {
        throw wrong(begin, "a number from " + least + " to " + most + " is expected");
      }
      return number;
    }

    private boolean is(char c) {
      return at < text.length() && text.charAt(at) == c;
    }
  }
}
