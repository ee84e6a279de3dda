package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import workbook.checker.Trial;

/** What a report leaves behind when it is interrupted, and when it ends. */
final class Leftovers {

  private Leftovers() {}

  static void interruptedReport(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "db takes 500 ms, mail hangs, limit 1000 ms; two reports; the first is interrupted");
    trial.watchThreads();
    var bench = contract.bench(trial);
    bench.add("db", 1_000, bench.takes(500)).add("mail", 1_000, bench.hangs("mail")).make();
    var first = bench.ask("first");
    bench.expectAllBegun();
    var second = bench.ask("second");
    trial.advanceTo(200);
    trial.note("interrupt the first");
    first.thread().interrupt();
    trial.expectThrow(
        "the first report throws InterruptedException", first, InterruptedException.class);
    trial.advanceTo(1_000);
    var report = bench.report("the second report returns at 1000 ms", second);
    bench.expect("in the second report", report, "db", HEALTHY);
    bench.expect("in the second report", report, "mail", UNHEALTHY);
    var third = bench.ask("third");
    bench.expectBegun("for a third report, mail has begun a second time", "mail", 2);
    third.thread().interrupt();
    trial.expectThrow(
        "the third report throws InterruptedException", third, InterruptedException.class);
    trial.advanceTo(2_000);
    trial.expectNoNewThread(
        "at 2000 ms mail has been cut off at its limit, though nobody waits for it");
    trial.expectThrow(
        "a report on a thread that is interrupted already throws InterruptedException",
        bench.askInterrupted(),
        InterruptedException.class);
  }

  static void noThreadLeft(Trial trial, HealthChecksContract contract) {
    trial.setUp("db ends at once, mail hangs with a limit of 1000 ms, disk throws");
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
    bench.report("the report returns at 1000 ms", asker);
    trial.expectNoNewThread("every thread of the report has ended");
  }
}
