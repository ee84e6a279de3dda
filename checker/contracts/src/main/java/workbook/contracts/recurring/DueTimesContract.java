package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.TimeZone;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.recurring.DueTimes;

/**
 * The rules of the due times of a cron text: here in zones, and on the days on which summer time
 * begins and ends.
 */
@Tag("step-1")
@Step(module = WorkbookModule.RECURRING, number = 1, type = "CivilCron")
public abstract class DueTimesContract extends CronTextRules {

  /** A contract is stateless. */
  protected DueTimesContract() {}

  /** The night in Berlin is not the night of the server. */
  @Rule(
      number = "6.5",
      says = "The zone MUST be the one that was given, whatever the zone of the JVM is.",
      check =
          "calls that take the zone of the JVM when none is given, such as a constructor with the"
              + " text alone",
      lookAt = "next")
  void zone(Trial trial) {
    var before = TimeZone.getDefault();
    trial.afterwards(() -> TimeZone.setDefault(before));
    for (var own : List.of("Asia/Kolkata", "America/Los_Angeles")) {
      TimeZone.setDefault(TimeZone.getTimeZone(own));
      trial.note("the zone of the JVM is " + own);
      expectDue(
          trial,
          DAILY,
          BERLIN,
          "2030-01-01T12:00:00Z",
          "2030-01-02T01:30:00Z",
          "2030-01-03T01:30:00Z");
      expectDue(
          trial, DAILY, ZoneId.of("Asia/Tokyo"), "2030-01-01T12:00:00Z", "2030-01-01T17:30:00Z");
      expectDue(
          trial,
          "0 0 8-9 ? * *",
          ZoneId.of("America/New_York"),
          "2030-07-01T00:00:00Z",
          "2030-07-01T12:00:00Z",
          "2030-07-01T13:00:00Z");
    }
    TimeZone.setDefault(before);
  }

  /** The day on which 02:30 does not exist is a day all the same. */
  @Rule(
      number = "6.6",
      says = "A daily text MUST be due once on the day on which its time does not exist.",
      check =
          "what your library makes of a time that is skipped: it may skip the day; that a time on"
              + " the clock of the wall becomes an instant in one place only; what"
              + " LocalDateTime.atZone does in a gap; what is due after the gap and before the time"
              + " that was moved; texts that name some days only",
      lookAt = "next")
  void spring(Trial trial) {
    expectOnceADay(trial, DAILY, "Europe/Berlin", "2030-03-29", 5, "03:00", "03:30");
    expectOnceADay(trial, DAILY, "America/New_York", "2030-03-08", 5, "03:00", "03:30");
    expectOnceADay(trial, "0 15 2 ? * *", "Australia/Lord_Howe", "2030-10-04", 5, "02:30", "02:45");
    expectOnceADay(trial, "0 0 0 ? * *", "America/Sao_Paulo", "2018-11-02", 5, "01:00", "01:00");
    for (var text : List.of(DAILY, "0 30 2 ? * SUN", "0 30 2 31 * ?")) {
      var times = subject(trial, text, BERLIN);
      var day = LocalDate.parse("2030-03-31");
      var midnight = day.atStartOfDay(BERLIN).toInstant();
      var due = times.next(midnight.minusMillis(1));
      trial.expect("it is due on " + day, due.atZone(BERLIN).toLocalDate(), day);
      expectSteady(trial, times, BERLIN, midnight, due, times.next(midnight.plus(HALF_A_DAY)));
    }
  }

  private void expectOnceADay(
      Trial trial, String cron, String zoneId, String from, int days, String gap, String moved) {
    var zone = ZoneId.of(zoneId);
    var times = subject(trial, cron, zone);
    var last = LocalDate.parse(from).atStartOfDay(zone).toInstant().minusMillis(1);
    for (int n = 0; n < days; n++) {
      var day = LocalDate.parse(from).plusDays(n);
      var due = times.next(last).atZone(zone);
      trial.note("due " + due);
      trial.expect("it is due on " + day, due.toLocalDate(), day);
      var wanted = day.atTime(civil(cron));
      if (!zone.getRules().getValidOffsets(wanted).isEmpty()) {
        trial.expect("on " + day + " it is due at its time", due.toLocalDateTime(), wanted);
      } else {
        var at = due.toLocalTime().toString();
        trial.expectThat(
            "on %s it is due at %s or as much later as the gap is long, at %s"
                .formatted(day, gap, moved),
            at.equals(gap) || at.equals(moved),
            "it is due at " + at);
      }
      last = due.toInstant();
    }
  }

  private static java.time.LocalTime civil(String cron) {
    var fields = cron.split(" ");
    return java.time.LocalTime.of(Integer.parseInt(fields[2]), Integer.parseInt(fields[1]));
  }

  /** The night that has 02:30 twice is one night all the same. */
  @Rule(
      number = "6.7",
      says = "A daily text MUST be due once on the day on which its time exists twice.",
      check =
          "what is due after the first of the two; what is due in between, when a run has taken"
              + " half an hour",
      lookAt = "next")
  void autumn(Trial trial) {
    expectOnce(trial, "Europe/Berlin", "2030-10-27");
    expectOnce(trial, "America/New_York", "2030-11-03", "0 30 1 ? * *");
    expectOnce(trial, "Australia/Lord_Howe", "2030-04-07", "0 45 1 ? * *");
  }

  private void expectOnce(Trial trial, String zoneId, String date) {
    expectOnce(trial, zoneId, date, DAILY);
  }

  private void expectOnce(Trial trial, String zoneId, String date, String cron) {
    var zone = ZoneId.of(zoneId);
    var times = subject(trial, cron, zone);
    var day = LocalDate.parse(date);
    var midnight = day.atStartOfDay(zone).toInstant();
    var due = times.next(midnight.minusMillis(1));
    trial.note("due " + due.atZone(zone));
    trial.expect(
        "it is due at its time on that day",
        due.atZone(zone).toLocalDateTime(),
        day.atTime(civil(cron)));
    var nextDay = day.plusDays(1).atTime(civil(cron)).atZone(zone).toInstant();
    expectSteady(trial, times, zone, midnight, due, nextDay);
  }

  /** Whenever it is asked in the night, the answer is the same two times. */
  private static void expectSteady(
      Trial trial, DueTimes times, ZoneId zone, Instant midnight, Instant due, Instant nextDay) {
    for (int quarters = 0; quarters < 24; quarters++) {
      var asked = midnight.plus(QUARTER.multipliedBy(quarters));
      var next = times.next(asked);
      var wanted = asked.isBefore(due) ? due : nextDay;
      trial.expect(
          "after %s it is due at %s".formatted(asked.atZone(zone), wanted.atZone(zone)),
          next.atZone(zone),
          wanted.atZone(zone));
    }
  }

  /** Nothing is not a schedule. */
  @Rule(
      number = "6.8",
      says = "A text or a zone that is null MUST be refused.",
      check = "the arguments of the constructor",
      lookAt = "<init>")
  void nulls(Trial trial) {
    trial.setUp("null as text, then as zone");
    trial.subject(create(DAILY, UTC));
    trial.expectRefused("null as text", () -> create(Trial.noValue(), UTC));
    trial.expectRefused("null as zone", () -> create(DAILY, Trial.noValue()));
  }
}
