package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.util.List;
import java.util.Map;
import workbook.checker.Trial;

/** Reports that find a check running. */
final class SharedRuns {

  private SharedRuns() {}

  static void shared(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "db takes 500 ms, mail hangs with a limit of 1000 ms; reports at 0, 100 and 400 ms");
    var bench = contract.bench(trial);
    bench.add("db", 1_000, bench.takes(500)).add("mail", 1_000, bench.hangs("mail")).make();
    var first = bench.ask("first");
    bench.expectAllBegun();
    trial.advanceTo(100);
    var second = bench.ask("second");
    trial.advanceTo(400);
    var third = bench.ask("third");
    bench.expectBegun("for three reports, db has begun once", "db", 1);
    bench.expectBegun("for three reports, mail has begun once", "mail", 1);
    trial.advanceTo(1_000);
    Map.of("first", first, "second", second, "third", third).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            asker -> {
              var report =
                  bench.report(
                      "the " + asker.getKey() + " report returns at 1000 ms", asker.getValue());
              bench.expect("in the " + asker.getKey() + " report", report, "db", HEALTHY);
              bench.expect("in the " + asker.getKey() + " report", report, "mail", UNHEALTHY);
            });
    trial.expect("at most 1 run of db at a time", bench.most("db"), 1);
    atTheSameTime(trial, contract);
  }

  // The first is held up between looking for a run and beginning one, if these are two steps.
  private static void atTheSameTime(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "db takes 500 ms; two reports at the same time, one held up where it reads the clock");
    var clock = new HeldClock(trial.time(), "slow");
    var bench = new ReportBench(trial, checks -> contract.create(checks, clock));
    trial.afterwards(clock::release);
    bench.add("db", 1_000, bench.takes(500)).make();
    var slow = bench.call("slow");
    trial.expectSoon(
        "a report begins its check",
        () -> clock.holds() || bench.begun("db") > 0,
        () -> "db has not begun");
    var quick = bench.call("quick");
    bench.expectBlocked("the other report waits", quick);
    trial.note("the first goes on");
    clock.release();
    bench.expectBegun("for two reports at the same time, db has begun once", "db", 1);
    trial.advanceTo(trial.time().millis() + 500);
    for (var asker : List.of(slow, quick)) {
      var name = asker.thread().getName();
      var report = bench.report("the " + name + " report returns after 500 ms", asker);
      bench.expect("in the " + name + " report", report, "db", HEALTHY);
    }
  }
}
