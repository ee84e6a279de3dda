package workbook.contracts.recurring;

import java.time.Duration;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.TimeSource;
import workbook.recurring.CleanupJob;

/** The rules of the daily cleanup. */
@Tag("step-3")
@Step(module = WorkbookModule.RECURRING, number = 3, type = "DailyCleanup")
public abstract class DailyCleanupContract {

  /**
   * Makes the cleanup under test.
   *
   * @param database with the audit log
   * @param time the clock
   * @param keep how long a row is kept
   * @param batchSize how many rows a transaction deletes at most
   * @return a new cleanup
   */
  protected abstract CleanupJob create(
      DataSource database, TimeSource time, Duration keep, int batchSize);

  @Rule(
      number = "6.35",
      says =
          "Register MUST add one job under the cleanup's id and name, daily at 02:30 in the zone.",
      check =
          "that id, job and zone stand in this order; that the text has six fields, of which the"
              + " first three are 0, 30 and 2, and one day field is '?'",
      lookAt = "register")
  void register(Trial trial) throws Exception {
    Registration.register(trial, this);
  }

  @Rule(
      number = "6.36",
      says =
          "A run MUST delete the rows that are older than the cutoff, and MUST NOT delete others.",
      check =
          "that the cutoff comes from the clock that was passed in, anew for each run; that keep is"
              + " subtracted as a duration, neither in calendar days nor in nanoseconds; that the"
              + " comparison is strict; that batches follow until one is not full;"
              + " that the database gets the time as a parameter with its offset",
      lookAt = "run")
  void cutoff(Trial trial) throws Exception {
    Cutoffs.cutoff(trial, this);
  }

  @Rule(
      number = "6.37",
      says = "A second run MUST NOT delete anything more.",
      check =
          "that the age of a row alone decides, not how many there are or when the last run was",
      lookAt = "run")
  void twice(Trial trial) throws Exception {
    Cutoffs.twice(trial, this);
  }

  @Rule(
      number = "6.38",
      says =
          "Rows MUST be deleted in batches no larger than asked for, each in a transaction of its"
              + " own.",
      check =
          "that the statement has a limit; that each batch is committed before the next; that a"
              + " later failure leaves deleted batches deleted",
      lookAt = "run")
  void batches(Trial trial) throws Exception {
    Batches.batches(trial, this);
  }

  @Rule(
      number = "6.39",
      says =
          "A cancelled run MUST end after the batch in progress, and the next run MUST delete the"
              + " rest.",
      check =
          "that the token is asked before or after each batch; that an early end is a normal one",
      lookAt = "run")
  void cancelled(Trial trial) throws Exception {
    Batches.cancelled(trial, this);
  }

  @Rule(
      number = "6.40",
      says = "A run MUST log how many rows it has deleted.",
      check =
          "that it is logged once a run, at info; that the number is the sum of all batches; that"
              + " an early end logs, too",
      lookAt = "run")
  void logged(Trial trial) throws Exception {
    Batches.logged(trial, this);
  }

  @Rule(
      number = "6.41",
      says =
          "Null, a time to keep of zero or less and a batch size below 1 MUST be refused; a run"
              + " MUST NOT leave a connection open.",
      check =
          "that the constructor checks its arguments; that the connection is closed even when the"
              + " statement fails",
      lookAt = "<init>")
  void arguments(Trial trial) throws Exception {
    CleanupArguments.arguments(trial, this);
  }
}
