package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.recurring.DueTimes;

/** The rules of what a cron text says, and of what is none. */
abstract class CronTextRules {

  static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
  static final String DAILY = "0 30 2 ? * *";
  static final Duration QUARTER = Duration.ofMinutes(15);
  static final Duration HALF_A_DAY = Duration.ofHours(12);

  /** A contract is stateless. */
  CronTextRules() {}

  /**
   * Makes the due times under test.
   *
   * @param cron the cron text
   * @param zone its zone
   * @return the due times
   */
  protected abstract DueTimes create(String cron, ZoneId zone);

  final DueTimes subject(Trial trial, String cron, ZoneId zone) {
    trial.setUp("'" + cron + "' in " + zone);
    return trial.subject(create(cron, zone));
  }

  final void expectDue(Trial trial, String cron, ZoneId zone, String after, String... wanted) {
    var times = subject(trial, cron, zone);
    var due = new ArrayList<Instant>();
    var last = Instant.parse(after);
    for (int n = 0; n < wanted.length; n++) {
      last = times.next(last);
      due.add(last);
    }
    var expected = List.of(wanted).stream().map(Instant::parse).toList();
    trial.expect("after " + after + " it is due at " + Trial.describe(expected), due, expected);
  }

  /** A text means what it says, and the next due time is later than the one that has come. */
  @Rule(
      number = "6.1",
      says = "A text MUST be due at the times that it names, each later than the one before.",
      check =
          "that the whole text is handed to the parser; its style, since cron texts have several;"
              + " that the next due time is asked for with the time that was handed in",
      lookAt = "next")
  void dialect(Trial trial) {
    expectDue(
        trial,
        "0 0/15 9-17 ? * MON-FRI",
        UTC,
        "2030-01-04T17:20:00Z",
        "2030-01-04T17:30:00Z",
        "2030-01-04T17:45:00Z",
        "2030-01-07T09:00:00Z");
    expectDue(
        trial,
        "0 0 12 1,15 * ?",
        UTC,
        "2030-01-01T12:00:00Z",
        "2030-01-15T12:00:00Z",
        "2030-02-01T12:00:00Z");
    expectDue(trial, "0 30 2 ? JAN,JUL SUN", UTC, "2030-01-27T02:30:00Z", "2030-07-07T02:30:00Z");
    expectDue(
        trial,
        "0 0 0 29 2 ?",
        UTC,
        "2030-01-01T00:00:00Z",
        "2032-02-29T00:00:00Z",
        "2036-02-29T00:00:00Z");
    expectDue(
        trial,
        "5 4 3 ? * *",
        UTC,
        "2030-01-01T03:04:04.999Z",
        "2030-01-01T03:04:05Z",
        "2030-01-02T03:04:05Z");
    expectGoesOn(trial, "2030-03-31", 2, 4);
    expectGoesOn(trial, "2030-10-27", 2, 3);
  }

  /** Each quarter of an hour is named; what is due in the changed hours is left open. */
  private void expectGoesOn(Trial trial, String date, int changedFrom, int changedUntil) {
    var times = subject(trial, "0 0/15 * ? * *", BERLIN);
    var midnight = LocalDate.parse(date).atStartOfDay(BERLIN).toInstant();
    var morning = LocalDate.parse(date).atTime(6, 0).atZone(BERLIN).toInstant();
    var expected = new ArrayList<String>();
    for (var at = midnight; at.isBefore(morning); at = at.plus(QUARTER)) {
      later(trial, times, at); // also where none of the due times before has led
      expected.add(at.plus(QUARTER).atZone(BERLIN).toLocalTime().toString());
    }
    var due = new ArrayList<String>();
    for (var at = midnight; at.isBefore(morning); ) {
      at = later(trial, times, at);
      due.add(at.atZone(BERLIN).toLocalTime().toString());
    }
    Predicate<String> changed =
        at -> {
          int hour = Integer.parseInt(at.substring(0, 2));
          return hour >= changedFrom && hour < changedUntil;
        };
    expected.removeIf(changed);
    due.removeIf(changed);
    trial.expect(
        "on %s it is due at each quarter of an hour, but for the hours from %d to %d"
            .formatted(date, changedFrom, changedUntil),
        due,
        expected);
  }

