package workbook.proof.recurring;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Cleanups that are wrong. */
public final class BrokenDailyCleanups {

  static final Table CLEANUP = new Table(WorkbookModule.RECURRING, "DailyCleanup");

  private static final String DAILY = "\"0 30 2 ? * *\"";
  private static final String REGISTER = "jobs.addOrUpdate(ID, NAME, DAILY, zone);";
  private static final String OLDER = "where written_at < ?";
  private static final String LOOP = "while (batch == batchSize && !stop.isCancelled()) {";
  private static final String OPEN = "try (var connection = database.getConnection();";
  private static final String LOG =
      "log.info(\"deleted {} audit records older than {}\", deleted, cutoff);";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          CLEANUP
              .broken("in-the-afternoon")
              .why("Hours and minutes are swapped.")
              .change(DAILY, "\"0 2 30 ? * *\"")
              .fails("6.35"),
          CLEANUP
              .broken("five-fields")
              .why("The text is one for the cron of Unix.")
              .change(DAILY, "\"30 2 * * *\"")
              .fails("6.35"),
          CLEANUP
              .broken("a-new-id-each-time")
              .why("Each start adds another job.")
              .change(REGISTER, "jobs.addOrUpdate(ID + System.nanoTime(), NAME, DAILY, zone);")
              .differs()
              .fails("6.35"),
          CLEANUP
              .broken("in-utc")
              .why("The zone is not handed on.")
              .change(REGISTER, "jobs.addOrUpdate(ID, NAME, DAILY, ZoneOffset.UTC);")
              .fails("6.35"),
          CLEANUP
              .broken("triggered-as-well")
              .why("Each start is a run, too.")
              .change(REGISTER, REGISTER + "\n    jobs.trigger(ID);")
              .fails("6.35"),
          CLEANUP
              .broken("at-the-cutoff")
              .why("What is exactly as old as it is kept is deleted.")
              .change(OLDER, "where written_at <= ?")
              .fails("6.36"),
          CLEANUP
              .broken("clock-of-the-machine")
              .why("The cutoff is counted from the machine's clock.")
              .change("time.now().minus(keep)", "Instant.now().minus(keep)")
              .fails("6.36", "6.37", "6.38", "6.39", "6.40"),
          CLEANUP
              .broken("in-whole-days")
              .why("The cutoff is rounded to the beginning of the day.")
              .change(
                  "time.now().minus(keep)",
                  "time.now().minus(keep).truncatedTo(java.time.temporal.ChronoUnit.DAYS)")
              .fails("6.36", "6.37", "6.38", "6.39", "6.40"),
          CLEANUP
              .broken("cutoff-of-the-start")
              .why("The cutoff is counted when the cleanup is made.")
              .change("var cutoff = time.now().minus(keep);", "")
              .change(
                  "private final int batchSize;",
                  "private final int batchSize;\n  private final Instant cutoff;")
              .change(
                  "this.batchSize =", "this.cutoff = time.now().minus(keep);\n    this.batchSize =")
              .fails("6.36"),
          CLEANUP
              .broken("days-of-the-calendar")
              .why("The days of the calendar are counted back, and one of them has 23 hours.")
              .change(
                  "time.now().minus(keep)",
                  "time.now()\n"
                      + "            .atZone(ZoneId.of(\"Europe/Berlin\"))\n"
                      + "            .minusDays(keep.toDays())\n"
                      + "            .toInstant()")
              .fails("6.36"),
          CLEANUP
              .broken("without-the-offset")
              .why("The time is handed over without its offset.")
              .change(
                  "cutoff.atOffset(ZoneOffset.UTC)",
                  "cutoff.atOffset(ZoneOffset.UTC).toLocalDateTime()")
              .fails("6.36"),
          CLEANUP
              .broken("by-the-number")
              .why("A row with a smaller id than an old one is taken for older.")
              .change(
                  "(select id from audit_log where written_at < ? fetch first ? rows only)",
                  "(select id from audit_log where id <= (select max(id) from audit_log where"
                      + " written_at < ?) fetch first ? rows only)")
              .fails("6.36", "6.37"),
          CLEANUP
              .broken("no-batch-of-1")
              .why("A batch of one row is refused.")
              .change("Arguments.atLeast(batchSize, 1,", "Arguments.atLeast(batchSize, 2,")
              .fails("6.36"),
          CLEANUP
              .broken("the-oldest-batch-each-time")
              .why("What is deleted is the oldest rows, not the old ones.")
              .change("where written_at < ?", "where ? is not null")
              .fails("6.36", "6.37", "6.39"),
          CLEANUP
              .broken("one-batch-only")
              .why("A run deletes one batch, and leaves the rest to the next run.")
              .change(LOOP, "for (int n = 0; n < 1 && !stop.isCancelled(); n++) {")
              .fails("6.36", "6.37", "6.38", "6.39", "6.40"),
          CLEANUP
              .broken("one-large-statement")
              .why("All old rows are deleted in one statement.")
              .change("delete.setInt(2, batchSize);", "delete.setInt(2, Integer.MAX_VALUE);")
              .fails("6.38", "6.39"),
          CLEANUP
              .broken("one-transaction")
              .why("All batches are one transaction.")
              .change("int batch = batchSize;", "int batch = 1;")
              .change(LOOP, "if (!stop.isCancelled()) {")
              .change(
                  "return delete.executeUpdate();",
                  "connection.setAutoCommit(false);\n"
                      + "      int all = 0;\n"
                      + "      for (int n = batchSize; n == batchSize; all += n) {\n"
                      + "        n = delete.executeUpdate();\n"
                      + "      }\n"
                      + "      connection.commit();\n"
                      + "      return all;")
              .fails("6.38", "6.39"),
          CLEANUP
              .broken("failure-swallowed")
              .why("A run that fails ends as if it had not.")
              .change(
                  "    } finally {\n      " + LOG,
                  "    } catch (SQLException e) {\n"
                      + "      log.error(\"cleanup failed\", e);\n"
                      + "    } finally {\n"
                      + "      "
                      + LOG)
              .fails("6.38", "6.41"),
          CLEANUP
              .broken("does-not-listen")
              .why("The token is not asked.")
              .change(LOOP, "while (batch == batchSize) {")
              .fails("6.39"),
          CLEANUP
              .broken("asks-once")
              .why("The token is asked at the beginning only.")
              .change(
                  LOOP,
                  "boolean cancelled = stop.isCancelled();\n"
                      + "      while (batch == batchSize && !cancelled) {")
              .fails("6.39"),
          CLEANUP
              .broken("early-end-is-a-failure")
              .why("A cancelled run throws.")
              .change(
                  "deleted += batch;",
                  "deleted += batch;\n"
                      + "        if (stop.isCancelled()) {\n"
                      + "          throw new IllegalStateException(\"cancelled\");\n"
                      + "        }")
              .fails("6.39", "6.40"),
          CLEANUP
              .broken("early-end-in-silence")
              .why("Only a run that came to its end says how many rows it has deleted.")
              .change(LOG, "if (!stop.isCancelled()) {\n        " + LOG + "\n      }")
              .fails("6.40"),
          CLEANUP
              .broken("one-row-more")
              .why("A batch is one row larger than asked.")
              .change("delete.setInt(2, batchSize);", "delete.setInt(2, batchSize + 1);")
              .change("batch == batchSize &&", "batch == batchSize + 1 &&")
              .change("int batch = batchSize;", "int batch = batchSize + 1;")
              .fails("6.38", "6.39"),
          CLEANUP
              .broken("cancelled-for-good")
              .why("Once cancelled, no later run does anything.")
              .change(
                  "private final int batchSize;",
                  "private final int batchSize;\n  private boolean over;")
              .change(
                  LOOP, "over |= stop.isCancelled();\n      while (batch == batchSize && !over) {")
              .fails("6.39"),
          CLEANUP
              .broken("nothing-logged")
              .why("Nothing is logged.")
              .change(LOG, "log.debug(\"deleted {}\", deleted);")
              .fails("6.40"),
          CLEANUP
              .broken("last-batch-logged")
              .why("The number of the last batch is logged.")
              .change("deleted += batch;", "deleted = batch;")
              .fails("6.40"),
          CLEANUP
              .broken("connection-left-open")
              .why("The connection is not closed.")
              .change(OPEN, "var connection = database.getConnection();\n    try (")
              .fails("6.41"),
          CLEANUP
              .broken("closed-on-success-only")
              .why("The connection is closed when the statement has not failed.")
              .change(OPEN, "var connection = database.getConnection();\n    try (")
              .change(
                  "return delete.executeUpdate();",
                  "int deleted = delete.executeUpdate();\n"
                      + "      connection.close();\n"
                      + "      return deleted;")
              .fails("6.41"),
          CLEANUP
              .broken("negative-keep-taken")
              .why("A time to keep of zero or less is taken.")
              .change(
                  "Arguments.positive(keep, \"keep\")", "Objects.requireNonNull(keep, \"keep\")")
              .fails("6.41"),
          CLEANUP
              .broken("batch-of-0-taken")
              .why("Batches of no rows are taken.")
              .change("Arguments.atLeast(batchSize, 1, \"batchSize\")", "batchSize")
              .fails("6.41"));

  private BrokenDailyCleanups() {}
}
