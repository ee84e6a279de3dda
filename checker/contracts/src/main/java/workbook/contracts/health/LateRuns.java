package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.health.HealthResult;

/** Checks that go on after their limit. */
final class LateRuns {

  private LateRuns() {}

  // A check that hangs for ever costs one thread, not one for each poll.
  static void ignored(Trial trial, HealthChecksContract contract) {
    trial.setUp("mail hangs, ignores its interrupt, and has a limit of 1000 ms; four reports");
    var gate = trial.gate();
    var bench = contract.bench(trial);
    bench.add("mail", 1_000, () -> passes(trial, gate)).add("db", 1_000, bench.takes(0)).make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_000);
    bench.expect(
        "at its limit", bench.report("the first report returns", asker), "mail", UNHEALTHY);
    for (int round = 2; round <= 4; round++) {
      var next = bench.ask();
      trial.lookAt("await", "report");
      trial.expectThat(
          "report " + round + " does not wait for mail", next.isDone(), "it waits for mail again");
      trial.lookAt();
      var report = bench.report("report " + round + " returns", next);
      bench.expect("in report " + round, report, "mail", UNHEALTHY);
      bench.expect("in report " + round, report, "db", HEALTHY);
      bench.expectBegun("after " + round + " reports, mail has begun once", "mail", 1);
      bench.expectBegun(
          "after " + round + " reports, db has begun " + ReportBench.times(round), "db", round);
    }
  }

  static void backAgain(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "mail hangs, ignores its interrupt and ends much later; from then on it ends at once");
    var gate = trial.gate();
    var bench = contract.bench(trial);
    bench.add("mail", 1_000, () -> passes(trial, gate)).make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_000);
    bench.expect(
        "at its limit", bench.report("the first report returns", asker), "mail", UNHEALTHY);
    trial.advanceTo(60_000);
    trial.note("the hang is over");
    gate.open();
    bench.settle();
    var report = bench.now();
    bench.expectBegun("after the next report, mail has begun twice", "mail", 2);
    bench.expect("in the next report", report, "mail", HEALTHY);
    trial.expect(
        "its duration is 0 ms", bench.entry(report, "mail").duration().toMillis() + " ms", "0 ms");
  }

  private static HealthResult passes(Trial trial, Gate gate) {
    while (true) {
      try {
        gate.pass();
        return HealthResult.healthy("back again");
      } catch (InterruptedException e) {
        trial.note("mail ignores an interrupt");
      }
    }
  }
}
