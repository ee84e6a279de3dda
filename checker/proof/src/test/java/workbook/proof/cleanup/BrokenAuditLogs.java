package workbook.proof.cleanup;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Audit logs that are wrong. */
public final class BrokenAuditLogs {

  static final Table AUDIT_LOG = new Table(WorkbookModule.CLEANUP, "JdbcAuditLog");

  private static final String CUTOFF =
      "statement.setObject(1, LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC));";
  private static final String WHILE = "while (batch == batchSize && !cancel.isCancelled()) {";
  private static final String COMMIT = "          connection.commit();\n";
  private static final String EXECUTE = "batch = statement.executeUpdate();";
  private static final String ADD = "deleted += batch;";
  private static final String END =
      "      connection.setAutoCommit(autoCommit);\n      return deleted;";
  private static final String THROW = "      undo(failure, autoCommit);\n      throw failure;";
  private static final String ROLLBACK = "      connection.rollback();\n";
  private static final String LOG =
      "log.info(\"deleted {} audit entries from before {}\", deleted, cutoff);";
  private static final String STATEMENT =
      "try (var statement = connection.prepareStatement(DELETE_BATCH)) {";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          AUDIT_LOG
              .broken("dot-net")
              .why("The .NET chapter, translated: loads all old entries, deletes one by one.")
              .is(SeedAuditLog.class)
              .fails("3.17", "3.18", "3.19", "3.20", "3.21", "3.22", "3.23"),
          AUDIT_LOG
              .broken("one-big-delete")
              .why("One statement and one transaction for everything.")
              .is(BigDeleteAuditLog.class)
              .fails("3.17", "3.19", "3.20", "3.21", "3.22", "3.23"),
          AUDIT_LOG
              .broken("ids-are-loaded")
              .why("Reads the ids of a batch and deletes by id.")
              .is(IdsAuditLog.class)
              .fails("3.18"),
          // what
          AUDIT_LOG
              .broken("cutoff-included")
              .why("Entries at the cutoff go, too.")
              .change("happened_at < ?", "happened_at <= ?")
              .fails("3.15"),
          AUDIT_LOG
              .broken("whole-seconds")
              .why("The cutoff loses its fraction of a second.")
              .change(
                  "LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC)",
                  "LocalDateTime.ofInstant(cutoff, ZoneOffset.UTC).withNano(0)")
              .fails("3.15"),
          AUDIT_LOG
              .broken("always-zero")
              .why("Does not count.")
              .change("      return deleted;", "      return 0;")
              .fails("3.15", "3.17", "3.21"),
          AUDIT_LOG
              .broken("last-batch-counted")
              .why("The number of the last batch is returned and logged.")
              .change(ADD, "deleted = batch;")
              .fails("3.17", "3.21", "3.22"),
          // zones
          AUDIT_LOG
              .broken("zone-of-the-jvm")
              .why("The cutoff is written as a local time.")
              .change("ZoneOffset.UTC)", "java.time.ZoneId.systemDefault())")
              .fails("3.16"),
          AUDIT_LOG
              .broken("timestamp-without-calendar")
              .why("JDBC writes the timestamp in the zone of the JVM.")
              .change(CUTOFF, "statement.setTimestamp(1, java.sql.Timestamp.from(cutoff));")
              .fails("3.16"),
          AUDIT_LOG
              .broken("time-with-a-zone")
              .why("The column has no zone; the database compares in that of its session.")
              .change(CUTOFF, "statement.setObject(1, cutoff.atOffset(ZoneOffset.UTC));")
              .fails("3.16"),
          AUDIT_LOG
              .broken("timestamp-of-a-local-time")
              .why("A Timestamp cannot hold a local time that the JVM's zone skips.")
              .change(
                  CUTOFF,
                  "statement.setTimestamp(\n"
                      + "            1,\n"
                      + "            java.sql.Timestamp.valueOf(LocalDateTime.ofInstant(cutoff,"
                      + " ZoneOffset.UTC)));")
              .fails("3.16"),
          // batches
          AUDIT_LOG
              .broken("one-more-in-a-batch")
              .why("A batch has one entry more than asked for.")
              .change("statement.setInt(2, batchSize);", "statement.setInt(2, batchSize + 1);")
              .change(WHILE, "while (batch >= batchSize && !cancel.isCancelled()) {")
              .fails("3.17", "3.19", "3.20", "3.21", "3.22"),
          AUDIT_LOG
              .broken("batch-ends-at-a-time")
              .why("Deletes up to the time of the last entry of the batch: all that share it go.")
              .change(
                  "      MERGE INTO audit_log USING (\n",
                  "      DELETE FROM audit_log WHERE happened_at <= (SELECT MAX(happened_at) FROM"
                      + " (\n")
              .change("SELECT id AS old FROM", "SELECT happened_at FROM")
              .change(") AS batch ON id = old WHEN MATCHED THEN DELETE", ") AS batch)")
              .change(WHILE, "while (batch >= batchSize && !cancel.isCancelled()) {")
              .fails("3.17"),
          AUDIT_LOG
              .broken("one-by-one")
              .why("Each entry is a transaction of its own.")
              .change("statement.setInt(2, batchSize);", "statement.setInt(2, 1);")
              .change(WHILE, "while (batch > 0 && !cancel.isCancelled()) {")
              .fails("3.17", "3.19", "3.20", "3.21", "3.22"),
          AUDIT_LOG
              .broken("one-batch-only")
              .why("The rest is left for the next hour.")
              .change(WHILE, "if (!cancel.isCancelled()) {")
              .fails("3.17", "3.18", "3.19", "3.20", "3.21", "3.22", "3.23"),
          AUDIT_LOG
              .broken("one-transaction-for-all")
              .why("Batches are deleted, and committed together at the end.")
              .change(COMMIT, "")
              .change(END, "      connection.commit();\n" + END)
              .fails("3.17", "3.19", "3.20", "3.21", "3.22", "3.23"),
          AUDIT_LOG
              .broken("never-committed")
              .why("Nothing is committed, unless somebody else does it.")
              .change(COMMIT, "")
              .fails("3.17", "3.19", "3.20", "3.21", "3.22", "3.23"),
          AUDIT_LOG
              .broken("newest-first")
              .why("Of the old entries, the newest go first.")
              .change("ORDER BY happened_at, id", "ORDER BY happened_at DESC, id")
              .fails("3.17"),
          AUDIT_LOG
              .broken("looks-first")
              .why("Reads all old entries to see whether there are any.")
              .change(
                  "      connection.setAutoCommit(false);\n",
                  "      try (var all =\n"
                      + "              connection.prepareStatement(\n"
                      + "                  \"SELECT * FROM audit_log WHERE happened_at < ?\")) {\n"
                      + "        all.setObject(1, LocalDateTime.ofInstant(cutoff,"
                      + " ZoneOffset.of(\"Z\")));\n"
                      + "        try (var rows = all.executeQuery()) {\n"
                      + "          int count = 0;\n"
                      + "          while (rows.next()) {\n"
                      + "            count++;\n"
                      + "          }\n"
                      + "          log.debug(\"{} to delete\", count);\n"
                      + "        }\n"
                      + "      }\n"
                      + "      connection.setAutoCommit(false);\n")
              .fails("3.18", "3.23"),
          AUDIT_LOG
              .broken("row-by-row")
              .why("Asks for the oldest entry, deletes it, and asks for the next.")
              .change(
                  EXECUTE,
                  "batch = 0;\n"
                      + "          try (var oldest =\n"
                      + "                  connection.prepareStatement(\n"
                      + "                      \"SELECT id FROM audit_log WHERE happened_at < ?"
                      + " ORDER BY happened_at, id LIMIT 1\");\n"
                      + "              var one =\n"
                      + "                  connection.prepareStatement(\n"
                      + "                      \"DELETE FROM audit_log WHERE id = ?\")) {\n"
                      + "            oldest.setObject(1,"
                      + " cutoff.atOffset(ZoneOffset.UTC).toLocalDateTime());\n"
                      + "            while (batch < batchSize) {\n"
                      + "              try (var rows = oldest.executeQuery()) {\n"
                      + "                if (!rows.next()) {\n"
                      + "                  break;\n"
                      + "                }\n"
                      + "                one.setLong(1, rows.getLong(1));\n"
                      + "              }\n"
                      + "              batch += one.executeUpdate();\n"
                      + "            }\n"
                      + "          }")
              .fails("3.18"),
          AUDIT_LOG
              .broken("room-for-a-whole-batch")
              .why("Reserves memory for as many entries as a batch may have.")
              .change(
                  "    long deleted = 0;\n",
                  "    long deleted = 0;\n"
                      + "    log.debug(\"room for {}\", new long[batchSize].length);\n")
              .fails("3.17"),
          // failures
          AUDIT_LOG
              .broken("failure-swallowed")
              .why("A failure is logged, and the call returns as if all were well.")
              .change(
                  THROW,
                  "      undo(failure, autoCommit);\n"
                      + "      log.error(\"not everything could be deleted\", failure);\n"
                      + "      return deleted;")
              .fails("3.19", "3.20", "3.22", "3.23"),
          AUDIT_LOG
              .broken("never-rolled-back")
              .why("Going back to auto-commit commits the batch that failed.")
              .change(ROLLBACK, "")
              .fails("3.19", "3.23"),
          AUDIT_LOG
              .broken("committed-on-failure")
              .why("What had been done of the batch is committed.")
              .change(ROLLBACK, "      connection.commit();\n")
              .fails("3.19"),
          AUDIT_LOG
              .broken("goes-on-after-a-failure")
              .why("A batch that fails is left out.")
              .change(
                  EXECUTE + "\n" + COMMIT,
                  "try {\n"
                      + "            batch = statement.executeUpdate();\n"
                      + "            connection.commit();\n"
                      + "          } catch (SQLException e) {\n"
                      + "            connection.rollback();\n"
                      + "            batch = 0;\n"
                      + "          }\n")
              .fails("3.19", "3.20", "3.22", "3.23"),
          AUDIT_LOG
              .broken("cleaning-up-takes-over")
              .why("When the rollback fails, too, its exception is what is thrown.")
              .change(
                  "private void undo(Throwable failure, boolean autoCommit) {",
                  "private void undo(Throwable failure, boolean autoCommit) throws SQLException {")
              .change("failure.addSuppressed(e);", "throw e;")
              .fails("3.20"),
          AUDIT_LOG
              .broken("failed-rollback-forgotten")
              .why("When the rollback fails, too, nobody hears of it.")
              .change("failure.addSuppressed(e);", "log.debug(\"not rolled back\", e);")
              .fails("3.20"),
          AUDIT_LOG
              .broken("wrapped-without-cause")
              .why("The message is kept, the exception is not.")
              .change(
                  THROW,
                  "      undo(failure, autoCommit);\n"
                      + "      throw new SQLException(failure.getMessage());")
              .fails("3.20"),
          // cancellation
          AUDIT_LOG
              .broken("deaf")
              .why("Nobody looks at the token.")
              .change(" && !cancel.isCancelled()", "")
              .fails("3.21", "3.22"),
          AUDIT_LOG
              .broken("one-batch-whatever-happens")
              .why("The token is looked at after the first batch.")
              .change(WHILE, "do {")
              .change(
                  "          " + ADD + "\n        }",
                  "          "
                      + ADD
                      + "\n        } while (batch == batchSize && !cancel.isCancelled());")
              .fails("3.21"),
          AUDIT_LOG
              .broken("token-cancels-the-statement")
              .why("The statement in progress is cancelled.")
              .change(
                  WHILE,
                  "cancel.onCancel(\n"
                      + "            () -> {\n"
                      + "              try {\n"
                      + "                statement.cancel();\n"
                      + "              } catch (SQLException e) {\n"
                      + "                log.warn(\"not cancelled\", e);\n"
                      + "              }\n"
                      + "            });\n"
                      + "        "
                      + WHILE)
              .fails("3.21"),
          AUDIT_LOG
              .broken("rolled-back-when-cancelled")
              .why("The batch in progress is undone.")
              .change(
                  COMMIT,
                  "          if (cancel.isCancelled()) {\n"
                      + "            connection.rollback();\n"
                      + "            break;\n"
                      + "          }\n"
                      + COMMIT)
              .fails("3.21", "3.22"),
          AUDIT_LOG
              .broken("cancellation-is-an-exception")
              .why("Throws when it is cancelled.")
              .change(
                  END,
                  "      if (cancel.isCancelled()) {\n"
                      + "        throw new"
                      + " java.util.concurrent.CancellationException(\"stopping\");\n"
                      + "      }\n"
                      + END)
              .fails("3.21", "3.22", "3.23"),
          // the log
          AUDIT_LOG
              .broken("nothing-logged")
              .why("The number is not logged.")
              .change(LOG, "")
              .fails("3.22"),
          AUDIT_LOG
              .broken("logged-for-developers")
              .why("The number is logged at DEBUG.")
              .change(LOG, LOG.replace("log.info", "log.debug"))
              .fails("3.22"),
          AUDIT_LOG
              .broken("logged-when-all-is-well")
              .why("The number is logged on the way that ends well.")
              .change("    } finally {\n      " + LOG + "\n    }", "    }")
              .change(END, "      " + LOG + "\n" + END)
              .fails("3.22"),
          AUDIT_LOG
              .broken("logs-what-was-tried")
              .why("A batch is counted before it is committed.")
              .change(COMMIT + "          " + ADD, "          " + ADD + "\n" + COMMIT)
              .fails("3.22"),
          // the connection
          AUDIT_LOG
              .broken("auto-commit-stays-off")
              .why("The mode is set back after a failure only.")
              .change(END, "      return deleted;")
              .fails("3.23"),
          AUDIT_LOG
              .broken("auto-commit-always-on")
              .why("The mode is not set back but set on.")
              .change(END, "      connection.setAutoCommit(true);\n      return deleted;")
              .fails("3.23"),
          AUDIT_LOG
              .broken("auto-commit-stays-off-after-a-failure")
              .why("The mode is set back when all is well.")
              .change(ROLLBACK + "      connection.setAutoCommit(autoCommit);\n", ROLLBACK)
              .fails("3.23"),
          AUDIT_LOG
              .broken("isolated-for-ever")
              .why("The isolation level is raised and not set back.")
              .change(
                  "      connection.setAutoCommit(false);\n",
                  "      connection.setTransactionIsolation(Connection.TRANSACTION_SERIALIZABLE);\n"
                      + "      connection.setAutoCommit(false);\n")
              .fails("3.23"),
          AUDIT_LOG
              .broken("statement-left-open")
              .why("The statement is not closed.")
              .change(
                  "      " + STATEMENT + "\n",
                  "      var statement = connection.prepareStatement(DELETE_BATCH);\n      {\n")
              .fails("3.23"),
          AUDIT_LOG
              .broken("connection-closed")
              .why("The connection is closed, though it belongs to the scope.")
              .change(LOG, LOG + "\n      connection.close();")
              .fails("3.15", "3.23"),
          AUDIT_LOG
              .broken("transaction-left-open")
              .why("Counts what is left, after the last commit.")
              .change(
                  END,
                  "      connection.setAutoCommit(autoCommit);\n"
                      + "      try (var left = connection.prepareStatement(\"SELECT COUNT(*) FROM"
                      + " audit_log\")) {\n"
                      + "        left.executeQuery();\n"
                      + "      }\n"
                      + "      return deleted;")
              .fails("3.23"),
          // arguments
          AUDIT_LOG
              .broken("connection-of-null")
              .why("A connection of null is taken.")
              .change(
                  "this.connection = Objects.requireNonNull(connection, \"connection\");",
                  "this.connection = connection;")
              .fails("3.24"),
          AUDIT_LOG
              .broken("cutoff-of-null")
              .why("A cutoff of null is stumbled over.")
              .change("Objects.requireNonNull(cutoff, \"cutoff\");", "")
              .fails("3.24"),
          AUDIT_LOG
              .broken("token-of-null")
              .why("A token of null is stumbled over.")
              .change("Objects.requireNonNull(cancel, \"cancel\");", "")
              .fails("3.24"),
          AUDIT_LOG
              .broken("batch-size-put-right")
              .why("A batch size below 1 becomes 1, in silence.")
              .change(
                  "Arguments.atLeast(batchSize, 1, \"batchSize\");",
                  "batchSize = Math.max(1, batchSize);")
              .fails("3.24"));

  private BrokenAuditLogs() {}
}
