package workbook.contracts.cleanup;

import ch.qos.logback.classic.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import workbook.checker.Trial;
import workbook.checker.fakes.CountingToken;
import workbook.hosting.CancellationToken;

/** How a clean-up that fails or is cancelled ends, and what it leaves. */
final class EarlyEnds {

  private EarlyEnds() {}

  static void batchFails(Trial trial, JdbcAuditLogContract page) throws SQLException {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp(
          "the 13th oldest entry of 23 cannot be deleted, since a note refers to it; batches of 5; "
              + AuditLogBench.inMode(autoCommit));
      var bench = page.bench(trial, autoCommit);
      bench.database.execute("CREATE TABLE note (entry BIGINT NOT NULL REFERENCES audit_log (id))");
      bench.database.execute(
          "INSERT INTO note SELECT id FROM audit_log ORDER BY happened_at LIMIT 1 OFFSET 12");
      trial.expectThrow("the database's exception is thrown", bench::delete, SQLException.class);
      expectTwoBatches(bench);
    }
    trial.setUp(
        "the database refuses the third transaction; batches of 5; " + AuditLogBench.inMode(false));
    var bench = page.bench(trial, false);
    bench.recording.failTransaction(3);
    trial.expectThrow("the database's exception is thrown", bench::delete, SQLException.class);
    expectTwoBatches(bench);
  }

  private static void expectTwoBatches(AuditLogBench bench) {
    var end = bench.recording.endOfFailed();
    bench.trial.lookAt("rollback", "addSuppressed", "deleteOlderThan");
    bench.trial.expectThat(
        "the transaction that failed ends with a rollback",
        end.isEmpty() || end.equals("rollback"),
        "it ended with " + end);
    bench.trial.lookAt();
    bench.trial.expect(
        "the two batches before it stay deleted, the third does not",
        bench.recording.committed(),
        List.of(AuditLogBench.BATCH, AuditLogBench.BATCH));
    bench.trial.expect(
        "13 and 4 entries are left",
        bench.left(),
        AuditLogBench.OLD - 2 * AuditLogBench.BATCH + AuditLogBench.NEW);
  }

  /** The first failure is the one that tells what happened. */
  static void databaseLost(Trial trial, JdbcAuditLogContract page) {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp(
          "the connection breaks in the third batch of 5; " + AuditLogBench.inMode(autoCommit));
      databaseLost(trial, page.bench(trial, autoCommit), false);
      trial.setUp(
          "the connection breaks in the third batch of 5, and from then on throws the same"
              + " exception; "
              + AuditLogBench.inMode(autoCommit));
      databaseLost(trial, page.bench(trial, autoCommit), true);
    }
  }

  private static void databaseLost(Trial trial, AuditLogBench bench, boolean sameEachTime) {
    var first = new SQLException("the server has closed the connection");
    bench.recording.beforeBatch(
        batch -> {
          if (batch == 3) {
            bench.recording.lose(first, sameEachTime);
          }
        });
    var thrown = trial.expectThrow("it throws", bench::delete, SQLException.class);
    trial.expectThat(
        "the first failure is thrown, or is the cause",
        ContainerBench.causes(thrown).anyMatch(e -> e == first),
        Trial.describe(thrown) + " was thrown");
    var later = bench.recording.afterTheLoss().stream().filter(e -> e != first).toList();
    trial.expectThat(
        "what failed after that is suppressed in it",
        suppressed(thrown).containsAll(later),
        later.size()
            + " calls of the connection failed after that; suppressed: "
            + Trial.describe(suppressed(thrown)));
    trial.expect(
        "two batches are deleted for good",
        bench.recording.committed(),
        List.of(AuditLogBench.BATCH, AuditLogBench.BATCH));
  }

  /** All that is suppressed in an exception, in its causes, and in what is suppressed there. */
  private static List<Throwable> suppressed(Throwable thrown) {
    return ContainerBench.causes(thrown)
        .flatMap(e -> Stream.of(e.getSuppressed()))
        .flatMap(e -> Stream.concat(ContainerBench.causes(e), suppressed(e).stream()))
        .distinct()
        .toList();
  }

  static void cancel(Trial trial, JdbcAuditLogContract page) {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp(
          "the token is cancelled during the second batch of 5; "
              + AuditLogBench.inMode(autoCommit));
      var bench = page.bench(trial, autoCommit);
      bench.recording.beforeBatch(
          batch -> {
            if (batch == 2) {
              trial.note("the token is cancelled");
              bench.source.cancel();
            }
          });
      long deleted = bench.expectDeleted("it returns, without an exception");
      trial.expect(
          "the second batch is completed and is the last",
          bench.recording.committed(),
          List.of(AuditLogBench.BATCH, AuditLogBench.BATCH));
      trial.expect("the entries of two batches are counted", deleted, 2L * AuditLogBench.BATCH);
      trial.expectThat(
          "nothing cuts off the statement or the connection",
          bench.recording.cutOff().isEmpty(),
          "called: " + Trial.describe(bench.recording.cutOff()));
    }
    trial.setUp("the token was cancelled beforehand");
    var bench = page.bench(trial, true);
    bench.source.cancel();
    long deleted = bench.expectDeleted("it returns, without an exception");
    trial.expect("nothing is deleted", bench.left(), AuditLogBench.OLD + AuditLogBench.NEW);
    trial.expect("nothing is counted", deleted, 0L);
    trial.setUp("a token that counts the actions which are registered with it");
    var token = new CountingToken();
    var counting = page.bench(trial, true);
    trial.expectReturn(
        "it deletes",
        () -> counting.auditLog.deleteOlderThan(AuditLogBench.CUTOFF, AuditLogBench.BATCH, token));
    trial.expect(
        "actions that are registered with the token afterwards: none", token.registrations(), 0);
  }

  static void numberIsLogged(Trial trial, JdbcAuditLogContract page) {
    trial.setUp("23 entries to delete in batches of 5");
    page.bench(trial, true).expectDeleted("it deletes");
    expectLogged(trial, AuditLogBench.OLD);
    trial.setUp("23 entries to delete in batches of 5; the fourth fails");
    var failing = page.bench(trial, false);
    failing.recording.failTransaction(4);
    trial.expectThrow("it throws", failing::delete, SQLException.class);
    expectLogged(trial, 3 * AuditLogBench.BATCH);
    trial.setUp("23 entries to delete in batches of 5; the token is cancelled in the second");
    var cancelled = page.bench(trial, true);
    cancelled.recording.beforeBatch(
        batch -> {
          if (batch == 2) {
            cancelled.source.cancel();
          }
        });
    cancelled.expectDeleted("it returns");
    expectLogged(trial, 2 * AuditLogBench.BATCH);
  }

  private static void expectLogged(Trial trial, int number) {
    var lines = trial.log().at(Level.INFO).stream().filter(l -> l.startsWith("INFO")).toList();
    trial.expectThat(
        "a line at INFO holds the number " + number,
        lines.stream().anyMatch(line -> line.matches("(?s).*(?<!\\d)" + number + "(?!\\d).*")),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /** A pool may mend all this in silence, and hide it. */
  static void connectionAsItWas(Trial trial, JdbcAuditLogContract page) throws SQLException {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp("a clean-up that ends well; " + AuditLogBench.inMode(autoCommit));
      var well = page.bench(trial, autoCommit);
      well.expectDeleted("it deletes");
      well.recording.expectAsItWas("afterwards", autoCommit);
      trial.setUp("a clean-up whose second batch fails; " + AuditLogBench.inMode(autoCommit));
      var badly = page.bench(trial, autoCommit);
      badly.recording.failTransaction(2);
      trial.expectThrow("it throws", badly::delete, SQLException.class);
      badly.recording.expectAsItWas("after a failure", autoCommit);
      trial.setUp("a clean-up that is cancelled beforehand; " + AuditLogBench.inMode(autoCommit));
      var cancelled = page.bench(trial, autoCommit);
      cancelled.source.cancel();
      cancelled.expectDeleted("it returns");
      cancelled.recording.expectAsItWas("after a cancellation", autoCommit);
      trial.setUp("the database refuses every statement; " + AuditLogBench.inMode(autoCommit));
      var refused = page.bench(trial, autoCommit);
      refused.recording.refuseStatements();
      trial.expectThrow("it throws", refused::delete, SQLException.class);
      refused.recording.expectAsItWas("after the refusal", autoCommit);
      trial.setUp(
          "the driver throws an Error in the second batch; " + AuditLogBench.inMode(autoCommit));
      var error = page.bench(trial, autoCommit);
      error.recording.beforeBatch(
          batch -> {
            if (batch == 2) {
              throw new NoClassDefFoundError("org/postgresql/util/PSQLException");
            }
          });
      trial.expectThrow("it throws", error::delete, Throwable.class);
      error.recording.expectAsItWas("after the Error", autoCommit);
      trial.setUp(
          "the token throws an exception when it is asked before the third batch; "
              + AuditLogBench.inMode(autoCommit));
      tokenThrows(trial, page.bench(trial, autoCommit), autoCommit);
    }
  }

  private static void tokenThrows(Trial trial, AuditLogBench bench, boolean autoCommit)
      throws SQLException {
    var asked = new AtomicInteger();
    var token =
        new CancellationToken() {
          @Override
          public boolean isCancelled() {
            if (asked.incrementAndGet() == 3) {
              throw new IllegalStateException("a bug in the token");
            }
            return false;
          }

          @Override
          public Registration onCancel(Runnable wake) {
            return () -> {};
          }
        };
    try {
      bench.auditLog.deleteOlderThan(AuditLogBench.CUTOFF, AuditLogBench.BATCH, token);
    } catch (SQLException | RuntimeException e) {
      trial.note(Trial.describe(e) + " is thrown");
    }
    bench.recording.expectAsItWas("afterwards", autoCommit);
  }
}
