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
          "Entries before the cutoff MUST be deleted and counted, and those at the cutoff or after"
              + " it MUST stay.",
      check =
          "whether the statement says < or <=; that the cutoff keeps its microseconds; that the"
              + " results of executeUpdate are added up and returned",
      lookAt = "deleteOlderThan")
  void strictlyBefore(Trial trial) {
    Batches.strictlyBefore(trial, this);
  }

  @Rule(
      number = "3.16",
      says = "The cutoff MUST be taken in UTC, whatever the zone of the JVM.",
      check =
          "how the cutoff gets into the statement: setTimestamp uses the JVM's zone unless it is"
              + " given a calendar, and a LocalDateTime has to be made in UTC; what the column's"
              + " type compares it with",
      lookAt = "deleteOlderThan")
  void otherZones(Trial trial) {
    CutoffZone.otherZones(trial, this);
  }

  @Rule(
      number = "3.17",
      says =
          "Each transaction MUST delete the oldest batchSize entries, and the last one what is"
              + " left.",
      check =
          "that the limit in the statement counts entries, not times, which several entries may"
              + " share; that each batch is committed by itself, also without auto-commit; when the"
              + " loop ends",
      lookAt = "deleteOlderThan")
  void batches(Trial trial) throws SQLException {
    Batches.batches(trial, this);
  }

  @Rule(
      number = "3.18",
      says =
          "Entries MUST NOT be loaded in order to be deleted: no query returns more than one row.",
      check =
          "a SELECT of the entries or of their ids, which takes memory and a round trip for each;"
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
          "When the connection is lost midway, the first failure MUST be thrown, and what fails"
              + " while cleaning up after it MUST be suppressed in it.",
      check =
          "what catch and finally blocks do with the connection: on a lost one that fails, too;"
              + " that such a failure is caught and added with addSuppressed, or it takes the place"
              + " of the first",
      lookAt = {"rollback", "deleteOlderThan"})
  void databaseLost(Trial trial) {
    EarlyEnds.databaseLost(trial, this);
  }

  @Rule(
      number = "3.21",
      says =
          "After a cancellation deleteOlderThan MUST NOT begin another batch, and MUST complete the"
              + " batch in progress.",
      check =
          "that the token is looked at before each batch, the first one too; that nothing cuts off"
              + " the batch in progress",
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
          "the level; that the line is written on every way out, with what was committed and not"
              + " with what was tried",
      lookAt = "deleteOlderThan")
  void numberIsLogged(Trial trial) {
    EarlyEnds.numberIsLogged(trial, this);
  }

  @Rule(
      number = "3.23",
      says =
          "The connection MUST be left as it was: open, in its auto-commit mode and isolation"
              + " level, with no transaction and no statement open.",
      check =
          "that auto-commit is set back on every way out, after an Error, too; that statements are"
              + " closed (try-with-resources); that the connection is not closed, since it belongs"
              + " to the scope",
      lookAt = "deleteOlderThan")
  void connectionAsItWas(Trial trial) throws SQLException {
    EarlyEnds.connectionAsItWas(trial, this);
  }

  @Rule(
      number = "3.24",
      says =
          "A connection, cutoff or token that is null, and a batch size below 1, MUST be refused"
              + " with a message that names it.",
      check =
          "that the constructor and the first lines of deleteOlderThan look at each argument; that"
              + " the message names it",
      lookAt = "deleteOlderThan")
  void arguments(Trial trial) {
    AuditLogArguments.arguments(trial, this);
  }

  @Rule(
      number = "3.41",
      says = "The cutoff MUST reach the database as a parameter, not as a part of the SQL's text.",
      check =
          "that the statement is prepared with a ? where the cutoff goes; a text made with +,"
              + " formatted or replace is another statement each time",
      lookAt = "deleteOlderThan")
  void parameters(Trial trial) {
    Batches.parameters(trial, this);
  }
}
