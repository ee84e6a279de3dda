package workbook.contracts.health;

import static workbook.health.HealthStatus.DEGRADED;
import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.health.HealthCheck;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.CancellationToken;

/** What a report holds. */
final class Reports {

  private static final int MANY = 50;

  private Reports() {}

  static void entries(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "db, disk and mail; db takes 20 ms, mail 10 ms; two reports, between which disk changes");
    var disk = new AtomicInteger(7);
    var bench =
        contract
            .bench(trial)
            .add("db", 1_000, sleeping(trial, 20, HealthResult.healthy("answers")))
            .add("disk", 1_000, () -> HealthResult.degraded(disk.get() + " GB free"))
            .add("mail", 1_000, sleeping(trial, 10, HealthResult.unhealthy("no route")))
            .make();
    for (int round = 1; round <= 2; round++) {
      trial.lookAt("report");
      var asker = bench.ask();
      trial.advanceTo(trial.time().millis() + 20);
      var report = bench.report("the report returns once the slowest check has ended", asker);
      trial.expect(
          "the entries stand in the order of the checks: db, disk, mail",
          ReportBench.names(report),
          "db, disk, mail");
      var found =
          report.checks().stream()
              .map(entry -> entry.result().status() + " " + entry.result().description())
              .toList();
      var wanted =
          List.of("HEALTHY answers", "DEGRADED " + disk.get() + " GB free", "UNHEALTHY no route");
      trial.expect("report " + round + " holds: " + Trial.describe(wanted), found, wanted);
      disk.decrementAndGet();
    }
    trial.lookAt("ofVirtual", "report");
    for (var name : List.of("db", "disk", "mail")) {
      bench.expectBegun("for two reports, " + name + " has begun twice", name, 2);
      trial.expectThat(
          "the name of the thread of " + name + " contains " + name,
          bench.thread(name).contains(name),
          "its name is '" + bench.thread(name) + "'");
    }
  }

  static void worst(Trial trial, HealthChecksContract contract) {
    trial.setUp("no check; then every mix of statuses, in both orders");
    trial.expect(
        "without any check, the status is HEALTHY",
        contract.bench(trial).make().now().status(),
        HEALTHY);
    var mixes =
        List.of(
            List.of(HEALTHY, HEALTHY),
            List.of(HEALTHY, DEGRADED),
            List.of(DEGRADED, HEALTHY),
            List.of(DEGRADED, DEGRADED),
            List.of(UNHEALTHY, DEGRADED, HEALTHY),
            List.of(HEALTHY, DEGRADED, UNHEALTHY),
            List.of(DEGRADED, UNHEALTHY, HEALTHY),
            List.of(HEALTHY, UNHEALTHY, HEALTHY));
    for (var mix : mixes) {
      var bench = contract.bench(trial);
      for (int i = 0; i < mix.size(); i++) {
        var result = new HealthResult(mix.get(i), "as it is");
        bench.add("check " + (i + 1), 1_000, () -> result);
      }
      var wanted = mix.stream().max(HealthStatus::compareTo).orElseThrow();
      trial.expect("the status of " + mix + " is " + wanted, bench.make().now().status(), wanted);
    }
  }

  static void sideBySide(Trial trial, HealthChecksContract contract) {
    trial.setUp(MANY + " checks, none of which ends before all have begun");
    var gate = trial.gate();
    var begun = new AtomicInteger();
    var bench = contract.bench(trial);
    for (int i = 1; i <= MANY; i++) {
      bench.add(
          "check " + i,
          ReportBench.LONG,
          () -> {
            if (begun.incrementAndGet() == MANY) {
              gate.open();
            }
            gate.pass();
            return HealthResult.healthy("fine");
          });
    }
    var asker = bench.make().ask();
    trial.expectThat(
        "all " + MANY + " checks are running at the same time",
        begun.get() == MANY,
        "only " + begun.get() + " began; the others wait for them");
    var report = bench.report("the report returns", asker);
    trial.expect("the report's status is HEALTHY", report.status(), HEALTHY);
  }

  private static HealthCheck sleeping(Trial trial, long millis, HealthResult result) {
    return () -> {
      trial.time().sleep(Duration.ofMillis(millis), CancellationToken.none());
      return result;
    };
  }
}
