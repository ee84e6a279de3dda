package workbook.contracts.recurring;

import static workbook.contracts.recurring.AuditBench.CUTOFF;
import static workbook.contracts.recurring.SchedulerBench.START;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.recurring.AuditEntries;
import workbook.recurring.CleanupJob;

/** Which rows a run deletes. */
final class Cutoffs {

  private static final int MANY = 60;

  private Cutoffs() {}

  static void cutoff(Trial trial, DailyCleanupContract page) throws SQLException {
    trial.setUp(
        "rows are kept for 30 days, and are a year and a microsecond older than the cutoff, exactly"
            + " at it, 1 ms and 29 days younger; the same ten days and some microseconds later;"
            + " then with 90 min and batches of 1, at last 60 of them, and with 300 years; the"
            + " database's sessions are in Tokyo, the JVM is in Kolkata");
    var zone = TimeZone.getDefault();
    trial.afterwards(() -> TimeZone.setDefault(zone));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
    var bench = new AuditBench(trial, page, "Asia/Tokyo");
    expectCutOff(trial, bench, bench.cleanup, CUTOFF);
    var later = Duration.ofDays(10).plusNanos(123_456_000); // over a change of the clocks
    bench.clock.now = START.plus(later);
    expectCutOff(trial, bench, bench.cleanup, CUTOFF.plus(later));
    var brief = keeping(trial, page, bench, "90 min", Duration.ofMinutes(90));
    var cutoff = bench.clock.now.minus(Duration.ofMinutes(90));
    expectCutOff(trial, bench, brief, cutoff);
    bench.add(cutoff.minusSeconds(1), MANY);
    bench.run(brief, CancellationToken.none());
    trial.expect("all batches are deleted in one run", bench.rows(), 3);
    var longest = keeping(trial, page, bench, "300 years", Duration.ofDays(300 * 365));
    bench.add(Instant.EPOCH, 1);
    bench.run(longest, CancellationToken.none());
    trial.expect("what is kept for 300 years stays", bench.rows(), 4);
  }

  private static CleanupJob keeping(
      Trial trial, DailyCleanupContract page, AuditBench bench, String shown, Duration keep) {
    try {
      return page.create(bench.database, bench.clock, keep, 1);
    } catch (RuntimeException e) {
      throw trial.broken(
          "a time to keep of %s and batches of 1 are accepted".formatted(shown),
          Trial.describe(e) + " was thrown",
          e.getStackTrace());
    }
  }

  private static void expectCutOff(
      Trial trial, AuditBench bench, CleanupJob cleanup, Instant cutoff) throws SQLException {
    bench.execute("delete from audit_log");
    var young = List.of(cutoff, cutoff.plusMillis(1), cutoff.plus(Duration.ofDays(29)));
    AuditEntries.add(bench.database, young.subList(1, 3));
    AuditEntries.add(bench.database, List.of(cutoff.minus(Duration.ofDays(365))));
    AuditEntries.add(bench.database, young.subList(0, 1));
    AuditEntries.add(bench.database, List.of(cutoff.minusNanos(1_000)));
    bench.run(cleanup, CancellationToken.none());
    var left = AuditEntries.times(bench.database);
    if (left.isEmpty() || left.equals(young.subList(1, 3))) { // the cutoff itself may be right
      trial.lookAt("prepareStatement", "run");
    }
    trial.expect(
        "left are the row at the cutoff, " + cutoff + ", and the younger ones", left, young);
  }

  static void twice(Trial trial, DailyCleanupContract page) throws SQLException {
    trial.setUp("25 old rows and 25 young ones, batches of 10; two runs; 15 old rows; a run");
    var bench = new AuditBench(trial, page);
    bench.add(CUTOFF.minusSeconds(1), 25);
    var young = bench.add(START, 25);
    bench.run();
    trial.expect("after the first run the young rows are left", bench.rows(), young.size());
    bench.run();
    trial.expect("after the second run the young rows are left", bench.rows(), young.size());
    bench.add(CUTOFF.minusSeconds(1), 15);
    bench.run();
    trial.expect("the next old rows are deleted, no others", bench.rows(), young.size());
  }
}
