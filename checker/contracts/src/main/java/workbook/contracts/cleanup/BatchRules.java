package workbook.contracts.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.cleanup.AuditLog;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

/** The rules of what is deleted, and in what portions. */
abstract class BatchRules {

  static final Instant CUTOFF = Instant.parse("2030-03-31T00:30:00Z");
  static final int BATCH = 5;
  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  static final int OLD = 23;
  static final int NEW = 4;

  /** For the subclasses in this package. */
  BatchRules() {}

  /**
   * Makes the audit log under test.
   *
   * @param connection what it works over
   * @return a new audit log
   */
  protected abstract AuditLog create(Connection connection);

  /** A database with entries before and after the cutoff, and a connection that is recorded. */
  final class Bench {

    final Trial trial;
    final TestDatabase database;
    final Recording recording;
    final AuditLog auditLog;
    final CancellationSource source = new CancellationSource();

    Bench(Trial trial, TestDatabase database, boolean autoCommit) {
      this.trial = trial;
      this.database = database;
      this.recording = new Recording(trial, database, autoCommit);
      this.auditLog = trial.subject(create(recording.connection()));
    }

    long delete() throws SQLException {
      return auditLog.deleteOlderThan(CUTOFF, BATCH, source.token());
    }

    long expectDeleted(String expected) {
      return trial.expectReturn(expected, this::delete);
    }

    int left() {
      return database.times().size();
    }
  }

  final Bench bench(Trial trial, boolean autoCommit) {
    var database = TestDatabase.open(trial);
    database.add(entries());
    return new Bench(trial, database, autoCommit);
  }

  /** 23 entries before the cutoff and 4 after it, a minute apart, in no order. */
  static List<Instant> entries() {
    var times =
        new ArrayList<>(
            IntStream.rangeClosed(-OLD, NEW)
                .filter(n -> n != 0)
                .mapToObj(n -> CUTOFF.plusSeconds(60L * n))
                .toList());
    Collections.shuffle(times, new Random(3));
    return times;
  }

  static String inMode(boolean autoCommit) {
    return autoCommit ? "a connection in auto-commit mode" : "a connection without auto-commit";
  }

  /** Before the cutoff, not at it. */
  @Rule(
      number = "3.15",
      says =
          "Entries before the cutoff MUST be deleted and counted, those at the cutoff and after it"
              + " MUST stay.",
      check =
          "< or <=; that the cutoff keeps its microseconds; that what executeUpdate returns is"
              + " added up, and returned",
      lookAt = "deleteOlderThan")
  void strictlyBefore(Trial trial) {
    trial.setUp("entries 30 days, 1 s and 1 microsecond before the cutoff, at it, and after it");
    var database = TestDatabase.open(trial);
    var cutoff = Instant.parse("2030-01-31T12:00:00.000500Z");
    var micro = Duration.ofNanos(1_000);
    var kept = List.of(cutoff, cutoff.plus(micro), cutoff.plusSeconds(1));
    database.add(
        List.of(cutoff.minus(micro), cutoff.minusSeconds(1), cutoff.minus(Duration.ofDays(30))));
    database.add(kept);
    var bench = new Bench(trial, database, true);
    long deleted =
        trial.expectReturn(
            "it deletes",
            () -> bench.auditLog.deleteOlderThan(cutoff, BATCH, CancellationToken.none()));
    trial.expect("the entries at the cutoff and after it stay", database.times(), kept);
    trial.expect("the number of deleted entries is returned", deleted, 3L);
    long again =
        trial.expectReturn(
            "it deletes nothing the second time",
            () -> bench.auditLog.deleteOlderThan(cutoff, BATCH, CancellationToken.none()));
    trial.expect("nothing is left to delete", again, 0L);
  }

  /** UTC, wherever the JVM stands. */
  @Rule(
      number = "3.16",
      says = "The cutoff MUST be taken in UTC, whatever the zone of the JVM.",
      check =
          "how the cutoff gets into the statement: setTimestamp writes it in the zone of the JVM,"
              + " unless it is given a calendar; a Timestamp of a local time that this zone skips"
              + " is another time; a LocalDateTime needs to be told UTC; and in a comparison with a"
              + " time that has a zone, the database uses its session's",
      lookAt = "deleteOlderThan")
  void otherZones(Trial trial) {
    bench(trial, true); // the object under test: findings point into its source
    trial.setUp(
        "a JVM of its own in the zone Asia/Beirut, where clocks skip from 00:00 to 01:00 on the"
            + " day of the cutoff, 00:30 UTC; one entry 10 minutes before the cutoff, one after");
    trial.expect(
        "of the entries at -PT10M and PT10M, counted from the cutoff, the one after it stays",
        InAnotherZone.run(trial, this, "Asia/Beirut", "left at "),
        List.of("PT10M"));
  }

