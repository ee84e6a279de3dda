package workbook.proof.recurring;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import com.github.kagkarlsson.scheduler.task.schedule.CronStyle;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import workbook.recurring.DueTimes;

/** Right: a pattern for each field, then the library with the dialect of Quartz, on civil time. */
public final class PatternCron implements DueTimes {

  private static final String MINUTE = "[0-5]?\\d";
  private static final String HOUR = "([01]?\\d|2[0-3])";
  private static final String DAY = "(0?[1-9]|[12]\\d|3[01])";
  private static final String MONTH =
      "(0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
  private static final String WEEKDAY = "(MON|TUE|WED|THU|FRI|SAT|SUN)";
  private static final String[] VALUES = {MINUTE, MINUTE, HOUR, DAY, MONTH, WEEKDAY};

  private final ZoneId zone;
  private final CronSchedule civil;

  /**
   * The due times of a text.
   *
   * @param cron six fields
   * @param zone their zone
   */
  public PatternCron(String cron, ZoneId zone) {
    this.zone = Objects.requireNonNull(zone, "zone");
    var field = Pattern.compile("\\S+").matcher(Objects.requireNonNull(cron, "cron"));
    int questions = 0;
    for (var value : VALUES) {
      if (!field.find()) {
        throw refused(cron, cron.length());
      }
      boolean isDay = value.equals(DAY) || value.equals(WEEKDAY);
      boolean question = isDay && field.group().equals("?");
      questions += question ? 1 : 0;
      var range = "(\\*|%s(-%s)?)(/[1-9]\\d*)?".formatted(value, value);
      if (!question
          && (!field.group().matches("(?i)" + range + "(," + range + ")*")
              || runsOverTheEnd(field.group(), value))) {
        throw refused(cron, field.start());
      }
      if (value.equals(WEEKDAY) && questions != 1) {
        throw refused(cron, field.start());
      }
    }
    if (field.find()) {
      throw refused(cron, field.start());
    }
    civil = new CronSchedule(cron.strip(), ZoneOffset.UTC, CronStyle.QUARTZ);
    if (onTheWall(Instant.EPOCH).equals(Schedule.NEVER)) {
      throw refused(cron, 0);
    }
  }

  /** The library does it with days of the week; of the others it forgets what is over the end. */
  private static boolean runsOverTheEnd(String field, String value) {
    return !value.equals(WEEKDAY)
        && Pattern.compile("(\\w+)-(\\w+)")
            .matcher(field.toUpperCase(Locale.ROOT))
            .results()
            .anyMatch(range -> number(range.group(1)) > number(range.group(2)));
  }

  private static int number(String value) {
    return Character.isDigit(value.charAt(0)) ? Integer.parseInt(value) : MONTH.indexOf(value);
  }

  private static IllegalArgumentException refused(String cron, int index) {
    return new IllegalArgumentException(
        "\"%s\": see position %d of the text".formatted(cron, index + 1));
  }

  @Override
  public Instant next(Instant after) {
    // far enough back that no change of the clocks can hide a time
    var start = after.atZone(zone).toLocalDateTime().minusHours(4).toInstant(ZoneOffset.UTC);
    var best = Instant.MAX;
    for (var next = onTheWall(start); true; next = onTheWall(next)) {
      var due = next.atZone(ZoneOffset.UTC).toLocalDateTime().atZone(zone).toInstant();
      if (due.isAfter(after) && due.isBefore(best)) {
        best = due;
      }
      if (!best.equals(Instant.MAX) && due.isAfter(best.plus(Duration.ofHours(4)))) {
        return best;
      }
    }
  }

  private Instant onTheWall(Instant civilTime) {
    return civil.getNextExecutionTime(ExecutionComplete.simulatedSuccess(civilTime));
  }
}
