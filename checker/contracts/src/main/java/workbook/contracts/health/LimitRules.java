package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.time.Duration;
import java.util.Map;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.health.HealthResult;
import workbook.hosting.CancellationToken;

/** What a limit does. */
abstract class LimitRules extends ReportRules {

  /** A check that hangs costs its limit and no more. */
  @Rule(
      number = "7.17",
      says =
          "A check that has not ended at its limit MUST be unhealthy, and MUST delay the report no"
              + " longer, and no other check.",
      check =
          "waits without a limit; limits on the real clock, such as orTimeout and get with a time;"
              + " that the report is made when the limit is reached, not when the check's thread"
              + " has ended",
      lookAt = "report")
  void hanging(Trial trial) {
    trial.setUp("db takes 30 ms, mail hangs with a limit of 2000 ms, disk takes none");
    var bench = bench(trial);
    bench
        .add("db", 1_000, bench.takes(30))
        .add("mail", 2_000, bench.hangs("mail"))
        .add("disk", 1_000, bench.takes(0))
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_999);
    bench.expectWaiting("at 1999 ms the report is still being made", asker);
    trial.advanceTo(2_000);
    var report = bench.report("the report is there at 2000 ms", asker);
    bench.expect("in the report", report, "mail", UNHEALTHY);
    bench.expect("in the report", report, "db", HEALTHY);
    bench.expect("in the report", report, "disk", HEALTHY);
    trial.expect("the report's status is UNHEALTHY", report.status(), UNHEALTHY);
  }

  /** Each has its own limit, counted from its own beginning. */
  @Rule(
      number = "7.18",
      says = "Each check MUST have its own limit, however long another may take.",
      check =
          "checks that are waited for one after the other, so that the second gets the time of the"
              + " first as well; one limit for all; limits that add up",
      lookAt = "report")
  void ownLimits(Trial trial) {
    trial.setUp("slow takes 900 of 1000 ms; late takes 500 ms with a limit of 100 ms");
    var bench = bench(trial);
    bench.add("slow", 1_000, bench.takes(900)).add("late", 100, bench.takes(500)).make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(899);
    bench.expectWaiting("at 899 ms the report is still being made", asker);
    trial.advanceTo(900);
    var report = bench.report("the report is there at 900 ms", asker);
    bench.expect("in the report", report, "slow", HEALTHY);
    bench.expect("in the report", report, "late", UNHEALTHY);
  }

  /** The interrupt is the only way to end a check that hangs. */
  @Rule(
      number = "7.19",
      says =
          "A check MUST be interrupted at its limit, not before; what it returns then MUST NOT"
              + " count.",
      check =
          "that the check's own thread is interrupted: cancelling a CompletableFuture interrupts"
              + " nobody; when that is done; which of two outcomes counts, the limit or what the"
              + " check returns afterwards",
      lookAt = "report")
  void interrupted(Trial trial) {
    trial.setUp("mail hangs with a limit of 1000 ms and is healthy when interrupted; db takes 3 s");
    var at = new long[] {-1};
    var bench = bench(trial);
    bench
        .add("db", 5_000, bench.takes(3_000))
        .add(
            "mail",
            1_000,
            () -> {
              try {
                trial.time().sleep(Duration.ofDays(1), CancellationToken.none());
              } catch (InterruptedException e) {
                trial.note("mail is interrupted");
                at[0] = trial.time().millis();
              }
              return HealthResult.healthy("fine, in the end");
            })
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(3_000);
    var report = bench.report("the report is there at 3000 ms", asker);
    trial.expectThat(
        "mail is interrupted at 1000 ms",
        at[0] == 1_000,
        at[0] < 0 ? "it was not interrupted" : "it was interrupted at " + at[0] + " ms");
    bench.expect("after its limit", report, "mail", UNHEALTHY);
    bench.expect("undisturbed", report, "db", HEALTHY);
  }

  /** A duration is measured where the check runs. */
  @Rule(
      number = "7.20",
      says =
          "A duration MUST be what the check took on the monotonic clock; of one cut off, its"
              + " limit.",
      check =
          "that each check takes its own time, not the time at which the report gets round to it;"
              + " nanoTime, not now",
      lookAt = "report")
  void durations(Trial trial) {
    trial.setUp(
        "db takes 70 ms, disk 30 ms, cache none, dns 40 ms and fails, mail hangs; the wall clock is"
            + " set meanwhile");
    var bench = bench(trial);
    bench
        .add("db", 1_000, bench.takes(70))
        .add("disk", 1_000, bench.takes(30))
        .add("cache", 1_000, bench.takes(0))
        .add(
            "dns",
            1_000,
            () -> {
              bench.takes(40).check();
              throw new IllegalStateException("no such name");
            })
        .add("mail", 100, bench.hangs("mail"))
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.time().shiftWallClock(Duration.ofHours(1));
    trial.advanceTo(100);
    var report = bench.report("the report is there at 100 ms", asker);
    Map.of("db", 70, "disk", 30, "cache", 0, "dns", 40, "mail", 100).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            wanted ->
                trial.expect(
                    "the duration of " + wanted.getKey() + " is " + wanted.getValue() + " ms",
                    bench.entry(report, wanted.getKey()).duration().toMillis() + " ms",
                    wanted.getValue() + " ms"));
  }
}