  /** What the rule above runs in a JVM of its own. */
  final void deleteInThisZone() throws SQLException {
    var cleanUps = new ArrayList<org.junit.jupiter.api.function.Executable>();
    var database = TestDatabase.open(cleanUps::add);
    try (var connection = database.connect()) {
      database.add(List.of(CUTOFF.minus(TEN_MINUTES), CUTOFF.plus(TEN_MINUTES)));
      create(connection).deleteOlderThan(CUTOFF, BATCH, CancellationToken.none());
      database
          .times()
          .forEach(time -> System.out.println("left at " + Duration.between(CUTOFF, time)));
      if (database.times().isEmpty()) {
        System.out.println("left at none, both are gone");
      }
    } finally {
      for (var cleanUp : cleanUps) {
        try {
          cleanUp.execute();
        } catch (Throwable e) {
          System.out.println("the database could not be cleaned up: " + e);
        }
      }
    }
  }

  /** Portions, each for good before the next begins. */
  @Rule(
      number = "3.17",
      says =
          "Each transaction MUST delete batchSize entries, the last one what is left, the oldest"
              + " first.",
      check =
          "the limit in the statement, and that it counts entries and not times: several may have"
              + " happened at the same one; that each batch is committed by itself; that there is a"
              + " commit at all when the connection is not in auto-commit mode; the end of the"
              + " loop",
      lookAt = "deleteOlderThan")
  void batches(Trial trial) {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp("23 entries to delete in batches of 5; " + inMode(autoCommit));
      var bench = bench(trial, autoCommit);
      var wrong = new ArrayList<String>();
      bench.recording.beforeBatch(
          batch -> {
            var expected = oldest(BATCH * (batch - 1));
            if (wrong.isEmpty() && batch <= 5 && !bench.database.times().equals(expected)) {
              wrong.add("before batch " + batch + ", others than the oldest were gone");
            }
          });
      bench.expectDeleted("it deletes");
      trial.expect(
          "transactions delete 5, 5, 5, 5 and 3",
          bench.recording.committed(),
          List.of(5, 5, 5, 5, 3));
      trial.expect("the oldest go first", wrong, List.of());
      trial.expect("the 4 entries after the cutoff are left", bench.left(), NEW);
    }
    trial.setUp("10 entries to delete in batches of 5: the last batch is a full one");
    var database = TestDatabase.open(trial);
    database.add(entries().stream().filter(time -> time.isBefore(CUTOFF)).limit(10).toList());
    var bench = new Bench(trial, database, true);
    long deleted = bench.expectDeleted("it comes to an end");
    trial.expect("transactions delete 5 and 5", bench.recording.committed(), List.of(5, 5));
    trial.expect("10 are counted", deleted, 10L);
    trial.setUp("12 entries of the very same time, to delete in batches of 5");
    var crowded = TestDatabase.open(trial);
    crowded.add(Collections.nCopies(12, CUTOFF.minusSeconds(1)));
    var ties = new Bench(trial, crowded, true);
    ties.expectDeleted("it deletes");
    trial.expect("transactions delete 5, 5 and 2", ties.recording.committed(), List.of(5, 5, 2));
    expectSizes(trial, 1, List.of(1, 1, 1));
    expectSizes(trial, Integer.MAX_VALUE, List.of(3));
  }

  private void expectSizes(Trial trial, int batchSize, List<Integer> sizes) {
    trial.setUp("3 entries to delete in batches of " + batchSize);
    var database = TestDatabase.open(trial);
    database.add(entries().stream().filter(time -> time.isBefore(CUTOFF)).limit(3).toList());
    var bench = new Bench(trial, database, true);
    trial.expectReturn(
        "it deletes",
        () -> bench.auditLog.deleteOlderThan(CUTOFF, batchSize, CancellationToken.none()));
    trial.expect(
        "so many are deleted by each transaction: " + sizes, bench.recording.committed(), sizes);
  }

  /** All entries but the n oldest, as the database gives them. */
  private static List<Instant> oldest(int n) {
    return entries().stream().sorted().skip(n).toList();
  }

  /** The database deletes; nothing has to be loaded for that. */
  @Rule(
      number = "3.18",
      says = "Entries MUST NOT be loaded to be deleted: no query gives more than one row.",
      check =
          "a SELECT of the entries, or of their ids: that is memory, and a way to and fro for each;"
              + " the DELETE can hold the condition itself",
      lookAt = "deleteOlderThan")
  void nothingIsLoaded(Trial trial) {
    trial.setUp("23 entries to delete in batches of 5");
    var bench = bench(trial, true);
    bench.expectDeleted("it deletes");
    trial.expectThat(
        "no query gives more than one row",
        bench.recording.mostRows() <= 1,
        "a query gave " + bench.recording.mostRows() + " rows");
    trial.expectThat(
        "all queries together give fewer rows than there are entries to delete",
        bench.recording.allRows() < OLD,
        "they gave " + bench.recording.allRows() + " rows, so the entries came one by one");
    trial.expect("all are deleted", bench.left(), NEW);
  }
}
