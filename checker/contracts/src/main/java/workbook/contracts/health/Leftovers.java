package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import workbook.checker.Trial;

/** What is left of a report that was interrupted, or has ended. */
final class Leftovers {

  private Leftovers() {}

  static void interruptedReport(Trial trial, HealthChecksContract contract) {
    trial.setUp("db takes 500 ms, mail hangs, limit 1000 ms; two ask; the first is interrupted");
    trial.watchThreads();
    var bench = contract.bench(trial);
    bench.add("db", 1_000, bench.takes(500)).add("mail", 1_000, bench.hangs("mail")).make();
    var first = bench.ask("first");
    bench.expectAllBegun();
    var second = bench.ask("second");
    trial.advanceTo(200);
    trial.note("interrupt the first");
    first.thread().interrupt();
    trial.expectThrow("the first report is given up", first, InterruptedException.class);
    trial.advanceTo(1_000);
    var report = bench.report("the second report is there at 1000 ms", second);
    bench.expect("in the second report", report, "db", HEALTHY);
    bench.expect("in the second report", report, "mail", UNHEALTHY);
    var third = bench.ask("third");
    bench.expectBegun("for a third report, mail has begun again", "mail", 2);
    third.thread().interrupt();
    trial.expectThrow("the third report is given up", third, InterruptedException.class);
    trial.advanceTo(2_000);
    trial.expectNoNewThread("at 2000 ms, with nobody waiting, mail has been ended at its limit");
    trial.expectThrow(
        "who was interrupted before it asks gets no report",
        bench.askInterrupted(),
        InterruptedException.class);
  }

  static void noThreadLeft(Trial trial, HealthChecksContract contract) {
    trial.setUp("db is there at once, mail hangs with a limit of 1000 ms, disk throws");
    trial.watchThreads();
    var bench = contract.bench(trial);
    bench
        .add("db", ReportBench.LONG, bench.takes(0))
        .add("mail", 1_000, bench.hangs("mail"))
        .add(
            "disk",
            ReportBench.LONG,
            () -> {
              throw new IllegalStateException("disk full");
            })
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_000);
    bench.report("the report is there at 1000 ms", asker);
    trial.expectNoNewThread("every thread of the report has ended");
  }
}
