package workbook.contracts.cleanup;

import ch.qos.logback.classic.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.CancellationToken;

/** The rules of an audit log over JDBC: here how a clean-up ends early, and what it leaves. */
@Tag("step-2")
@Step(module = WorkbookModule.CLEANUP, number = 2, type = "JdbcAuditLog")
public abstract class JdbcAuditLogContract extends BatchRules {

  /** A contract is stateless. */
  protected JdbcAuditLogContract() {}

  /** A batch is done whole or not at all; what was done before stays done. */
  @Rule(
      number = "3.19",
      says =
          "A batch that fails MUST be rolled back and the failure thrown; the batches before it"
              + " MUST stay deleted.",
      check =
          "that the exception is not swallowed; that a batch that failed is rolled back before"
              + " anything else is done with the connection: switching to auto-commit commits it",
      lookAt = "deleteOlderThan")
  void batchFails(Trial trial) throws SQLException {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp(
          "the 13th oldest entry of 23 cannot be deleted, a note refers to it; batches of 5; "
              + inMode(autoCommit));
      var bench = bench(trial, autoCommit);
      bench.database.execute("CREATE TABLE note (entry BIGINT NOT NULL REFERENCES audit_log (id))");
      bench.database.execute(
          "INSERT INTO note SELECT id FROM audit_log ORDER BY happened_at LIMIT 1 OFFSET 12");
      trial.expectThrow("the database's refusal is thrown", bench::delete, SQLException.class);
      expectTwoBatches(bench);
    }
    trial.setUp("the database refuses the third transaction; batches of 5; " + inMode(false));
    var bench = bench(trial, false);
    bench.recording.failTransaction(3);
    trial.expectThrow("the database's refusal is thrown", bench::delete, SQLException.class);
    expectTwoBatches(bench);
  }

  private static void expectTwoBatches(Bench bench) {
    var end = bench.recording.endOfFailed();
    bench.trial.expectThat(
        "the transaction that failed ends with a rollback",
        end.isEmpty() || end.equals("rollback"),
        "it ended with " + end);
    bench.trial.expect(
        "the two batches before it stay deleted, the third does not",
        bench.recording.committed(),
        List.of(BATCH, BATCH));
    bench.trial.expect("13 and 4 entries are left", bench.left(), OLD - 2 * BATCH + NEW);
  }

  /** The first failure is the one that tells what happened. */
  @Rule(
      number = "3.20",
      says =
          "When the database is lost in the middle, the first failure MUST be thrown, and what"
              + " fails while cleaning up after it MUST be suppressed in it.",
      check =
          "catch and finally blocks: what they do with the connection fails, too, once it is lost,"
              + " and an exception from there takes the place of the first one, unless it is caught"
              + " and added with addSuppressed",
      lookAt = "deleteOlderThan")
  void databaseLost(Trial trial) {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp("the connection breaks in the third batch of 5; " + inMode(autoCommit));
      var bench = bench(trial, autoCommit);
      var first = new SQLException("the server has closed the connection");
      bench.recording.beforeBatch(
          batch -> {
            if (batch == 3) {
              bench.recording.lose(first);
            }
          });
      var thrown = trial.expectThrow("it throws", bench::delete, SQLException.class);
      trial.expectThat(
          "the first failure is thrown, or is the cause",
          ContainerBench.causes(thrown).anyMatch(e -> e == first),
          Trial.describe(thrown) + " was thrown");
      trial.expectThat(
          "what failed after that is suppressed in it",
          suppressed(thrown).containsAll(bench.recording.afterTheLoss()),
          bench.recording.afterTheLoss().size()
              + " calls of the connection failed after that; suppressed: "
              + Trial.describe(suppressed(thrown)));
      trial.expect(
          "two batches are deleted for good", bench.recording.committed(), List.of(BATCH, BATCH));
    }
  }

  /** All that is suppressed in an exception, in its causes, and in what is suppressed there. */
  private static List<Throwable> suppressed(Throwable thrown) {
    return ContainerBench.causes(thrown)
        .flatMap(e -> Stream.of(e.getSuppressed()))
        .flatMap(e -> Stream.concat(ContainerBench.causes(e), suppressed(e).stream()))
        .distinct()
        .toList();
  }

  /** Between batches, not within one. */
  @Rule(
      number = "3.21",
      says =
          "Once the token is cancelled no further batch MUST begin; the batch in progress MUST be"
              + " brought to its end.",
      check =
          "that the token is looked at before each batch, the first one too; that nothing is done"
              + " to the batch in progress",
      lookAt = "deleteOlderThan")
  void cancel(Trial trial) {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp("the token is cancelled during the second batch of 5; " + inMode(autoCommit));
      var bench = bench(trial, autoCommit);
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
          List.of(BATCH, BATCH));
      trial.expect("the entries of two batches are counted", deleted, 2L * BATCH);
      trial.expectThat(
          "the statement and the connection are left in peace",
          bench.recording.cutOff().isEmpty(),
          "called: " + Trial.describe(bench.recording.cutOff()));
    }
    trial.setUp("the token was cancelled beforehand");
    var bench = bench(trial, true);
    bench.source.cancel();
    long deleted = bench.expectDeleted("it returns, without an exception");
    trial.expect("nothing is deleted", bench.left(), OLD + NEW);
    trial.expect("nothing is counted", deleted, 0L);
  }

  /** How many are gone can be read in the log. */
  @Rule(
      number = "3.22",
      says =
          "The number of deleted entries MUST be logged at INFO, also when a batch fails or the"
              + " token is cancelled.",
      check =
          "the level; that the line is written on the way out, whatever the way, with what was"
              + " committed and not with what was tried",
      lookAt = "deleteOlderThan")
  void numberIsLogged(Trial trial) {
    trial.setUp("23 entries to delete in batches of 5");
    bench(trial, true).expectDeleted("it deletes");
    expectLogged(trial, OLD);
    trial.setUp("23 entries to delete in batches of 5; the fourth fails");
    var failing = bench(trial, false);
    failing.recording.failTransaction(4);
    trial.expectThrow("it throws", failing::delete, SQLException.class);
    expectLogged(trial, 3 * BATCH);
    trial.setUp("23 entries to delete in batches of 5; the token is cancelled in the second");
    var cancelled = bench(trial, true);
    cancelled.recording.beforeBatch(
        batch -> {
          if (batch == 2) {
            cancelled.source.cancel();
          }
        });
    cancelled.expectDeleted("it returns");
    expectLogged(trial, 2 * BATCH);
  }

  private static void expectLogged(Trial trial, int number) {
    var lines = trial.log().at(Level.INFO).stream().filter(l -> l.startsWith("INFO")).toList();
    trial.expectThat(
        "a line at INFO holds the number " + number,
        lines.stream().anyMatch(line -> line.matches("(?s).*(?<!\\d)" + number + "(?!\\d).*")),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /** A borrowed connection goes back as it came. */
  @Rule(
      number = "3.23",
      says =
          "The connection MUST be left as it was: open, in its auto-commit mode and isolation"
              + " level, without a transaction or an open statement.",
      check =
          "that auto-commit is set back, on every way out; that statements are closed"
              + " (try-with-resources); that the connection is not: it belongs to the scope. A pool"
              + " may mend all this in silence, and hide it",
      lookAt = "deleteOlderThan")
  void connectionAsItWas(Trial trial) {
    for (boolean autoCommit : List.of(true, false)) {
      trial.setUp("a clean-up that ends well; " + inMode(autoCommit));
      var well = bench(trial, autoCommit);
      well.expectDeleted("it deletes");
      well.recording.expectAsItWas("afterwards", autoCommit);
      trial.setUp("a clean-up whose second batch fails; " + inMode(autoCommit));
      var badly = bench(trial, autoCommit);
      badly.recording.failTransaction(2);
      trial.expectThrow("it throws", badly::delete, SQLException.class);
      badly.recording.expectAsItWas("after a failure", autoCommit);
      trial.setUp("a clean-up that is cancelled beforehand; " + inMode(autoCommit));
      var cancelled = bench(trial, autoCommit);
      cancelled.source.cancel();
      cancelled.expectDeleted("it returns");
      cancelled.recording.expectAsItWas("after a cancellation", autoCommit);
    }
  }

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "3.24",
      says =
          "A connection, cutoff or token that is null, and a batch size below 1, MUST be refused"
              + " with a message that names it.",
      check = "the constructor and the first lines of deleteOlderThan",
      lookAt = "deleteOlderThan")
  void arguments(Trial trial) {
    trial.setUp("bad arguments, one at a time");
    var bench = bench(trial, true);
    var auditLog = bench.auditLog;
    var never = CancellationToken.none();
    trial.expectRefused("a connection of null", () -> create(Trial.noValue()), "connection");
    trial.expectRefused(
        "a cutoff of null",
        () -> auditLog.deleteOlderThan(Trial.noValue(), BATCH, never),
        "cutoff");
    Executable noToken = () -> auditLog.deleteOlderThan(CUTOFF, BATCH, Trial.noValue());
    trial.expectRefused("a token of null", noToken, oneOf(noToken, "cancel", "token"));
    for (int size : List.of(0, -1)) {
      Executable noBatch = () -> auditLog.deleteOlderThan(CUTOFF, size, never);
      trial.expectRefused(
          "a batch size of " + size, noBatch, oneOf(noBatch, "batchSize", "batch", "Batch"));
    }
    trial.expect("nothing is deleted", bench.left(), OLD + NEW);
  }

  /**
   * The word that the message of a refusal has for an argument: its name, or another one for it.
   */
  private static String oneOf(Executable refused, String name, String... others) {
    try {
      refused.execute();
      return name;
    } catch (Throwable e) {
      var message = String.valueOf(e.getMessage());
      return Stream.of(others).filter(message::contains).findFirst().orElse(name);
    }
  }
}
