package workbook.contracts.cleanup;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;

/** Which entries are deleted, and how many at a time. */
final class Batches {

  private Batches() {}

  static void strictlyBefore(Trial trial, JdbcAuditLogContract page) {
    for (var cutoff :
        List.of(
            "2030-01-31T12:00:00.000500Z",
            "2030-07-31T12:00:00.000500Z",
            "2029-12-31T23:59:59.999999Z",
            "1969-12-31T23:59:59.000500Z")) {
      strictlyBefore(trial, page, Instant.parse(cutoff));
    }
  }

  private static void strictlyBefore(Trial trial, JdbcAuditLogContract page, Instant cutoff) {
    trial.setUp(
        "entries 30 days, 10 minutes, 1 s and 1 microsecond before the cutoff, at it, and after it;"
            + " it is "
            + cutoff);
    var database = TestDatabase.open(trial);
    var micro = Duration.ofNanos(1_000);
    var minutes = Duration.ofMinutes(10);
    var kept = List.of(cutoff, cutoff.plus(micro), cutoff.plusSeconds(1), cutoff.plus(minutes));
    database.add(
        List.of(
            cutoff.minus(micro),
            cutoff.minusSeconds(1),
            cutoff.minus(minutes),
            cutoff.minus(Duration.ofDays(30))));
    database.add(kept);
    var bench = page.bench(trial, database, true);
    long deleted =
        trial.expectReturn(
            "it deletes",
            () ->
                bench.auditLog.deleteOlderThan(
                    cutoff, AuditLogBench.BATCH, CancellationToken.none()));
    trial.expect("the entries at the cutoff and after it stay", database.times(), kept);
    trial.expect("the number of deleted entries is returned", deleted, 4L);
    long again =
        trial.expectReturn(
            "it deletes nothing the second time",
            () ->
                bench.auditLog.deleteOlderThan(
                    cutoff, AuditLogBench.BATCH, CancellationToken.none()));
    trial.expect("nothing is left to delete", again, 0L);
  }

  static void batches(Trial trial, JdbcAuditLogContract page) throws SQLException {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp(
          "23 entries to delete in batches of 5; "
              + AuditLogBench.inMode(autoCommit)
              + (autoCommit ? "" : "; the table has no index"));
      var bench = page.bench(trial, autoCommit);
      if (!autoCommit) { // an index hides that no order is asked for
        bench.database.execute("DROP INDEX audit_log_happened_at");
      }
      var wrong = new ArrayList<String>();
      bench.recording.beforeBatch(
          batch -> {
            var expected = oldest(AuditLogBench.BATCH * (batch - 1));
            if (wrong.isEmpty() && batch <= 5 && !bench.database.times().equals(expected)) {
              wrong.add("before batch " + batch + ", entries other than the oldest were gone");
            }
          });
      bench.expectDeleted("it deletes");
      trial.expect(
          "the transactions delete 5, 5, 5, 5 and 3",
          bench.recording.committed(),
          List.of(5, 5, 5, 5, 3));
      trial.expect("the oldest go first", wrong, List.of());
      trial.expect("the 4 entries after the cutoff are left", bench.left(), AuditLogBench.NEW);
    }
    trial.setUp("10 entries to delete in batches of 5: the last batch is a full one");
    var database = TestDatabase.open(trial);
    database.add(
        AuditLogBench.entries().stream()
            .filter(time -> time.isBefore(AuditLogBench.CUTOFF))
            .limit(10)
            .toList());
    var bench = page.bench(trial, database, true);
    long deleted = bench.expectDeleted("it comes to an end");
    trial.expect("the transactions delete 5 and 5", bench.recording.committed(), List.of(5, 5));
    trial.expect("10 are counted", deleted, 10L);
    trial.setUp("12 entries of the very same time, to delete in batches of 5");
    var crowded = TestDatabase.open(trial);
    crowded.add(Collections.nCopies(12, AuditLogBench.CUTOFF.minusSeconds(1)));
    var ties = page.bench(trial, crowded, true);
    ties.expectDeleted("it deletes");
    trial.expect(
        "the transactions delete 5, 5 and 2", ties.recording.committed(), List.of(5, 5, 2));
    expectSizes(trial, page, 1, List.of(1, 1, 1));
    expectSizes(trial, page, Integer.MAX_VALUE, List.of(3));
  }

  private static void expectSizes(
      Trial trial, JdbcAuditLogContract page, int batchSize, List<Integer> sizes) {
    trial.setUp("3 entries to delete in batches of " + batchSize);
    var database = TestDatabase.open(trial);
    database.add(
        AuditLogBench.entries().stream()
            .filter(time -> time.isBefore(AuditLogBench.CUTOFF))
            .limit(3)
            .toList());
    var bench = page.bench(trial, database, true);
    trial.expectReturn(
        "it deletes",
        () ->
            bench.auditLog.deleteOlderThan(
                AuditLogBench.CUTOFF, batchSize, CancellationToken.none()));
    trial.expect("the transactions delete " + sizes, bench.recording.committed(), sizes);
  }

  /** All entries but the n oldest, as the database gives them. */
  private static List<Instant> oldest(int n) {
    return AuditLogBench.entries().stream().sorted().skip(n).toList();
  }

  /** A value in the text of a statement is a new statement for the database each time, or worse. */
  static void parameters(Trial trial, JdbcAuditLogContract page) {
    trial.setUp("two clean-ups of the same entries, with cutoffs a day apart");
    var texts = new ArrayList<Set<String>>();
    for (var cutoff :
        List.of(AuditLogBench.CUTOFF, AuditLogBench.CUTOFF.plus(Duration.ofDays(1)))) {
      var bench = page.bench(trial, true);
      trial.expectReturn(
          "it deletes",
          () ->
              bench.auditLog.deleteOlderThan(
                  cutoff, AuditLogBench.BATCH, CancellationToken.none()));
      texts.add(bench.recording.statements());
    }
    var onlyOnce =
        texts.getFirst().stream().filter(text -> !texts.getLast().contains(text)).findFirst();
    trial.expectThat(
        "the SQL is the same whatever the cutoff is",
        onlyOnce.isEmpty(),
        "of one cutoff only: " + onlyOnce.orElse("nothing").replaceAll("\\s+", " ").strip());
  }

  /** What is loaded takes memory, and a way to and fro for each entry. */
  static void nothingIsLoaded(Trial trial, JdbcAuditLogContract page) {
    trial.setUp("23 entries to delete in batches of 5");
    var bench = page.bench(trial, true);
    bench.expectDeleted("it deletes");
    trial.expectThat(
        "no query returns more than one row",
        bench.recording.mostRows() <= 1,
        "a query returned " + bench.recording.mostRows() + " rows");
    trial.expectThat(
        "all queries together return fewer rows than there are entries to delete",
        bench.recording.allRows() < AuditLogBench.OLD,
        "they returned " + bench.recording.allRows() + " rows, so the entries came one by one");
    trial.expect("all are deleted", bench.left(), AuditLogBench.NEW);
  }
}
