package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.CronBench.BERLIN;
import static workbook.contracts.recurring.CronBench.DAILY;
import static workbook.contracts.recurring.CronBench.QUARTER;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.Month;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import workbook.checker.Trial;

/** What a cron text says, and what is none. */
final class CronTexts {

  private final Trial trial;
  private final DueTimesContract page;
  private final CronBench bench;

  CronTexts(Trial trial, DueTimesContract page) {
    this.trial = trial;
    this.page = page;
    bench = new CronBench(trial, page);
  }

  void dialect() {
    bench.expectDue(
        "0 0/15 9-17 ? * MON-FRI",
        UTC,
        "2030-01-04T17:20:00Z",
        "2030-01-04T17:30:00Z",
        "2030-01-04T17:45:00Z",
        "2030-01-07T09:00:00Z");
    bench.expectDue(
        "0 0 12 1,15 * ?",
        UTC,
        "2030-01-01T12:00:00Z",
        "2030-01-15T12:00:00Z",
        "2030-02-01T12:00:00Z");
    bench.expectDue("0 30 2 ? JAN,JUL SUN", UTC, "2030-01-27T02:30:00Z", "2030-07-07T02:30:00Z");
    steps();
    calendar();
    bench.expectDue(
        "5 4 3 ? * *",
        UTC,
        "2030-01-01T03:04:04.999Z",
        "2030-01-01T03:04:05Z",
        "2030-01-02T03:04:05Z");
    expectGoesOn("2030-03-31", 2, 4);
    expectGoesOn("2030-10-27", 2, 3);
  }

  private void steps() {
    bench.expectDue(
        "0 5/15 * ? * *",
        UTC,
        "2030-01-01T00:20:00Z",
        "2030-01-01T00:35:00Z",
        "2030-01-01T00:50:00Z",
        "2030-01-01T01:05:00Z");
    bench.expectDue(
        "40/15 59 23 31 12 ?",
        UTC,
        "2030-12-31T23:59:40Z",
        "2030-12-31T23:59:55Z",
        "2031-12-31T23:59:40Z");
    bench.expectDue(
        "0 0 6/8 10/15 * ?",
        UTC,
        "2030-01-25T14:00:00Z",
        "2030-01-25T22:00:00Z",
        "2030-02-10T06:00:00Z");
    bench.expectDue(
        "0 0 0 1 3/4 ?",
        UTC,
        "2030-07-01T00:00:00Z",
        "2030-11-01T00:00:00Z",
        "2031-03-01T00:00:00Z");
    bench.expectDue(
        "0 0 8-10,20 ? * *",
        UTC,
        "2030-01-01T09:30:00Z",
        "2030-01-01T10:00:00Z",
        "2030-01-01T20:00:00Z",
        "2030-01-02T08:00:00Z");
  }

  private void calendar() {
    bench.expectDue(
        "0 0 12 ? * TUE,THU,SAT",
        UTC,
        "2030-01-03T12:00:00Z",
        "2030-01-05T12:00:00Z",
        "2030-01-08T12:00:00Z");
    for (var day : DayOfWeek.values()) {
      var date = LocalDate.of(2030, 1, 6 + day.getValue()); // the 7th is a Monday
      var text = "0 0 0 ? * " + day.name().substring(0, 3);
      bench.expectDue(text, UTC, "2030-01-06T00:00:00Z", date + "T00:00:00Z");
    }
    for (var month : Month.values()) {
      var date = LocalDate.of(2031, month, 1);
      var text = "0 0 0 1 %s ?".formatted(month.name().substring(0, 3));
      bench.expectDue(text, UTC, "2030-12-31T00:00:00Z", date + "T00:00:00Z");
    }
    bench.expectDue(
        "0 0 0 31 * ?",
        UTC,
        "2030-12-31T00:00:00Z",
        "2031-01-31T00:00:00Z",
        "2031-03-31T00:00:00Z");
    bench.expectDue(
        "0 0 0 29 2 ?",
        UTC,
        "2030-01-01T00:00:00Z",
        "2032-02-29T00:00:00Z",
        "2036-02-29T00:00:00Z");
    bench.expectDue("0 0 0 ? * *", UTC, "1969-12-31T23:59:59.999Z", "1970-01-01T00:00:00Z");
  }

