package workbook.contracts.cleanup;

import ch.qos.logback.classic.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceEnds;

/** Runs that fail. */
final class FailedRuns {

  private FailedRuns() {}

  /** A database that is down today may be up in an hour. */
  static void failingRun(Trial trial, DbCleanupServiceContract page) {
    trial.setUp(
        "a different failure every hour: the audit log cannot be made, no scope can be opened, the"
            + " clean-up throws, the scope cannot be closed; then a run that ends well");
    var down = new IllegalStateException("cannot make Connection", new SQLException("refused"));
    var noScope = new IllegalStateException("the container is closed");
    var lost = new SQLException("connection lost");
    var bug = new UnsupportedOperationException("no such feature");
    var end = new IllegalStateException("not everything could be closed");
    var runs = new AtomicInteger();
    var bench =
        page.bench(
            trial,
            _ -> {
              switch (runs.incrementAndGet()) {
                case 1 -> throw lost;
                case 2 -> throw bug;
                default -> trial.note("this one ends well");
              }
            });
    bench.fail(CleanupBench.FINE, CleanupBench.failing(down), CleanupBench.FINE);
    bench.startOnly();
    trial.expectSoon("a scope is opened at start", () -> bench.opened.get() == 1, () -> "none");
    bench.rest();
    bench.fail(CleanupBench.failing(noScope), CleanupBench.FINE, CleanupBench.FINE);
    bench.advanceTo(CleanupBench.HOUR);
    bench.fail(CleanupBench.FINE, CleanupBench.FINE, CleanupBench.FINE);
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("after two failures, the third run comes", 1);
    bench.advanceTo(3 * CleanupBench.HOUR);
    bench.expectRuns("after three failures, the fourth run comes", 2);
    bench.fail(CleanupBench.FINE, CleanupBench.FINE, CleanupBench.failing(end));
    bench.advanceTo(4 * CleanupBench.HOUR);
    bench.expectRuns("after four failures, the fifth run comes", 3);
    bench.fail(CleanupBench.FINE, CleanupBench.FINE, CleanupBench.FINE);
    bench.advanceTo(5 * CleanupBench.HOUR);
    bench.expectRuns("after five failures, the sixth run comes", 4);
    for (var failure : List.of(down, noScope, lost, bug, end)) {
      trial.expectThat(
          "a warning or an error is logged with '" + failure.getMessage() + "' attached",
          trial.log().hasWarningWith(failure),
          "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    }
    whileItStops(trial, page);
  }

  // That a stop has begun is no reason to keep a failure from the log, or to make it the service's.
  private static void whileItStops(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("a run; stop with 10 s to go; the run throws");
    var gate = trial.gate();
    var lost = new SQLException("connection lost");
    var bench =
        page.bench(
            trial,
            _ -> {
              gate.pass();
              throw lost;
            });
    bench.start();
    var stop = bench.stop();
    trial.expectWaiting("stop waits for the run", stop);
    gate.open();
    trial.expectReturn("stop returns when the run has failed", stop);
    trial.expectThat(
        "a warning or an error is logged with '" + lost.getMessage() + "' attached",
        trial.log().hasWarningWith(lost),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    ServiceEnds.expectNormal(trial, bench.service);
  }

  /** An Error is not for a loop to survive. */
  static void error(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("the first run throws an Error");
    var error = new NoClassDefFoundError("org/postgresql/Driver");
    var bench =
        page.bench(
            trial,
            _ -> {
              throw error;
            });
    bench.start();
    ServiceEnds.expectFailure(trial, bench.service, error);
    bench.expectScopes("the scope is closed", 1);
    bench.advanceTo(CleanupBench.HOUR);
    bench.expectRuns("no run after the Error", 1);
    for (var when : List.of("opened", "asked", "closed")) {
      trial.setUp("an Error is thrown when the first run's scope is " + when);
      errorOfTheScope(trial, page.bench(trial, _ -> {}), when);
    }
  }

  private static void errorOfTheScope(Trial trial, CleanupBench bench, String when) {
    var error = new NoClassDefFoundError("com/zaxxer/hikari/HikariDataSource");
    var fails = CleanupBench.failing(error);
    var fine = CleanupBench.FINE;
    bench.fail(
        when.equals("opened") ? fails : fine,
        when.equals("asked") ? fails : fine,
        when.equals("closed") ? fails : fine);
    bench.startOnly();
    ServiceEnds.expectFailure(trial, bench.service, error);
    bench.expectScopes("a scope that was opened is closed", when.equals("opened") ? 0 : 1);
    bench.advanceTo(trial.time().millis() + CleanupBench.HOUR);
    bench.expectRuns("no run after the Error", when.equals("closed") ? 1 : 0);
  }
}
