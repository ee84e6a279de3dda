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
          "A report MUST hold what each check finds just now, in their order, each asked on a"
              + " thread named after it.",
      check =
          "that the checks are asked each time, not once; that the entries stand in the order in"
              + " which the checks were given, whoever ends first; the names of the threads",
      lookAt = "report")
  void entries(Trial trial) {
    Reports.entries(trial, this);
  }

  @Rule(
      number = "7.12",
      says = "A report's status MUST be the worst of its checks; without any it MUST be healthy.",
      check = "the order of the three statuses; the empty list",
      lookAt = "report")
  void worst(Trial trial) {
    Reports.worst(trial, this);
  }

  @Rule(
      number = "7.13",
      says = "Checks MUST run side by side, however many there are.",
      check =
          "a loop that asks one after the other; a pool with fewer threads than checks: the common"
              + " pool, parallel streams and supplyAsync have one thread for each core",
      lookAt = "report")
  void sideBySide(Trial trial) {
    Reports.sideBySide(trial, this);
  }

  @Rule(
      number = "7.14",
      says =
          "A check that throws, an Error too, or returns null MUST be unhealthy, and the others"
              + " MUST be as they are.",
      check =
          "that Throwable is caught around the check, where it runs; a null that comes out of a"
              + " check; that one failure does not end the loop over the others",
      lookAt = "report")
  void throwing(Trial trial) {
    FailedChecks.throwing(trial, this);
  }

  @Rule(
      number = "7.15",
      says =
          "What a check throws MUST be logged with its cause, and its text MUST NOT be in the"
              + " report.",
      check =
          "that the exception itself is handed to the logger, as its last argument; that the"
              + " description is made without its message and its toString",
      lookAt = "report")
  void logged(Trial trial) {
    FailedChecks.logged(trial, this);
  }

  @Rule(
      number = "7.16",
      says =
          "Two checks of the same name MUST be refused, naming it, and so MUST checks or a time"
              + " that is null.",
      check =
          "that names are compared when the reporter is made, and that the message tells the name;"
              + " the null checks",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheReporter(trial, this);
  }

  @Rule(
      number = "7.17",
      says =
          "A check that has not ended at its limit MUST be unhealthy, and MUST delay the report no"
              + " longer, and no other check.",
      check =
          "waits without a limit; limits on the real clock, such as orTimeout and get with a time;"
              + " that the report is made when the limit is reached, not when the check's thread"
              + " has ended",
      lookAt = "report")
  void hanging(Trial trial) {
    Limits.hanging(trial, this);
  }

  @Rule(
      number = "7.18",
      says = "Each check MUST have its own limit, however long another may take.",
      check =
          "checks that are waited for one after the other, so that the second gets the time of the"
              + " first as well; one limit for all; limits that add up",
      lookAt = "report")
  void ownLimits(Trial trial) {
    Limits.ownLimits(trial, this);
  }

  @Rule(
      number = "7.19",
      says =
          "A check MUST be interrupted at its limit, not before; what it returns then MUST NOT"
              + " count.",
      check =
          "that the check's own thread is interrupted: cancelling a CompletableFuture interrupts"
              + " nobody; when that is done; which of two outcomes counts, the limit or what the"
              + " check returns afterwards",
      lookAt = "report")
  void interrupted(Trial trial) {
    Limits.interrupted(trial, this);
  }

  @Rule(
      number = "7.20",
      says =
          "A duration MUST be what the check took on the monotonic clock; of one cut off, its"
              + " limit.",
      check =
          "that each check takes its own time, not the time at which the report gets round to it;"
              + " nanoTime, not now",
      lookAt = "report")
  void durations(Trial trial) {
    Limits.durations(trial, this);
  }

  @Rule(
      number = "7.21",
      says =
          "A check that ignores its interrupt MUST NOT be begun again while it runs, and MUST be"
              + " unhealthy at once.",
      check =
          "that a new run is not begun while the last one has not ended, which an interrupt alone"
              + " does not prove; that nobody waits for it once more",
      lookAt = "report")
  void ignored(Trial trial) {
    LateRuns.ignored(trial, this);
  }

  @Rule(
      number = "7.22",
      says = "Once a check that was cut off has ended, the next report MUST ask it anew.",
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
          "A report that finds a check running MUST share that run: a check MUST run at most once"
              + " at a time.",
      check =
          "a check and its run are looked at and begun in one step; a second report that gets a"
              + " refusal instead of the result; that the limit counts from the beginning of the"
              + " run, not of the report",
      lookAt = "report")
  void shared(Trial trial) {
    SharedRuns.shared(trial, this);
  }

  @Rule(
      number = "7.24",
      says =
          "An interrupted report MUST throw InterruptedException, disturb no other, and let the"
              + " limits hold.",
      check =
          "an InterruptedException that is caught and becomes a report; who enforces the limits"
              + " when the one that asked is gone; runs that end with their report",
      lookAt = "report")
  void interruptedReport(Trial trial) {
    Leftovers.interruptedReport(trial, this);
  }

  @Rule(
      number = "7.25",
      says = "When all checks have ended, a thread MUST NOT be left.",
      check =
          "threads that wait for a limit although the check has ended; pools that keep their"
              + " threads",
      lookAt = "report")
  void noThreadLeft(Trial trial) {
    Leftovers.noThreadLeft(trial, this);
  }
}