  /** Each quarter of an hour is named; what is due in the changed hours is left open. */
  private void expectGoesOn(String date, int changedFrom, int changedUntil) {
    var times = bench.subject("0 0/15 * ? * *", BERLIN);
    var midnight = LocalDate.parse(date).atStartOfDay(BERLIN).toInstant();
    var morning = LocalDate.parse(date).atTime(6, 0).atZone(BERLIN).toInstant();
    var expected = new ArrayList<String>();
    for (var at = midnight; at.isBefore(morning); at = at.plus(QUARTER)) {
      bench.later(times, at); // also where none of the due times before has led
      expected.add(at.plus(QUARTER).atZone(BERLIN).toLocalTime().toString());
    }
    var due = new ArrayList<String>();
    for (var at = midnight; at.isBefore(morning); ) {
      at = bench.later(times, at);
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

  void wrongField() {
    bench.expectRefused("60 30 2 ? * *", 1);
    bench.expectRefused("0 61 2 ? * *", 3);
    bench.expectRefused("0  30  24 ? * *", 8);
    bench.expectRefused("0 30 ? ? * *", 6);
    bench.expectRefused("0 30 2 32 * ?", 8);
    bench.expectRefused("0 30 2 0 * ?", 8);
    bench.expectRefused("0 30 2 ? 13 *", 10);
    bench.expectRefused("0 30 2 ? FEM *", 10);
    bench.expectRefused("0 30 2 ? * MOO", 12);
    bench.expectRefused("0 half 2 ? * *", 3);
    bench.expectRefused("0 61 25 ? * *", 3);
    bench.expectRefused("0 30 2 99 * ?", 8);
    bench.expectRefused("  0 61 2 ? * *  ", 5);
    bench.expectRefused("0 50-60 2 ? * *", 3);
    bench.expectRefused("0 60/5 2 ? * *", 3);
    bench.expectRefused("0 0/0 2 ? * *", 3);
    for (var field : List.of("5-", "5/", "-5", ",5", "1.5", "5-10-15", "5/15/20", "5;10", "0x5")) {
      bench.expectRefused("0 " + field + " 2 ? * *", 3);
    }
  }

  void wrongCount() {
    bench.expectRefused("30 2 * * *", 11);
    bench.expectRefused("0 30 2 ? *", 11);
    bench.expectRefused("0 30 2 ? * * 2030", 14);
    for (var text : List.of("", "   ", "@daily", "-")) {
      bench.expectRefused(text, "position ");
    }
  }

  void days() {
    bench.expectRefused("0 30 2 1 * MON", "position 8", "position 12");
    bench.expectRefused("0 30 2 * * *", "position 8", "position 12");
    bench.expectRefused("0 30 2 ? * ?", "position 8", "position 12");
    bench.expectRefused("0 30 2 ? * 2", 12);
    for (var day : List.of("0", "7", "2-6", "MON,3", "MON-5", "\u0662")) {
      bench.expectRefused("0 30 2 ? * " + day, 12);
    }
  }

  /** What means more than the text of the contract says must mean what it means to Quartz. */
  void beyond() {
    var jan = "2030-01-01T00:00:00Z";
    bench.expectDueIfTaken("0 0 22-2 ? * *", jan, "01-01T01", "01-01T02", "01-01T22", "01-01T23");
    bench.expectDueIfTaken("0 0 20-2/3 ? * *", jan, "01-01T02", "01-01T20", "01-01T23");
    bench.expectDueIfTaken("0 0 0 ? NOV-FEB MON", "2030-02-20T00:00:00Z", "02-25", "11-04");
    bench.expectDueIfTaken("0 0 0 1 11-2 ?", "2030-01-20T00:00:00Z", "02-01", "11-01", "12-01");
    bench.expectDueIfTaken("0 0 0 31-1 * ?", jan, "01-31", "02-01", "03-01", "03-31");
    bench.expectDueIfTaken("0 0 0 ? * FRI-MON", jan, "01-04", "01-05", "01-06", "01-07", "01-11");
    bench.expectDueIfTaken("0 0 0 ? * SUN-TUE", jan, "01-06", "01-07", "01-08", "01-13");
    bench.expectDueIfTaken("0 */20 * ? * *", jan, "01-01T00:20", "01-01T00:40", "01-01T01");
    bench.expectDueIfTaken(
        "0 10-40/15 * ? * *", jan, "01-01T00:10", "01-01T00:25", "01-01T00:40", "01-01T01:10");
    bench.expectDueIfTaken("0 0/60 * ? * *", jan, "01-01T01", "01-01T02", "01-01T03");
    bench.expectDueIfTaken("0 0 0 1/20 * ?", jan, "01-21", "02-01", "02-21");
    bench.expectDueIfTaken("0 0 0 ? jan mon", jan, "01-07", "01-14");
    bench.expectDueIfTaken("0 010 07 ? * *", jan, "01-01T07:10", "01-02T07:10");
    bench.expectDueIfTaken("0 +5 \u0668 ? * *", jan, "01-01T08:05", "01-02T08:05");
    bench.expectDueIfTaken("0\t5 8 ? *\n*", jan, "01-01T08:05", "01-02T08:05");
    bench.expectDueIfTaken("0 0 0 L * ?", jan, "01-31", "02-28", "03-31");
    bench.expectDueIfTaken("0 0 0 31W * ?", jan, "01-31", "03-29", "05-31");
    bench.expectDueIfTaken("0 0 0 ? * MON#5", jan, "04-29", "07-29");
    bench.expectDueIfTaken("0 0 0 ? * FRIL", jan, "01-25", "02-22");
  }

  void never() {
    for (var days : List.of("30 2", "30-31 FEB", "31 4,6", "31 SEP,NOV")) {
      bench.expectRefused("0 0 0 " + days + " ?", "position ");
    }
  }

  void nulls() {
    trial.setUp("null as text, then as zone");
    trial.subject(page.create(DAILY, UTC));
    trial.expectRefused("null as text", () -> page.create(Trial.noValue(), UTC));
    trial.expectRefused("null as zone", () -> page.create(DAILY, Trial.noValue()));
  }
}
