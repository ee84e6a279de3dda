package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.CronBench.BERLIN;
import static workbook.contracts.recurring.CronBench.DAILY;
import static workbook.contracts.recurring.CronBench.QUARTER;

import java.time.LocalDate;
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
    bench.expectDue(
        "0 0 0 29 2 ?",
        UTC,
        "2030-01-01T00:00:00Z",
        "2032-02-29T00:00:00Z",
        "2036-02-29T00:00:00Z");
    bench.expectDue(
        "5 4 3 ? * *",
        UTC,
        "2030-01-01T03:04:04.999Z",
        "2030-01-01T03:04:05Z",
        "2030-01-02T03:04:05Z");
    expectGoesOn("2030-03-31", 2, 4);
    expectGoesOn("2030-10-27", 2, 3);
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
    bench.expectRefused("0 30 2 ? * 2-6", 12);
  }

  void nulls() {
    trial.setUp("null as text, then as zone");
    trial.subject(page.create(DAILY, UTC));
    trial.expectRefused("null as text", () -> page.create(Trial.noValue(), UTC));
    trial.expectRefused("null as zone", () -> page.create(DAILY, Trial.noValue()));
  }
}
