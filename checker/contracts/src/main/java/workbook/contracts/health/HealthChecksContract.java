package workbook.contracts.health;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.health.HealthCheck;
import workbook.health.HealthReporter;
import workbook.hosting.TimeSource;

/** The rules of a report that many checks make together. */
@Tag("step-2")
@Step(module = WorkbookModule.HEALTH, number = 2, type = "HealthChecks")
public abstract class HealthChecksContract {

  /**
   * Makes the reporter under test.
   *
   * @param checks its checks, in order
   * @param time whose clock counts
   * @return a new reporter
   */
  protected abstract HealthReporter create(List<HealthCheck.Named> checks, TimeSource time);

  final ReportBench bench(Trial trial) {
    return new ReportBench(trial, checks -> create(checks, trial.time()));
  }

  @Rule(
      number = "7.11",
      says =
          "A report MUST ask each check anew, on a thread named after it, and MUST list what they"
              + " find in the order of the checks.",
      check =
          "that every report asks the checks again; that the entries stand in the order in which"
              + " the checks were given, whichever ends first; that the name of a check is part of"
              + " its thread's name",
      lookAt = "report")
  void entries(Trial trial) {
    Reports.entries(trial, this);
  }

  @Rule(
      number = "7.12",
      says =
          "A report's status MUST be the worst status of its checks, or healthy if it has no"
              + " checks.",
      check =
          "that the three statuses are compared, not two; that an empty list gives a status, too",
      lookAt = "report")
  void worst(Trial trial) {
    Reports.worst(trial, this);
  }

  @Rule(
      number = "7.13",
      says = "All checks MUST run at the same time, however many there are.",
      check =
          "that no check waits for another to end; that each has a thread to itself: the common"
              + " pool, parallel streams and supplyAsync have one for each core",
      lookAt = {"unhealthy", "report"})
  void sideBySide(Trial trial) {
    Reports.sideBySide(trial, this);
  }

  @Rule(
      number = "7.14",
      says =
          "A check that throws, even an Error, or returns null MUST be unhealthy and MUST NOT"
              + " change the result of another check.",
      check =
          "that Throwable is caught around the check, on the thread where it runs; that null counts"
              + " as a failure; that one failure does not end the loop over the others",
      lookAt = {"unhealthy", "report"})
  void throwing(Trial trial) {
    FailedChecks.throwing(trial, this);
  }

  @Rule(
      number = "7.15",
      says =
          "The reporter MUST log what a check throws as a warning or an error, with the exception"
              + " attached, and MUST NOT put its text into the report.",
      check =
          "that the exception itself is handed to the logger, as its last argument; that the"
              + " description is made without its message, its toString and its stack",
      lookAt = {"unhealthy", "report"})
  void logged(Trial trial) {
    FailedChecks.logged(trial, this);
  }

  @Rule(
      number = "7.16",
      says =
          "A reporter MUST refuse two checks of the same name, with a message that mentions it, and"
              + " MUST refuse null for the checks or the time.",
      check =
          "that the constructor compares the names, and that its message mentions the one that"
              + " comes twice; that it refuses null",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheReporter(trial, this);
  }

  @Rule(
      number = "7.17",
      says =
          "A check that has not ended at its limit MUST be unhealthy, and MUST NOT hold up the"
              + " report any longer, nor another check at all.",
      check =
          "that no wait goes on after the limit; that the limit is counted on the time handed in,"
              + " not by orTimeout or get with a time; that the report is made when the limit is"
              + " reached, not when the check's thread has ended",
      lookAt = {"interrupt", "report"})
  void hanging(Trial trial) {
    Limits.hanging(trial, this);
  }

  @Rule(
      number = "7.18",
      says = "A check MUST be held to its own limit, however long the others take.",
      check =
          "that the checks are not waited for one after the other, which gives the second the time"
              + " of the first as well; that each has its own limit, not in whole milliseconds;"
              + " that the limits do not add up",
      lookAt = {"interrupt", "report"})
  void ownLimits(Trial trial) {
    Limits.ownLimits(trial, this);
  }

  @Rule(
      number = "7.19",
      says =
          "The reporter MUST interrupt a check at its limit, not before, and MUST ignore what it"
              + " returns after that.",
      check =
          "that the check's own thread is interrupted, since cancelling a CompletableFuture"
              + " interrupts nobody; that this happens at the limit; that the first outcome counts,"
              + " be it the limit or the check's result",
      lookAt = {"toMillis", "interrupt", "report"})
  void interrupted(Trial trial) {
    Limits.interrupted(trial, this);
  }

  @Rule(
      number = "7.20",
      says =
          "An entry's duration MUST be the time that the check took on the monotonic clock, or its"
              + " limit if it was cut off.",
      check =
          "that a check's time is taken when the check ends, not when the report gets round to it;"
              + " that nanoTime is read, not now",
      lookAt = {"countDown", "report"})
  void durations(Trial trial) {
    Limits.durations(trial, this);
  }

  @Rule(
      number = "7.21",
      says =
          "A check that is still running past its limit MUST NOT be begun again, and a new report"
              + " MUST show it as unhealthy at once.",
      check =
          "that a new run begins only when the last one has ended, which an interrupt alone does"
              + " not prove; that a report does not wait for a run past its limit",
      lookAt = {"ofVirtual", "report"})
  void ignored(Trial trial) {
    LateRuns.ignored(trial, this);
  }

  @Rule(
      number = "7.22",
      says = "Once a check that was cut off has ended, the next report MUST ask it again.",
      check =
          "that the end of a late run is noticed; that its result, which answers an old question,"
              + " is thrown away",
      lookAt = "report")
  void backAgain(Trial trial) {
    LateRuns.backAgain(trial, this);
  }

  @Rule(
      number = "7.23",
      says =
          "A report that finds a check running within its limit MUST share that run; a check MUST"
              + " NOT run twice at the same time.",
      check =
          "that looking for a run and beginning one are one step; that a second report gets the"
              + " result, not a refusal; that the limit counts from the beginning of the run, not"
              + " of the report",
      lookAt = "report")
  void shared(Trial trial) {
    SharedRuns.shared(trial, this);
  }

  @Rule(
      number = "7.24",
      says =
          "A report that is interrupted MUST throw InterruptedException, MUST NOT disturb another"
              + " report, and MUST leave the limits in force.",
      check =
          "that no catch block makes a report out of the InterruptedException; that the limits are"
              + " enforced by somebody other than the caller; that a run does not end with the"
              + " report that began it",
      lookAt = "report")
  void interruptedReport(Trial trial) {
    Leftovers.interruptedReport(trial, this);
  }

  @Rule(
      number = "7.25",
      says = "When all checks have ended, the reporter MUST NOT leave a thread behind.",
      check =
          "that no thread waits for the limit of a check that has ended; that no pool keeps its"
              + " threads",
      lookAt = {"interrupt", "report"})
  void noThreadLeft(Trial trial) {
    Leftovers.noThreadLeft(trial, this);
  }

  @Rule(
      number = "7.41",
      says =
          "A report MUST NOT give an answer that was known before it began: a run is over before"
              + " its outcome is known.",
      check =
          "what says that a run is over, and that this comes before its outcome is published: not"
              + " after it, and not when the thread has ended; that both are one step, or in this"
              + " order",
      lookAt = {"unhealthy", "report"})
  void backToBack(Trial trial) {
    OldAnswers.backToBack(trial, this);
  }
}
