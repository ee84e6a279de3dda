package workbook.recurring;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The due times of a cron text in a zone, with the parser that comes with db-scheduler.
 *
 * <p>The dialect, wrong texts and changes of the clocks are as {@link DueTimes} says.
 */
public final class CivilCron implements DueTimes {

  private static final List<Field> FIELDS =
      List.of(
          new Field("second", 0, 59, "[0-9]+"),
          new Field("minute", 0, 59, "[0-9]+"),
          new Field("hour", 0, 23, "[0-9]+"),
          new Field("day of month", 1, 31, "[0-9]+"),
          new Field("month", 1, 12, "[0-9]+|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"),
          new Field("day of week", 1, 7, "MON|TUE|WED|THU|FRI|SAT|SUN"));
  private static final int DAY_OF_MONTH = 3;
  private static final int DAY_OF_WEEK = 5;
  private static final Pattern WORD = Pattern.compile("\\S+");
  private static final Pattern ONE_TIME_OF_DAY = Pattern.compile("\\d+ \\d+ \\d+ .*");

  private final ZoneId zone;
  private final CronSchedule inZone;
  private final @Nullable CronSchedule inCivilTime; // where the text names one time of day

  /**
   * The due times of a text.
   *
   * @param cron six fields
   * @param zone the zone that they are meant in
   * @throws IllegalArgumentException if the text is wrong
   */
  public CivilCron(String cron, ZoneId zone) {
    var words = WORD.matcher(Objects.requireNonNull(cron, "cron")).results().toList();
    this.zone = Objects.requireNonNull(zone, "zone");
    var text = checked(cron, words);
    this.inZone = new CronSchedule(text, zone);
    this.inCivilTime =
        ONE_TIME_OF_DAY.matcher(text).matches() ? new CronSchedule(text, ZoneOffset.UTC) : null;
    if (!isAnyDay(words.get(DAY_OF_MONTH))
        && !next(inZone, Instant.EPOCH).isBefore(Schedule.NEVER)) {
      throw wrong(cron, words.get(DAY_OF_MONTH).start(), "its months have no such day");
    }
  }

  @Override
  public Instant next(Instant after) {
    if (inCivilTime == null) {
      return next(inZone, after);
    }
    // The library leaves out a time that does not exist on a day. So it is asked what the clock on
    // the wall says, as if no clock were ever changed, and the zone makes an instant of that: a gap
    // moves it forward, of two it takes the first. It begins a day early: at 03:10 the 02:30 that a
    // gap has moved to 03:30 is still to come.
    var civil = LocalDateTime.ofInstant(after, zone).minusDays(1);
    while (true) {
      var next = next(inCivilTime, civil.toInstant(ZoneOffset.UTC));
      civil = LocalDateTime.ofInstant(next, ZoneOffset.UTC);
      var instant = civil.atZone(zone).toInstant();
      if (instant.isAfter(after)) {
        return instant;
      }
    }
  }

  private static Instant next(CronSchedule schedule, Instant after) {
    return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(after));
  }

  /** What the library is given, when each field has been looked at. */
  private static String checked(String cron, List<MatchResult> words) {
    if (words.size() < FIELDS.size()) {
      throw wrong(cron, cron.length(), "the " + FIELDS.get(words.size()).name() + " is missing");
    }
    if (words.size() > FIELDS.size()) {
      throw wrong(cron, words.get(FIELDS.size()).start(), "only six fields are known");
    }
    var fields = new ArrayList<String>();
    for (int n = 0; n < FIELDS.size(); n++) {
      fields.add(checked(cron, n, words.get(n)));
    }
    if (isAnyDay(words.get(DAY_OF_MONTH)) == isAnyDay(words.get(DAY_OF_WEEK))) {
      throw wrong(cron, words.get(DAY_OF_WEEK).start(), "one of the two day fields must be ?");
    }
    return String.join(" ", fields);
  }

  private static String checked(String cron, int n, MatchResult word) {
    if (isAnyDay(word) && (n == DAY_OF_MONTH || n == DAY_OF_WEEK)) {
      return word.group();
    }
    try {
      return Stream.of(word.group().split(",", -1))
          .map(FIELDS.get(n)::checked)
          .collect(Collectors.joining(","));
    } catch (IllegalArgumentException e) {
      throw wrong(cron, word.start(), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isAnyDay(MatchResult field) {
    return field.group().equals("?");
  }

  private static IllegalArgumentException wrong(String cron, int index, String why) {
    return new IllegalArgumentException(
        "cron text '%s' is wrong at position %d: %s".formatted(cron, index + 1, why));
  }

  /** A field: its name, what its numbers may be, and how its values are written. */
  private record Field(String name, int least, int most, String values) {

    /** One part of a list, as the library is given it. */
    String checked(String text) {
      var part =
          Pattern.compile("(?i)(?:\\*|(%1$s)(?:-(%1$s))?)(?:/([0-9]+))?".formatted(values))
              .matcher(text);
      if (!part.matches()) {
        throw wrong(text);
      }
      int from = part.group(1) == null ? least : number(part.group(1));
      int to = part.group(2) == null ? most : number(part.group(2));
      int step = part.group(3) == null ? 1 : within(1, most, part.group(3));
      return from <= to ? text : overTheEnd(from, to, step);
    }

    /** Writes out a range such as 22-2: the library forgets its second half. */
    private String overTheEnd(int from, int to, int step) {
      int all = most - least + 1;
      return IntStream.iterate(from, value -> value <= to + all, value -> value + step)
          .mapToObj(value -> String.valueOf(value > most ? value - all : value))
          .collect(Collectors.joining(","));
    }

    private int number(String value) {
      if (Character.isDigit(value.charAt(0))) {
        return within(least, most, value);
      }
      return least + values.replace("[0-9]+|", "").indexOf(value.toUpperCase(Locale.ROOT)) / 4;
    }

    private int within(int low, int high, String digits) {
      int number = digits.length() > 4 ? -1 : Integer.parseInt(digits);
      if (number < low || number > high) {
        throw wrong(digits);
      }
      return number;
    }

    private IllegalArgumentException wrong(String text) {
      return new IllegalArgumentException("'%s' is no %s".formatted(text, name));
    }
  }
}
