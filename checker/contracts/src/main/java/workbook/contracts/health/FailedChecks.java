package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.health.HealthResult;

/** Checks that throw or return null. */
final class FailedChecks {

  private FailedChecks() {}

  static void throwing(Trial trial, HealthChecksContract contract) {
    trial.setUp("six checks that throw, one that returns null, and two good ones; two reports");
    var bench = failing(trial, contract, failures()).make();
    for (int round = 1; round <= 2; round++) {
      var report = bench.now();
      for (var failure : failures()) {
        bench.expect(
            "in report " + round, report, "with " + failure.getClass().getSimpleName(), UNHEALTHY);
      }
      bench.expect("in report " + round, report, "with null", UNHEALTHY);
      bench.expect("in report " + round, report, "with InterruptedException", UNHEALTHY);
      bench.expect("in report " + round, report, "first", HEALTHY);
      bench.expect("in report " + round, report, "last", HEALTHY);
      trial.expect("the status of report " + round + " is UNHEALTHY", report.status(), UNHEALTHY);
    }
  }

  // The log is for those who repair it, the report for anybody.
  static void logged(Trial trial, HealthChecksContract contract) {
    trial.setUp("checks that throw exceptions and Errors with 'hunter2' in their messages");
    var failures = failures();
    var report = failing(trial, contract, failures).make().now();
    for (var failure : failures) {
      trial.expectThat(
          "a warning or an error is logged with the "
              + failure.getClass().getSimpleName()
              + " attached",
          trial.log().hasWarningWith(failure),
          "logged: " + loggedBy(trial));
    }
    for (var entry : report.checks()) {
      var description = entry.result().description();
      trial.expectThat(
          "the entry '" + entry.name() + "' has no text of an exception",
          !description.contains("hunter2") && !description.contains("db-7"),
          "its description: " + description);
      trial.expectThat(
          "the entry '" + entry.name() + "' names no place in the code",
          !description.contains(".java"),
          "its description: " + description.replaceAll(":\\d+", ":N"));
    }
  }

  private static List<Throwable> failures() {
    var nested = new UncheckedIOException("hunter2", new IOException("db-7 says hunter2"));
    nested.addSuppressed(new IOException("db-7 says hunter2 as well"));
    return List.of(
        nested,
        new IOException("no route to db-7, password hunter2"),
        new IllegalStateException(),
        new AssertionError("hunter2 is not the password"),
        new StackOverflowError("hunter2"));
  }

  /** One check for each failure, one that returns null, and a good one at either end. */
  private static ReportBench failing(
      Trial trial, HealthChecksContract contract, List<Throwable> failures) {
    var bench = contract.bench(trial).add("first", 1_000, () -> HealthResult.healthy("fine"));
    for (var failure : failures) {
      bench.add(
          "with " + failure.getClass().getSimpleName(),
          1_000,
          () -> FailedChecks.<RuntimeException>sneak(failure));
    }
    return bench
        .add("with null", 1_000, Trial::noValue)
        .add(
            "with InterruptedException",
            1_000,
            () -> {
              throw new InterruptedException("by itself");
            })
        .add("last", 1_000, () -> HealthResult.healthy("fine"));
  }

  // Sorted: the checks ran side by side.
  private static String loggedBy(Trial trial) {
    var lines = new ArrayList<>(trial.log().at(Level.INFO));
    lines.sort(String::compareTo);
    return Trial.describe(lines);
  }

  private static <T extends Throwable> HealthResult sneak(Throwable failure) throws T {
    @SuppressWarnings("unchecked") // erased: whatever it is, it is thrown as it is
    var thrown = (T) failure;
    throw thrown;
  }
}
