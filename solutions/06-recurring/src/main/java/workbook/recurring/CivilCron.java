package workbook.recurring;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The due times of a cron text in a zone, with the parser that comes with db-scheduler.
 *
 * <p>The dialect, wrong texts and changes of the clocks are as {@link DueTimes} says.
 */
public final class CivilCron implements DueTimes {

  private static final List<String> FIELDS =
      List.of("second", "minute", "hour", "day of month", "month", "day of week");
  private static final int DAY_OF_MONTH = 3;
  private static final int DAY_OF_WEEK = 5;
  private static final Pattern FIELD = Pattern.compile("\\S+");
  private static final Pattern ONE_TIME_OF_DAY = Pattern.compile("\\d+\\s+\\d+\\s+\\d+\\s.*");

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
    check(Objects.requireNonNull(cron, "cron"));
    this.zone = Objects.requireNonNull(zone, "zone");
    this.inZone = new CronSchedule(cron.strip(), zone);
    this.inCivilTime =
        ONE_TIME_OF_DAY.matcher(cron.strip()).matches()
            ? new CronSchedule(cron.strip(), ZoneOffset.UTC)
            : null;
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

  private static void check(String cron) {
    var fields = FIELD.matcher(cron).results().toList();
    if (fields.size() < FIELDS.size()) {
      throw wrong(cron, cron.length(), "the " + FIELDS.get(fields.size()) + " is missing");
    }
    if (fields.size() > FIELDS.size()) {
      throw wrong(cron, fields.get(FIELDS.size()).start(), "only six fields are known");
    }
    for (int n = 0; n < FIELDS.size(); n++) {
      check(cron, n, fields.get(n));
    }
    if (isAnyDay(fields.get(DAY_OF_MONTH)) == isAnyDay(fields.get(DAY_OF_WEEK))) {
      throw wrong(cron, fields.get(DAY_OF_WEEK).start(), "one of the two day fields must be ?");
    }
  }

  /** Has the library parse one field alone, so that it is known which one is wrong. */
  private static void check(String cron, int n, MatchResult field) {
    if (n == DAY_OF_WEEK && field.group().matches(".*\\d.*")) {
      throw wrong(cron, field.start(), "a day of the week is a name, MON to SUN");
    }
    try {
      new CronSchedule("* ".repeat(n) + field.group() + " *".repeat(FIELDS.size() - 1 - n));
    } catch (IllegalArgumentException e) {
      var wrong = wrong(cron, field.start(), FIELDS.get(n) + " '" + field.group() + "'");
      wrong.initCause(e);
      throw wrong;
    }
  }

  private static boolean isAnyDay(MatchResult field) {
    return field.group().equals("?");
  }

  private static IllegalArgumentException wrong(String cron, int index, String why) {
    return new IllegalArgumentException(
        "cron text '%s' is wrong at position %d: %s".formatted(cron, index + 1, why));
  }
}
