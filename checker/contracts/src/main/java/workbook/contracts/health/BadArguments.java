package workbook.contracts.health;

import static workbook.contracts.health.PulseBench.LIMIT;
import static workbook.health.HealthStatus.HEALTHY;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.health.HealthCheck;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;

/** Bad arguments. */
final class BadArguments {

  private BadArguments() {}

  static void ofThePulse(Trial trial, HeartbeatContract contract) {
    trial.setUp("a pulse with bad arguments");
    var time = trial.time();
    var pulse = trial.subject(contract.create(LIMIT, time));
    trial.expectRefused("a limit of zero", () -> contract.create(Duration.ZERO, time));
    var negative = Duration.ofSeconds(-1);
    trial.expectRefused("a negative limit", () -> contract.create(negative, time));
    trial.expectRefused("a null limit", () -> contract.create(Trial.noValue(), time));
    trial.expectRefused("a null time", () -> contract.create(LIMIT, Trial.noValue()));
    trial.lookAt("watch");
    trial.expectRefused("a null service", () -> pulse.watch(Trial.noValue()));
  }

  static void ofTheReporter(Trial trial, HealthChecksContract contract) {
    trial.setUp("three checks, two of them named mail; null for the checks and for the time");
    var checks =
        Stream.of("mail", "db", "mail")
            .map(
                name ->
                    new HealthCheck.Named(
                        name, Duration.ofSeconds(1), () -> HealthResult.healthy("fine")))
            .toList();
    var time = trial.time();
    trial.subject(contract.create(checks.subList(0, 2), time));
    trial.expectRefused("a second check named mail", () -> contract.create(checks, time), "mail");
    trial.expectRefused("a null list of checks", () -> contract.create(Trial.noValue(), time));
    trial.expectRefused("a null time", () -> contract.create(List.of(), Trial.noValue()));
  }

  static void ofTheEndpoint(Trial trial, HealthHandlerContract contract) {
    trial.setUp("an endpoint with null for one of its reporters");
    HealthReporter healthy = () -> HealthBench.report(HEALTHY);
    trial.subject(contract.create(healthy, healthy));
    trial.expectRefused("a null live reporter", () -> contract.create(Trial.noValue(), healthy));
    trial.expectRefused("a null ready reporter", () -> contract.create(healthy, Trial.noValue()));
  }
}
