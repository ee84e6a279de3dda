package workbook.contracts.cleanup;

import ch.qos.logback.classic.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;

/** The scope of a run. */
final class RunScopes {

  private RunScopes() {}

  static void scopeForEachRun(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("the first run waits at a gate; then two more");
    var gate = trial.gate();
    var bench = page.bench(trial, _ -> gate.pass());
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

  static void scopeAfterFailure(Trial trial, DbCleanupServiceContract page) {
    trial.setUp(
        "runs fail: with an SQLException, with an unchecked exception, and when the scope is"
            + " asked");
    var run = new AtomicInteger();
    var bench =
        page.bench(
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
    bench.fail(
        CleanupBench.FINE,
        CleanupBench.failing(new IllegalStateException("cannot make AuditLog")),
        CleanupBench.FINE);
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectScopes("the scope is closed when the audit log could not be made", 3);
  }

  static void poolOfOne(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("a pool with one connection; runs at 0, 1 and 2 hours; in between others use it");
    var pool = new OnePool(trial);
    var bench = page.bench(trial, _ -> {}, pool);
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
}
