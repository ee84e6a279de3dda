package workbook.contracts.recurring;

import static workbook.contracts.recurring.AuditBench.BATCH;
import static workbook.contracts.recurring.AuditBench.CUTOFF;
import static workbook.contracts.recurring.AuditBench.KEEP;

import java.sql.SQLException;
import java.time.Duration;
import workbook.checker.Trial;

/** What a cleanup refuses, and what a run leaves behind. */
final class CleanupArguments {

  private CleanupArguments() {}

  static void arguments(Trial trial, DailyCleanupContract page) throws SQLException {
    trial.setUp("bad arguments; then a run, and one without the table");
    var bench = new AuditBench(trial, page);
    var time = bench.clock;
    trial.expectRefused("null as database", () -> page.create(Trial.noValue(), time, KEEP, BATCH));
    trial.expectRefused(
        "null as time", () -> page.create(bench.database, Trial.noValue(), KEEP, BATCH));
    trial.expectRefused(
        "null as keep", () -> page.create(bench.database, time, Trial.noValue(), BATCH));
    trial.expectRefused("keep of 0", () -> page.create(bench.database, time, Duration.ZERO, BATCH));
    trial.expectRefused(
        "keep of -1 h", () -> page.create(bench.database, time, Duration.ofHours(-1), BATCH));
    trial.expectRefused("batchSize 0", () -> page.create(bench.database, time, KEEP, 0));
    bench.add(CUTOFF.minusSeconds(1), 15);
    bench.run();
    bench.execute("drop table audit_log");
    var run = trial.start("runner", () -> bench.runHere());
    trial.expectThrow("without the table a run fails", run, SQLException.class);
    trial.lookAt("getConnection", "run");
    bench.home.expectNoConnection(trial);
  }
}
