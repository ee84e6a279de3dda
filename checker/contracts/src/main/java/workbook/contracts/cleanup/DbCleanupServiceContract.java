package workbook.contracts.cleanup;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.cleanup.AuditLog;
import workbook.cleanup.CleanupPlan;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/** The rules of a service that cleans a database, at its start and after each period. */
@Tag("step-3")
@Step(module = WorkbookModule.CLEANUP, number = 3, type = "DbCleanupService")
public abstract class DbCleanupServiceContract {

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param scopes opens the scope of each run; it knows {@link AuditLog}
   * @param time the clock and the waits
   * @param plan what to delete, and how often
   * @return a new service
   */
  protected abstract HostedService create(
      String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan);

  final CleanupBench bench(Trial trial, CleanupBench.Run run) {
    return new CleanupBench(trial, this::create, run);
  }

  final CleanupBench bench(Trial trial, CleanupBench.Run run, OnePool pool) {
    return new CleanupBench(trial, this::create, run, pool);
  }

  final CleanupBench bench(Trial trial, CleanupPlan plan) {
    return new CleanupBench(trial, this::create, plan);
  }

  @Rule(
      number = "3.25",
      says =
          "The first run MUST begin at start, which MUST NOT wait for it, and each further run one"
              + " period later.",
      check =
          "that the loop runs first and then waits; that it waits on the TimeSource, on a thread of"
              + " its own; that the wait is a duration, and not what is left until a time of the"
              + " wall clock",
      lookAt = "execute")
  void everyHour(Trial trial) {
    Runs.everyHour(trial, this);
  }

  @Rule(
      number = "3.26",
      says =
          "Each run MUST delete, in batches of the plan's size, the entries that are older at that"
              + " moment than the plan keeps.",
      check =
          "that each run reads the time anew, from the TimeSource's wall clock; that keep and"
              + " batchSize come from the plan",
      lookAt = {"deleteOlderThan", "execute"})
  void cutoff(Trial trial) {
    Runs.cutoff(trial, this);
  }

  @Rule(
      number = "3.27",
      says = "The cutoff MUST NOT depend on the zone of the JVM or on summer time.",
      check =
          "that the cutoff is an instant minus a duration; a LocalDateTime or ZonedDateTime in"
              + " between brings in a zone, the JVM's or another, and its 23-hour days",
      lookAt = {"deleteOlderThan", "execute"})
  void otherZones(Trial trial) {
    CutoffOfARun.otherZones(trial, this);
  }

  @Rule(
      number = "3.28",
      says = "Each run MUST have a new scope, opened when it begins and closed when it ends.",
      check =
          "that the scope is opened within the loop; that it is closed before the wait:"
              + " try-with-resources around the run alone; that the audit log comes from the run's"
              + " own scope and is not kept",
      lookAt = {"deleteOlderThan", "execute"})
  void scopeForEachRun(Trial trial) {
    RunScopes.scopeForEachRun(trial, this);
  }

  @Rule(
      number = "3.29",
      says = "The scope MUST be closed when the run fails, too.",
      check =
          "that try-with-resources, or finally, goes around everything that is done with the scope,"
              + " also around asking it for the audit log",
      lookAt = {"deleteOlderThan", "execute"})
  void scopeAfterFailure(Trial trial) {
    RunScopes.scopeAfterFailure(trial, this);
  }

  @Rule(
      number = "3.30",
      says =
          "A run MUST NOT keep its connection: with a pool of one, others get it between runs, and"
              + " so does the next run.",
      check =
          "what is kept from one run to the next: it should be neither a scope, nor a connection,"
              + " nor an audit log",
      lookAt = "execute")
  void poolOfOne(Trial trial) {
    RunScopes.poolOfOne(trial, this);
  }

  @Rule(
      number = "3.31",
      says =
          "A run that fails MUST be logged with its cause, and the next run MUST come, whether the"
              + " database is down at start, lost midway, or fails at the end.",
      check =
          "that the exception is caught around one run, inside the loop, around opening and closing"
              + " the scope, too, and while the service stops; that it is the logger's last"
              + " argument",
      lookAt = {"deleteOlderThan", "execute"})
  void failingRun(Trial trial) {
    FailedRuns.failingRun(trial, this);
  }

  @Rule(
      number = "3.32",
      says = "An Error in a run MUST end the service, close the scope and fail the completion.",
      check =
          "that Exception, not Throwable, is caught around a run; that the scope is closed on this"
              + " path, too",
      lookAt = "execute")
  void error(Trial trial) {
    FailedRuns.error(trial, this);
  }

  @Rule(
      number = "3.33",
      says =
          "A run that takes longer than the period MUST delay the next one: runs MUST NOT overlap.",
      check =
          "that one thread both waits and runs, so that it cannot begin a run before the last one"
              + " has ended",
      lookAt = "execute")
  void noOverlap(Trial trial) {
    Runs.noOverlap(trial, this);
  }

  @Rule(
      number = "3.34",
      says =
          "Stop between two runs MUST end the service promptly, without an error in the log, and"
              + " MUST NOT leave a thread.",
      check =
          "that the wait gets the token that stop cancels; that the loop ends when the wait returns"
              + " false; that a normal end is not logged as an error",
      lookAt = "execute")
  void stopWhileWaiting(Trial trial) {
    CleanupStops.stopWhileWaiting(trial, this);
  }

  @Rule(
      number = "3.35",
      says =
          "Stop during a run MUST cancel its token, let it end undisturbed, and leave the database"
              + " usable.",
      check =
          "that the audit log gets the token that stop cancels, and that stop waits; that nobody"
              + " closes the scope or interrupts the thread meanwhile",
      lookAt = {"deleteOlderThan", "execute"})
  void stopDuringARun(Trial trial) {
    CleanupStops.stopDuringARun(trial, this);
  }

  @Rule(
      number = "3.36",
      says =
          "At the deadline the run MUST be interrupted, stop MUST throw a TimeoutException that"
              + " names the service, and the scope MUST be closed.",
      check =
          "what stop does when its wait has reached the deadline; that the interrupted thread"
              + " itself closes the scope",
      lookAt = "execute")
  void deadline(Trial trial) {
    CleanupStops.deadline(trial, this);
  }

  @Rule(
      number = "3.37",
      says =
          "A second start MUST be refused; stop before start, twice, and from two threads at once"
              + " MUST be harmless.",
      check =
          "what BackgroundService does for you, if you use it; what stop does before there is a"
              + " thread, and after it has ended",
      lookAt = "execute")
  void anyTime(Trial trial) {
    CleanupStops.anyTime(trial, this);
  }

  @Rule(
      number = "3.38",
      says =
          "A name, scopes, a time or a plan that is null MUST be refused with a message that names"
              + " it.",
      check = "that the constructor calls Objects.requireNonNull with the argument's name",
      lookAt = "<init>")
  void arguments(Trial trial) {
    CleanupArguments.arguments(trial, this);
  }

  @Rule(
      number = "3.40",
      says =
          "The service MUST use the plan's period, age and batch size as they are, without"
              + " rounding.",
      check =
          "that all three come from the plan; toDays, toHours and their like, which round; an int,"
              + " which holds 24 days of milliseconds; a long, which holds 292 years of"
              + " nanoseconds",
      lookAt = "execute")
  void anotherPlan(Trial trial) {
    Runs.anotherPlan(trial, this);
  }
}
