package workbook.contracts.recurring;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;

/** The rules of recurring jobs in a database. */
@Tag("step-2")
@Step(module = WorkbookModule.RECURRING, number = 2, type = "DbRecurringJobs")
public abstract class RecurringJobsContract {

  /** Creates the tables that the scheduler under test needs, in an empty database. */
  protected abstract void createTables(DataSource database) throws SQLException;

  /** Makes the scheduler under test; it is not started. */
  protected abstract RecurringJobs create(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time);

  /** Whether it goes by the time source that is handed in; if not, rules that set it skip. */
  protected boolean clockCanBeSet() {
    return true;
  }

  final void needsClock(Trial trial) {
    if (!clockCanBeSet()) {
      trial.skip("this rule sets the clock, and this scheduler knows only the machine's");
    }
  }

  @Rule(
      number = "6.9",
      says = "An enqueued job MUST run once, at once or as soon as a scheduler is started.",
      check = "that it is stored as due now, under a key of its own; how soon the scheduler looks",
      lookAt = {"instance", "enqueue"})
  void enqueue(Trial trial) throws Exception {
    Schedules.enqueue(trial, this);
  }

  @Rule(
      number = "6.10",
      says = "A job that is scheduled for later MUST run once, when its delay is over, not before.",
      check = "that the delay is added to the time source's now; that the library uses that, too",
      lookAt = "schedule")
  void later(Trial trial) throws Exception {
    Schedules.later(trial, this);
  }

  @Rule(
      number = "6.11",
      says = "A recurring job MUST run once at each due time; nextRun MUST return the next one.",
      check = "that the end of a run stores the next due time, by the job's own text and zone",
      lookAt = {"getTimeDone", "addOrUpdate"})
  void recurs(Trial trial) throws Exception {
    Schedules.recurs(trial, this);
  }

  @Rule(
      number = "6.12",
      says = "Adding a known id with another cron text, zone or job MUST replace the old one.",
      check = "what the library does with a known key; that text, zone, job and due time change",
      lookAt = "addOrUpdate")
  void replace(Trial trial) throws Exception {
    Schedules.replace(trial, this);
  }

  @Rule(
      number = "6.13",
      says = "A removed job MUST NOT run again; remove MUST return whether it was there.",
      check = "that the row is deleted by its id; what remove returns",
      lookAt = "remove")
  void remove(Trial trial) throws Exception {
    Schedules.remove(trial, this);
  }

  @Rule(
      number = "6.14",
      says = "A triggered job MUST run once, at once, and MUST keep its due times.",
      check = "that the run is due now; what the next due time is after a run that was not due",
      lookAt = "trigger")
  void trigger(Trial trial) throws Exception {
    Schedules.trigger(trial, this);
  }

  @Rule(
      number = "6.15",
      says = "addOrUpdate MUST refuse a wrong text with the text and position, and change nothing.",
      check = "that the text is parsed before anything is written",
      lookAt = "addOrUpdate")
  void wrongText(Trial trial) throws Exception {
    Refusals.wrongText(trial, this);
  }

  @Rule(
      number = "6.16",
      says =
          "An unknown job or id, a negative delay and null MUST be refused with a message that says"
              + " which.",
      check = "that job and id are looked up first; what the library throws for an unknown key",
      lookAt = {"instance", "enqueue"})
  void refusals(Trial trial) throws Exception {
    Refusals.refusals(trial, this);
  }

  @Rule(
      number = "6.17",
      says =
          "Without the scheduler's tables, start and addOrUpdate MUST throw an"
              + " IllegalStateException that names one and says how to create it.",
      check =
          "that the table is looked for first; that the message says what to do; that the"
              + " database's own exception is the cause",
      lookAt = {"getConnection", "start"})
  void noTables(Trial trial) throws Exception {
    Refusals.noTables(trial, this);
  }

  @Rule(
      number = "6.18",
      says = "A job daily at 02:30 MUST run once each civil day, over both changes of the clocks.",
      check =
          "that due times come from step 1 everywhere: when a job is added, after a run, and after"
              + " a failure",
      lookAt = {"getTimeDone", "addOrUpdate"})
  void civilDays(Trial trial) throws Exception {
    Misfires.civilDays(trial, this);
  }

  @Rule(
      number = "6.19",
      says = "A schedule MUST survive a restart with its due times, without being added again.",
      check = "what is kept only in fields; what start and stop do to rows; how a job is found",
      lookAt = {"getScheduledExecution", "reschedule", "start"})
  void restart(Trial trial) throws Exception {
    Misfires.restart(trial, this);
  }

  @Rule(
      number = "6.20",
      says = "After five days without a scheduler, a daily job MUST run once to catch up.",
      check = "whether the next due time counts from now; what start does with overdue rows",
      lookAt = "start")
  void downForFiveDays(Trial trial) throws Exception {
    Misfires.downForFiveDays(trial, this);
  }

  @Rule(
      number = "6.21",
      says = "A job added at each start MUST be one job, and MUST NOT lose a due time it missed.",
      check = "that adding what is there changes nothing, not even a due time that was missed",
      lookAt = "addOrUpdate")
  void registeredAgain(Trial trial) throws Exception {
    Misfires.registeredAgain(trial, this);
  }

  @Rule(
      number = "6.22",
      says = "With two schedulers on one database, each due time MUST be one run.",
      check =
          "that a run is claimed in the database before it begins, in one statement that only one"
              + " of two can win",
      lookAt = "start")
  void oneRunForEachDueTime(Trial trial) throws Exception {
    SharedDatabase.oneRunForEachDueTime(trial, this);
  }

