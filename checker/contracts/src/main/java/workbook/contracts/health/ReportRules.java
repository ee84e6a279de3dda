package workbook.contracts.health;

import static workbook.health.HealthStatus.DEGRADED;
import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.health.HealthCheck;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** What a report holds. */
abstract class ReportRules {

  private static final int MANY = 50;

  /**
   * Makes the reporter under test.
   *
   * @param checks its checks, in order
   * @param time whose clock counts
   * @return a new reporter
   */
  protected abstract HealthReporter create(List<HealthCheck.Named> checks, TimeSource time);

  final ReportBench bench(Trial trial) {
    return new ReportBench(trial, checks -> create(checks, trial.time()));
  }

  /** A report says what the checks say now. */
  @Rule(
      number = "7.11",
      says =
          "A report MUST hold what each check finds just now, in their order, each asked on a"
              + " thread named after it.",
      check =
          "that the checks are asked each time, not once; that the entries stand in the order in"
              + " which the checks were given, whoever ends first; the names of the threads",
      lookAt = "report")
  void entries(Trial trial) {
    trial.setUp("db, disk and mail; db takes 20 ms, mail 10 ms; two reports, disk changes between");
    var disk = new AtomicInteger(7);
    var bench =
        bench(trial)
            .add("db", 1_000, sleeping(trial, 20, HealthResult.healthy("answers")))
            .add("disk", 1_000, () -> HealthResult.degraded(disk.get() + " GB free"))
            .add("mail", 1_000, sleeping(trial, 10, HealthResult.unhealthy("no route")))
            .make();
    for (int round = 1; round <= 2; round++) {
      var asker = bench.ask();
      trial.advanceTo(trial.time().millis() + 20);
      var report = bench.report("the report is there once the slowest check has ended", asker);
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
    for (var name : List.of("db", "disk", "mail")) {
      bench.expectBegun("for two reports, " + name + " has begun 2 times", name, 2);
      trial.expectThat(
          "the thread of " + name + " has that name in its own",
          bench.thread(name).contains(name),
          "it is named '" + bench.thread(name) + "'");
    }
  }

  private static HealthCheck sleeping(Trial trial, long millis, HealthResult result) {
    return () -> {
      trial.time().sleep(Duration.ofMillis(millis), CancellationToken.none());
      return result;
    };
  }

  /** The worst decides. */
  @Rule(
      number = "7.12",
      says = "A report's status MUST be the worst of its checks; without any it MUST be healthy.",
      check = "the order of the three statuses; the empty list",
      lookAt = "report")
  void worst(Trial trial) {
    trial.setUp("no check; then every mix of statuses, in both orders");
    trial.expect(
        "without any check, the status is HEALTHY", bench(trial).make().now().status(), HEALTHY);
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
      var bench = bench(trial);
      for (int i = 0; i < mix.size(); i++) {
        var result = new HealthResult(mix.get(i), "as it is");
        bench.add("check " + (i + 1), 1_000, () -> result);
      }
      var wanted = mix.stream().max(HealthStatus::compareTo).orElseThrow();
      trial.expect("the status of " + mix + " is " + wanted, bench.make().now().status(), wanted);
    }
  }

  /** Nobody waits for another. */
  @Rule(
      number = "7.13",
      says = "Checks MUST run side by side, however many there are.",
      check =
          "a loop that asks one after the other; a pool with fewer threads than checks: the common"
              + " pool, parallel streams and supplyAsync have one thread for each core",
      lookAt = "report")
  void sideBySide(Trial trial) {
    trial.setUp(MANY + " checks, none of which ends before all have begun");
    var gate = trial.gate();
    var begun = new AtomicInteger();
    var bench = bench(trial);
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
        begun.get() + " have begun, and the others wait for them");
    var report = bench.report("the report is there", asker);
    trial.expect("the report's status is HEALTHY", report.status(), HEALTHY);
  }

  private static List<Throwable> failures() {
    return List.of(
        new IOException("no route to db-7, password hunter2"),
        new IllegalStateException(),
        new AssertionError("hunter2 is not the password"),
        new StackOverflowError("hunter2"));
  }

  private static <T extends Throwable> HealthResult sneak(Throwable failure) throws T {
    @SuppressWarnings("unchecked") // erased: whatever it is, it is thrown as it is
    var thrown = (T) failure;
    throw thrown;
  }

  /** One check for each failure, one that returns null, and a good one at either end. */
  private ReportBench failing(Trial trial, List<Throwable> failures) {
    var bench = bench(trial).add("first", 1_000, () -> HealthResult.healthy("fine"));
    for (var failure : failures) {
      bench.add(
          "with " + failure.getClass().getSimpleName(),
          1_000,
          () -> ReportRules.<RuntimeException>sneak(failure));
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

  /** A check that fails is an answer, too. */
  @Rule(
      number = "7.14",
      says =
          "A check that throws, an Error too, or returns null MUST be unhealthy, and the others"
              + " MUST be as they are.",
      check =
          "that Throwable is caught around the check, where it runs; a null that comes out of a"
              + " check; that one failure does not end the loop over the others",
      lookAt = "report")
  void throwing(Trial trial) {
    trial.setUp("five checks that throw, one that returns null, and two good ones; two reports");
    var bench = failing(trial, failures()).make();
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

  /** The log is for those who mend it, the report for anybody. */
  @Rule(
      number = "7.15",
      says =
          "What a check throws MUST be logged with its cause, and its text MUST NOT be in the"
              + " report.",
      check =
          "that the exception itself is handed to the logger, as its last argument; that the"
              + " description is made without its message and its toString",
      lookAt = "report")
  void logged(Trial trial) {
    trial.setUp("checks that throw exceptions and Errors with 'hunter2' in their messages");
    var failures = failures();
    var report = failing(trial, failures).make().now();
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
          "the entry '" + entry.name() + "' holds none of what was thrown",
          !description.contains("hunter2") && !description.contains("db-7"),
          description);
    }
  }

  // Sorted: the checks ran side by side.
  private static String loggedBy(Trial trial) {
    var lines = new ArrayList<>(trial.log().at(Level.INFO));
    lines.sort(String::compareTo);
    return Trial.describe(lines);
  }

  /** What cannot work is refused when it is made. */
  @Rule(
      number = "7.16",
      says =
          "Two checks of the same name MUST be refused, naming it, and so MUST checks or a time"
              + " that is null.",
      check =
          "that names are compared when the reporter is made, and that the message tells the name;"
              + " the null checks",
      lookAt = "<init>")
  void arguments(Trial trial) {
    trial.setUp("three checks, two of them named mail; and null");
    var checks =
        IntStream.range(0, 3)
            .mapToObj(
                i ->
                    new HealthCheck.Named(
                        List.of("mail", "db", "mail").get(i),
                        Duration.ofSeconds(1),
                        () -> HealthResult.healthy("fine")))
            .toList();
    var time = trial.time();
    trial.subject(create(checks.subList(0, 2), time));
    trial.expectRefused("a second check named mail", () -> create(checks, time), "mail");
    trial.expectRefused("checks that are null", () -> create(Trial.noValue(), time));
    trial.expectRefused("a time that is null", () -> create(List.of(), Trial.noValue()));
  }
}
