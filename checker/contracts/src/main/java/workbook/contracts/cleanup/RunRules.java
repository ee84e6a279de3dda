package workbook.contracts.cleanup;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Rule;
import workbook.checker.Trial;

/** The rules of the scope of a run, and of a run that fails. */
abstract class RunRules extends RunPlanRules {

  /** For the subclasses in this package. */
  RunRules() {}

  /** A scope for each run, and none in between. */
  @Rule(
      number = "3.28",
      says = "Each run MUST have a new scope, opened when it begins and closed when it ends.",
      check =
          "that the scope is opened within the loop; that it is closed before the wait"
              + " (try-with-resources around the run alone); that the audit log is asked of the"
              + " run's own scope and not kept",
      lookAt = "execute")
  void scopeForEachRun(Trial trial) {
    trial.setUp("the first run waits at a gate; then two more");
    var gate = trial.gate();
    var bench = bench(trial, _ -> gate.pass());
    trial.expect("no scope before start", bench.opened.get(), 0);
    bench.start();
    trial.expect(
        "one scope is open during the run",
        bench.opened.get() + " opened, " + bench.closed.get() + " closed",
        "1 opened, 0 closed");
    gate.open();
    bench.rest();
    bench.expectScopes("the scope is closed when the run has ended", 1);
    for (int hour = 1; hour <= 2; hour++) {
      bench.advanceTo(hour * CleanupBench.HOUR);
      bench.expectRuns("a run at hour " + hour, hour + 1);
      bench.expectScopes(
          "each run has a scope of its own, closed when the run has ended", hour + 1);
    }
  }

  /** However a run ends, its scope is closed. */
  @Rule(
      number = "3.29",
      says = "The scope MUST be closed when the run fails, too.",
      check =
          "try-with-resources, or finally, around everything that is done with the scope, asking it"
              + " for the audit log included",
      lookAt = "execute")
  void scopeAfterFailure(Trial trial) {
    trial.setUp("runs fail: with an SQLException, an unchecked one, and when the scope is asked");
    var run = new AtomicInteger();
    var bench =
        bench(
            trial,
            _ -> {
              switch (run.incrementAndGet()) {
                case 1 -> throw new SQLException("connection lost");
                case 2 -> throw new IllegalStateException("a bug");
                default -> trial.note("this one ends well");
              }
            });
    bench.start();
    bench.expectScopes("the scope is closed after an SQLException", 1);
    bench.advanceTo(CleanupBench.HOUR);
    bench.expectScopes("the scope is closed after an unchecked exception", 2);
    bench.fail(FINE, failing(new IllegalStateException("cannot make AuditLog")), FINE);
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectScopes("the scope is closed when the audit log could not be made", 3);
  }

  static Callable<?> failing(Exception failure) {
    return () -> {
      throw failure;
    };
  }

  /** The pool is left alone between the runs. */
  @Rule(
      number = "3.30",
      says =
          "A connection MUST NOT be held between runs: with a pool of one, others get it, and the"
              + " next run does.",
      check = "what is kept from one run to the next: a scope, a connection, an audit log",
      lookAt = "execute")
  void poolOfOne(Trial trial) {
    trial.setUp("a pool with one connection; runs at 0, 1 and 2 hours; in between others use it");
    var pool = new OnePool(trial);
    var bench = bench(trial, _ -> {}, pool);
    pool.expectUsable("before start");
    bench.start();
    for (int hour = 1; hour <= 2; hour++) {
      pool.expectUsable("after run " + hour);
      bench.advanceTo(hour * CleanupBench.HOUR);
      bench.expectRuns("run " + (hour + 1) + " gets the connection", hour + 1);
    }
    pool.expectUsable("after the last run");
    trial.expect("nothing went wrong", trial.log().at(Level.ERROR), List.of());
  }

  /** A database that is down today may be up in an hour. */
  @Rule(
      number = "3.31",
      says =
          "A run that fails MUST be logged with its cause, and the next one MUST come: the database"
              + " down at start, lost in the middle, or failing at the end.",
      check =
          "that the exception is caught around one run, inside the loop, opening and closing the"
              + " scope included; that it is the logger's last argument",
      lookAt = "execute")
  void failingRun(Trial trial) {
    trial.setUp(
        "every hour another failure: the audit log cannot be made, no scope can be opened, the"
            + " clean-up throws, the scope cannot be closed; then a run that ends well");
    var down = new IllegalStateException("cannot make Connection", new SQLException("refused"));
    var noScope = new IllegalStateException("the container is closed");
    var lost = new SQLException("connection lost");
    var checked = new IOException("disk full");
    var end = new IllegalStateException("not everything could be closed");
    var runs = new AtomicInteger();
    var bench =
        bench(
            trial,
            _ -> {
              switch (runs.incrementAndGet()) {
                case 1 -> throw lost;
                case 2 -> throw unchecked(checked);
                default -> trial.note("this one ends well");
              }
            });
    bench.fail(FINE, failing(down), FINE);
    bench.startOnly();
    trial.expectSoon("a scope is opened at start", () -> bench.opened.get() == 1, () -> "none");
    bench.rest();
    bench.fail(failing(noScope), FINE, FINE);
    bench.advanceTo(CleanupBench.HOUR);
    bench.fail(FINE, FINE, FINE);
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("after two failures, the third run comes", 1);
    bench.advanceTo(3 * CleanupBench.HOUR);
    bench.expectRuns("after three failures, the fourth run comes", 2);
    bench.fail(FINE, FINE, failing(end));
    bench.advanceTo(4 * CleanupBench.HOUR);
    bench.expectRuns("after four failures, the fifth run comes", 3);
    bench.fail(FINE, FINE, FINE);
    bench.advanceTo(5 * CleanupBench.HOUR);
    bench.expectRuns("after five failures, the sixth run comes", 4);
    for (var failure : List.of(down, noScope, lost, checked, end)) {
      trial.expectThat(
          "a warning or an error is logged with '" + failure.getMessage() + "' attached",
          trial.log().hasWarningWith(failure),
          "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    }
  }

  @SuppressWarnings("unchecked")
  private static <E extends Exception> E unchecked(Exception e) throws E {
    throw (E) e;
  }
}