  static Instant later(Trial trial, DueTimes times, Instant after) {
    var due = times.next(after);
    trial.expectThat(
        "after %s it is due later than that".formatted(after.atZone(BERLIN)),
        due.isAfter(after),
        "it is due at " + due.atZone(BERLIN));
    return due;
  }

  /** A wrong field is found before the job is, at half past two in the night. */
  @Rule(
      number = "6.2",
      says = "A wrong field MUST be refused, with the text and the position of the field.",
      check =
          "that the text is parsed in the constructor; that the position is that of the field in"
              + " the text, counted from 1; which fields your library takes although the dialect"
              + " does not",
      lookAt = "<init>")
  void wrongField(Trial trial) {
    expectRefused(trial, "60 30 2 ? * *", 1);
    expectRefused(trial, "0 61 2 ? * *", 3);
    expectRefused(trial, "0  30  24 ? * *", 8);
    expectRefused(trial, "0 30 ? ? * *", 6);
    expectRefused(trial, "0 30 2 32 * ?", 8);
    expectRefused(trial, "0 30 2 0 * ?", 8);
    expectRefused(trial, "0 30 2 ? 13 *", 10);
    expectRefused(trial, "0 30 2 ? FEM *", 10);
    expectRefused(trial, "0 30 2 ? * MOO", 12);
    expectRefused(trial, "0 half 2 ? * *", 3);
    expectRefused(trial, "0 61 25 ? * *", 3);
  }

  /** Five fields are the cron of Unix: all of them mean something else here. */
  @Rule(
      number = "6.3",
      says =
          "A text of five or seven fields, an empty one, a nickname and a - MUST be refused, with"
              + " the text and a position.",
      check =
          "that fields are counted before the library sees the text; the texts that a library"
              + " treats in a way of its own",
      lookAt = "<init>")
  void wrongCount(Trial trial) {
    expectRefused(trial, "30 2 * * *", 11);
    expectRefused(trial, "0 30 2 ? *", 11);
    expectRefused(trial, "0 30 2 ? * * 2030", 14);
    for (var text : List.of("", "   ", "@daily", "-")) {
      expectRefused(trial, text, "position ");
    }
  }

  /** The day is said once, and in a way that nobody reads differently. */
  @Rule(
      number = "6.4",
      says =
          "A text with no ? or two as its days, or with a number as day of the week, MUST be"
              + " refused.",
      check =
          "that exactly one of the two day fields is a question mark; numbers as days of the week,"
              + " of which 1 is Sunday for one library and Monday for another",
      lookAt = "<init>")
  void days(Trial trial) {
    expectRefused(trial, "0 30 2 1 * MON", "position 8", "position 12");
    expectRefused(trial, "0 30 2 * * *", "position 8", "position 12");
    expectRefused(trial, "0 30 2 ? * ?", "position 8", "position 12");
    expectRefused(trial, "0 30 2 ? * 2", 12);
    expectRefused(trial, "0 30 2 ? * 2-6", 12);
  }

  final void expectRefused(Trial trial, String cron, int position) {
    expectRefused(trial, cron, "position " + position);
  }

  final void expectRefused(Trial trial, String cron, String... oneOf) {
    trial.subject(create(DAILY, UTC));
    trial.setUp("'" + cron + "' in UTC");
    var positions = String.join(" or ", oneOf);
    var expected =
        "an IllegalArgumentException whose message holds the text and '%s'".formatted(positions);
    try {
      create(cron, UTC);
    } catch (IllegalArgumentException e) {
      var message = String.valueOf(e.getMessage()) + "."; // 1 is not 11
      boolean placed = false;
      for (var position : oneOf) {
        var end = position.endsWith(" ") ? "" : "\\b";
        placed |= java.util.regex.Pattern.compile(position + end).matcher(message).find();
      }
      trial.expectThat(expected, placed && message.contains(cron), Trial.describe(e));
      return;
    } catch (RuntimeException e) {
      throw trial.broken(expected, Trial.describe(e) + " was thrown");
    }
    throw trial.broken(expected, "it was taken");
  }
}
