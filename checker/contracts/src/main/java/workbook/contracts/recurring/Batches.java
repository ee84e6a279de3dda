package workbook.contracts.recurring;

import static workbook.contracts.recurring.AuditBench.BATCH;
import static workbook.contracts.recurring.AuditBench.CUTOFF;
import static workbook.contracts.recurring.SchedulerBench.START;

import ch.qos.logback.classic.Level;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import workbook.checker.Trial;
import workbook.hosting.CancellationSource;

/** How a run deletes: in batches, until it is cancelled, and with a word in the log. */
final class Batches {

  private Batches() {}

  static void batches(Trial trial, DailyCleanupContract page) throws SQLException {
    trial.setUp("35 old rows, batches of 10; the 25th row that is deleted cannot be");
    var bench = new AuditBench(trial, page);
    bench.add(CUTOFF.minusSeconds(1), 35);
    var most = new AtomicInteger();
    var watch =
        bench.onDelete(
            nth -> {
              int committed = 35 - bench.rows();
              most.accumulateAndGet(nth - committed, Math::max);
              if (nth == 25) {
                throw new SQLException("this row cannot be deleted");
              }
            });
    var run = trial.start("runner", () -> bench.runHere());
    trial.expectThrow("the run throws what the database says", run, SQLException.class);
    trial.lookAt("executeUpdate", "run");
    trial.expectThat(
        "a transaction deletes 10 rows at most", most.get() <= BATCH, "one deletes " + most);
    trial.lookAt();
    int deleted = 35 - bench.rows();
    trial.expectThat(
        "what was deleted before that batch stays deleted, 15 rows or more",
        deleted >= 25 - BATCH,
        deleted + " rows are deleted for good");
    watch.close();
    bench.run();
    trial.expect("the next run deletes the rest", bench.rows(), 0);
  }

  static void cancelled(Trial trial, DailyCleanupContract page) throws SQLException {
    trial.setUp(
        "35 old rows and 5 young ones, batches of 10; a token that is cancelled already, then one"
            + " that is cancelled at the fifth row");
    var bench = new AuditBench(trial, page);
    bench.add(CUTOFF.minusSeconds(1), 35);
    bench.add(START, 5);
    var cancelled = new CancellationSource();
    cancelled.cancel();
    bench.run(cancelled.token());
    int left = bench.rows();
    trial.expectThat(
        "at most one batch is deleted", left >= 30 && left <= 40, left + " of 40 rows are left");
    int deleted = left - runUntilFifthRow(bench);
    trial.expectThat(
        "the batch in progress is deleted, 5 to 10 rows, and no other",
        deleted >= 5 && deleted <= BATCH,
        deleted + " rows are deleted");
    bench.run();
    trial.expect("the next run leaves the young rows", bench.rows(), 5);
  }

  /** Runs with a token that is cancelled in the first batch; returns how many rows are left. */
  private static int runUntilFifthRow(AuditBench bench) throws SQLException {
    var soon = new CancellationSource();
    try (var _ =
        bench.onDelete(
            nth -> {
              if (nth == 5) {
                soon.cancel();
              }
            })) {
      bench.run(soon.token());
    }
    return bench.rows();
  }

  static void logged(Trial trial, DailyCleanupContract page) throws SQLException {
    trial.setUp("37 old rows, batches of 10; then none; then 33, and an early end");
    var bench = new AuditBench(trial, page);
    bench.add(CUTOFF.minusSeconds(1), 37);
    bench.run();
    expectLogged(trial, 37);
    bench.run();
    expectLogged(trial, 0);
    bench.add(CUTOFF.minusSeconds(1), 33);
    expectLogged(trial, 33 - runUntilFifthRow(bench));
  }

  private static void expectLogged(Trial trial, int number) {
    var lines = trial.log().at(Level.INFO);
    trial.expectThat(
        "an information with the number " + number,
        lines.stream()
            .anyMatch(
                line ->
                    Pattern.compile("(?<![\\d:.-])" + number + "(?![\\d:.-]*\\d)")
                        .matcher(line)
                        .find()),
        "logged: " + Trial.describe(lines));
  }
}
