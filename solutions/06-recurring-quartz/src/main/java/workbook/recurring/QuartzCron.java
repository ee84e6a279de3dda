package workbook.recurring;

import java.text.ParseException;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Checks a cron text with Quartz's own parser, one field after the other, for the position. */
final class QuartzCron {

  private static final List<String> FIELDS =
      List.of("second", "minute", "hour", "day of month", "month", "day of week");
  private static final int DAY_OF_MONTH = 3;
  private static final int DAY_OF_WEEK = 5;

  private QuartzCron() {}

  static String checked(String cron) {
    var fields = Pattern.compile("\\S+").matcher(cron).results().toList();
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
    return cron;
  }

  private static void check(String cron, int n, MatchResult field) {
    if (isAnyDay(field) && (n == DAY_OF_MONTH || n == DAY_OF_WEEK)) {
      return;
    }
    if (n == DAY_OF_WEEK && field.group().matches(".*\\d.*")) {
      throw wrong(cron, field.start(), "a day of the week is a name, MON to SUN");
    }
    var alone = new String[] {"*", "*", "*", "*", "*", "*"};
    alone[n == DAY_OF_MONTH ? DAY_OF_WEEK : DAY_OF_MONTH] = "?";
    alone[n] = field.group();
    try {
      new CronExpression(String.join(" ", alone));
    } catch (ParseException | RuntimeException e) {
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
