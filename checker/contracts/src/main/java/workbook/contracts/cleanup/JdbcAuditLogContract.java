package workbook.contracts.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.cleanup.AuditLog;

/** The rules of an audit log over JDBC whose old entries are deleted in batches. */
@Tag("step-2")
@Step(module = WorkbookModule.CLEANUP, number = 2, type = "JdbcAuditLog")
public abstract class JdbcAuditLogContract {

  /**
   * Makes the audit log under test.
   *
   * @param connection what it works over
   * @return a new audit log
   */
  protected abstract AuditLog create(Connection connection);

  final AuditLogBench bench(Trial trial, boolean autoCommit) {
    var database = TestDatabase.open(trial);
    database.add(AuditLogBench.entries());
    return bench(trial, database, autoCommit);
  }

  final AuditLogBench bench(Trial trial, TestDatabase database, boolean autoCommit) {
    return new AuditLogBench(trial, this::create, database, autoCommit);
  }

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
    Batches.strictlyBefore(trial, this);
  }

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
    CutoffZone.otherZones(trial, this);
  }

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
    Batches.batches(trial, this);
  }

  @Rule(
      number = "3.18",
      says = "Entries MUST NOT be loaded to be deleted: no query gives more than one row.",
      check =
          "a SELECT of the entries, or of their ids: that is memory, and a way to and fro for each;"
              + " the DELETE can hold the condition itself",
      lookAt = "deleteOlderThan")
  void nothingIsLoaded(Trial trial) {
    Batches.nothingIsLoaded(trial, this);
  }

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
    EarlyEnds.batchFails(trial, this);
  }

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
    EarlyEnds.databaseLost(trial, this);
  }

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
    EarlyEnds.cancel(trial, this);
  }

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
    EarlyEnds.numberIsLogged(trial, this);
  }

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
    EarlyEnds.connectionAsItWas(trial, this);
  }

  @Rule(
      number = "3.24",
      says =
          "A connection, cutoff or token that is null, and a batch size below 1, MUST be refused"
              + " with a message that names it.",
      check = "the constructor and the first lines of deleteOlderThan",
      lookAt = "deleteOlderThan")
  void arguments(Trial trial) {
    AuditLogArguments.arguments(trial, this);
  }
}
