package workbook.contracts.recurring;

import static workbook.contracts.recurring.CronBench.BERLIN;
import static workbook.contracts.recurring.CronBench.DAILY;
import static workbook.contracts.recurring.CronBench.HALF_A_DAY;
import static workbook.contracts.recurring.CronBench.QUARTER;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.recurring.DueTimes;

/** Due times in zones, and on the days on which summer time begins and ends. */
final class CivilDays {

  private static final Duration A_DAY_AND_MORE = Duration.ofHours(26);

  private final Trial trial;
  private final CronBench bench;

  CivilDays(Trial trial, DueTimesContract page) {
    this.trial = trial;
    bench = new CronBench(trial, page);
  }

  void zone() {
    var before = TimeZone.getDefault();
    trial.afterwards(() -> TimeZone.setDefault(before));
    for (var own : List.of("Asia/Kolkata", "America/Los_Angeles")) {
      TimeZone.setDefault(TimeZone.getTimeZone(own));
      trial.note("the zone of the JVM is " + own);
      bench.expectDue(
          DAILY, BERLIN, "2030-01-01T12:00:00Z", "2030-01-02T01:30:00Z", "2030-01-03T01:30:00Z");
      bench.expectDue(
          DAILY, ZoneId.of("Asia/Tokyo"), "2030-01-01T12:00:00Z", "2030-01-01T17:30:00Z");
      bench.expectDue(
          "0 0 8-9 ? * *",
          ZoneId.of("America/New_York"),
          "2030-07-01T00:00:00Z",
          "2030-07-01T12:00:00Z",
          "2030-07-01T13:00:00Z");
    }
    TimeZone.setDefault(before);
  }

  void spring() {
    expectOnceADay(DAILY, "Europe/Berlin", "2030-03-29", 5, "03:00", "03:30");
    expectOnceADay(DAILY, "America/New_York", "2030-03-08", 5, "03:00", "03:30");
    expectOnceADay("0 15 2 ? * *", "Australia/Lord_Howe", "2030-10-04", 5, "02:30", "02:45");
    expectOnceADay("0 0 0 ? * *", "America/Sao_Paulo", "2018-11-02", 5, "01:00", "01:00");
    expectOnceADay("0 59 0 ? * *", "America/Santiago", "2030-09-06", 5, "01:00", "01:59");
    expectOnceADay("0 30 1 ? * *", "Antarctica/Troll", "2030-03-30", 3, "03:00", "03:30");
    skippedDay();
    for (var text : List.of(DAILY, "0 30 2 ? * SUN", "0 30 2 31 * ?")) {
      var times = bench.subject(text, BERLIN);
      var day = LocalDate.parse("2030-03-31");
      var midnight = day.atStartOfDay(BERLIN).toInstant();
      var due = times.next(midnight.minusMillis(1));
      trial.expect("it is due on " + day, due.atZone(BERLIN).toLocalDate(), day);
      expectSteady(times, BERLIN, midnight, due, times.next(midnight.plus(HALF_A_DAY)));
    }
  }

  /** In Samoa there was no 30 December 2011: a due time on it comes with the 31st, or not. */
  private void skippedDay() {
    var apia = ZoneId.of("Pacific/Apia");
    var times = bench.subject(DAILY, apia);
    var due = new ArrayList<LocalDateTime>();
    var end = LocalDate.parse("2012-01-02").atStartOfDay(apia).toInstant();
    var at = LocalDate.parse("2011-12-29").atStartOfDay(apia).toInstant();
    for (at = bench.later(times, at); at.isBefore(end); at = bench.later(times, at)) {
      due.add(at.atZone(apia).toLocalDateTime());
    }
    due.remove(LocalDateTime.parse("2011-12-31T00:00"));
    var wanted =
        Stream.of("2011-12-29", "2011-12-31", "2012-01-01")
            .map(day -> LocalDate.parse(day).atTime(2, 30))
            .toList();
    trial.expect("it is due once on each day that there was", due, wanted);
  }

  private void expectOnceADay(
      String cron, String zoneId, String from, int days, String gap, String moved) {
    var zone = ZoneId.of(zoneId);
    var times = bench.subject(cron, zone);
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

  private static LocalTime civil(String cron) {
    var fields = cron.split(" ");
    return LocalTime.of(Integer.parseInt(fields[2]), Integer.parseInt(fields[1]));
  }

  void autumn() {
    expectOnce("Europe/Berlin", "2030-10-27");
    expectOnce("America/New_York", "2030-11-03", "0 30 1 ? * *");
    expectOnce("Australia/Lord_Howe", "2030-04-07", "0 45 1 ? * *");
    expectOnce("Australia/Sydney", "2030-04-07", DAILY);
    expectOnce("America/Santiago", "2030-04-06", "0 30 23 ? * *");
  }

  private void expectOnce(String zoneId, String date) {
    expectOnce(zoneId, date, DAILY);
  }

  private void expectOnce(String zoneId, String date, String cron) {
    var zone = ZoneId.of(zoneId);
    var times = bench.subject(cron, zone);
    var day = LocalDate.parse(date);
    var midnight = day.atStartOfDay(zone).toInstant();
    var due = times.next(midnight.minusMillis(1));
    trial.note("due " + due.atZone(zone));
    trial.expect(
        "it is due at its time on that day",
        due.atZone(zone).toLocalDateTime(),
        day.atTime(civil(cron)));
    var nextDay = day.plusDays(1).atTime(civil(cron)).atZone(zone).toInstant();
    expectSteady(times, zone, midnight, due, nextDay);
  }

  /** Whenever it is asked that day, the answer is the same two times. */
  private void expectSteady(
      DueTimes times, ZoneId zone, Instant midnight, Instant due, Instant nextDay) {
    var end = midnight.plus(A_DAY_AND_MORE);
    for (var asked = midnight; asked.isBefore(end); asked = asked.plus(QUARTER)) {
      if (!asked.isBefore(nextDay)) {
        return;
      }
      var next = times.next(asked);
      var wanted = asked.isBefore(due) ? due : nextDay;
      trial.expect(
          "after %s it is due at %s".formatted(asked.atZone(zone), wanted.atZone(zone)),
          next.atZone(zone),
          wanted.atZone(zone));
    }
  }
}