  @Rule(
      number = "6.23",
      says = "Each due time MUST be one run even when clocks differ or are set back.",
      check = "what a slow clock makes of a due time that has run; what adding the job changes",
      lookAt = {"getTimeDone", "addOrUpdate"})
  void clocksDiffer(Trial trial) throws Exception {
    SharedDatabase.clocksDiffer(trial, this);
  }

  @Rule(
      number = "6.24",
      says = "Two runs of one job MUST NOT overlap, whoever starts them; other jobs MUST go on.",
      check = "that the claim stays until the run has ended; that trigger goes the same way",
      lookAt = "trigger")
  void neverTwoAtOnce(Trial trial) throws Exception {
    SharedDatabase.neverTwoAtOnce(trial, this);
  }

  @Rule(
      number = "6.25",
      says = "A live scheduler MUST keep its run, even one that takes longer than the lease.",
      check =
          "that the lease is renewed several times within its length, on a thread that no job can"
              + " hold up, and by the clock that was passed in",
      lookAt = {"getConnection", "<init>"})
  void longRun(Trial trial) throws Exception {
    SharedDatabase.longRun(trial, this);
  }

  @Rule(
      number = "6.26",
      says =
          "Another scheduler MUST repeat the run of one that was killed, once the lease is over,"
              + " not before, and nothing that is done.",
      check =
          "that a scheduler looks for leases that are over; that such a run is due at once; that"
              + " what is done leaves no row with a lease",
      lookAt = "<init>")
  void killed(Trial trial) throws Exception {
    SharedDatabase.killed(trial, this);
  }

  @Rule(
      number = "6.27",
      says = "Whatever a job throws MUST be logged with the throwable attached; others MUST go on.",
      check = "that the throwable itself is logged; that checked exceptions and errors are, too",
      lookAt = {"Work.run", "enqueue"})
  void logged(Trial trial) throws Exception {
    FailedRuns.logged(trial, this);
  }

  @Rule(
      number = "6.28",
      says = "A failed run MUST be retried after the delay, as often as retries says and no more.",
      check = "how many attempts retries makes; that the delay counts from the end of the run",
      lookAt = {"consecutiveFailures", "enqueue"})
  void retried(Trial trial) throws Exception {
    FailedRuns.retried(trial, this);
  }

  @Rule(
      number = "6.29",
      says =
          "When all attempts at a due time have failed, the next one MUST run, with as many"
              + " attempts.",
      check =
          "that giving up leads to the next due time; that failures are counted for each due time:"
              + " a counter that only success resets leaves no retries for the second night",
      lookAt = {"consecutiveFailures", "addOrUpdate"})
  void nextDueTime(Trial trial) throws Exception {
    FailedRuns.nextDueTime(trial, this);
  }

  @Rule(
      number = "6.30",
      says = "Start MUST return while jobs run; a second start MUST be refused.",
      check = "that it waits for no run; that looking for and remembering the first are one step",
      lookAt = "start")
  void start(Trial trial) throws Exception {
    Stops.start(trial, this);
  }

  @Rule(
      number = "6.31",
      says = "Stop MUST cancel the runs' token, wait for the runs in progress, and begin no other.",
      check = "when the token is cancelled; how long the library's own stop waits, and for what",
      lookAt = "stop")
  void stopWaits(Trial trial) throws Exception {
    Stops.stopWaits(trial, this);
  }

  @Rule(
      number = "6.32",
      says =
          "At the deadline, stop MUST interrupt the runs and throw a TimeoutException that names"
              + " them and no others; such a run MUST be retried.",
      check =
          "that stop waits by its own deadline; that the runs that have not ended are interrupted,"
              + " named, and due again",
      lookAt = "stop")
  void stopAtTheDeadline(Trial trial) throws Exception {
    Stops.stopAtTheDeadline(trial, this);
  }

  @Rule(
      number = "6.33",
      says = "Stop MUST be harmless before start, when repeated, and from two threads at once.",
      check = "that each stop waits for the same end; that start and stop exclude each other",
      lookAt = "stop")
  void stopTwice(Trial trial) throws Exception {
    Stops.stopTwice(trial, this);
  }

  @Rule(
      number = "6.34",
      says = "A scheduler that has stopped MUST NOT leave a thread or a connection behind.",
      check = "that every executor ends, the library's too; that every connection is closed",
      lookAt = {"getConnection", "stop"})
  void nothingLeft(Trial trial) throws Exception {
    Stops.nothingLeft(trial, this);
  }

  @Rule(
      number = "6.42",
      says = "One scheduler MUST carry out at least four runs at the same time.",
      check = "how many threads the runs get, and how many the library takes by itself",
      lookAt = "<init>")
  void fourAtATime(Trial trial) throws Exception {
    SideBySide.fourAtATime(trial, this);
  }

  @Rule(
      number = "6.43",
      says =
          "A change made while the job runs MUST outlast the run or be refused with an"
              + " IllegalStateException; adding the same job again MUST NOT be refused.",
      check = "what the end of a run writes to a row that was changed meanwhile",
      lookAt = "addOrUpdate")
  void changedWhileItRuns(Trial trial) throws Exception {
    SideBySide.changedWhileItRuns(trial, this);
  }

  @Rule(
      number = "6.44",
      says = "A stop that is interrupted while it waits MUST throw an InterruptedException.",
      check = "that the wait ends with the interrupt; that the exception is thrown on, not logged",
      lookAt = "stop")
  void interruptedStop(Trial trial) throws Exception {
    Stops.interruptedStop(trial, this);
  }

  @Rule(
      number = "6.47",
      says = "Ids, names, texts and zones MUST come back as they were, or be refused by name.",
      check = "how what belongs to a job is kept in its row; how long a column is",
      lookAt = "addOrUpdate")
  void storedNames(Trial trial) throws Exception {
    StoredNames.comeBack(trial, this);
  }
}
