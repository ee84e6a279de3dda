package workbook.proof.cleanup;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Cleanup services that are wrong. */
public final class BrokenDbCleanupServices {

  static final Table SERVICE = new Table(WorkbookModule.CLEANUP, "DbCleanupService");

  private static final String LOOP =
      "    do {\n      cleanUp(stopping);\n    } while (time.sleep(plan.every(), stopping));\n";
  private static final String TRY = "    try (var scope = scopes.createScope()) {\n";
  private static final String CUTOFF = "var cutoff = time.now().minus(plan.keep());";
  private static final String CATCH = "    } catch (Exception e) {\n";
  private static final String LOG =
      "log.error(\"service '{}': a run failed, the next one comes in {}\", name(), plan.every(),"
          + " e);";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          SERVICE
              .broken("dot-net")
              .why(
                  "The .NET chapter's loop: it waits first, so an hour goes by before the first"
                      + " run.")
              .change(
                  LOOP,
                  "    while (time.sleep(plan.every(), stopping)) {\n"
                      + "      cleanUp(stopping);\n"
                      + "    }\n")
              .hangs()
              .fails(
                  "3.25", "3.26", "3.27", "3.28", "3.29", "3.30", "3.31", "3.32", "3.33", "3.34",
                  "3.35", "3.36", "3.37", "3.40"),
          SERVICE
              .broken("start-runs-itself")
              .why("The first run is done by the thread that calls start.")
              .is(EagerCleanupService.class)
              .hangs()
              .fails("3.25", "3.28", "3.32", "3.33", "3.35", "3.36", "3.37"),
          SERVICE
              .broken("runs-once")
              .why("There is no loop.")
              .change(LOOP, "    cleanUp(stopping);\n")
              .hangs()
              .fails("3.25", "3.26", "3.28", "3.29", "3.30", "3.31", "3.33", "3.40"),
          SERVICE
              .broken("sleeps-on-the-real-clock")
              .why("Thread.sleep knows nothing of the time that was handed in, nor of the token.")
              .change(
                  LOOP,
                  "    do {\n"
                      + "      cleanUp(stopping);\n"
                      + "      Thread.sleep(plan.every());\n"
                      + "    } while (!stopping.isCancelled());\n")
              .hangs()
              .fails(
                  "3.25", "3.26", "3.28", "3.29", "3.30", "3.31", "3.33", "3.34", "3.35", "3.36",
                  "3.37", "3.40"),
          SERVICE
              .broken("twice-as-often")
              .why("Waits for half the period.")
              .change("plan.every(), stopping)", "plan.every().dividedBy(2), stopping)")
              .fails("3.25", "3.26", "3.28", "3.29", "3.30", "3.31", "3.40"),
          SERVICE
              .broken("until-a-time-of-the-wall-clock")
              .why("Waits for what is left until the time of the next run, on a clock that is set.")
              .change(
                  LOOP,
                  "    var next = time.now();\n"
                      + "    do {\n"
                      + "      cleanUp(stopping);\n"
                      + "      next = next.plus(plan.every());\n"
                      + "    } while (time.sleep(java.time.Duration.between(time.now(), next),"
                      + " stopping));\n")
              .fails("3.25"),
          SERVICE
              .broken("every-hour-whatever-the-plan")
              .why("The period is the one of the .NET chapter.")
              .change("time.sleep(plan.every()", "time.sleep(java.time.Duration.ofHours(1)")
              .fails("3.40"),
          // what is asked for
          SERVICE
              .broken("whole-days")
              .why("The age is rounded to days.")
              .change(
                  "minus(plan.keep())", "minus(java.time.Duration.ofDays(plan.keep().toDays()))")
              .fails("3.40"),
          SERVICE
              .broken("cutoff-of-the-start")
              .why("The cutoff is taken when the service is made.")
              .change(CUTOFF, "var cutoff = made.minus(plan.keep());")
              .change(
                  "  private final CleanupPlan plan;\n",
                  "  private final CleanupPlan plan;\n  private final java.time.Instant made;\n")
              .change(
                  "    this.plan = Objects.requireNonNull(plan, \"plan\");\n",
                  "    this.plan = Objects.requireNonNull(plan, \"plan\");\n"
                      + "    this.made = time.now();\n")
              .fails("3.26", "3.40"),
          SERVICE
              .broken("a-clock-of-its-own")
              .why("Asks the machine what time it is.")
              .change("time.now()", "java.time.Instant.now()")
              .fails("3.26", "3.27", "3.40"),
          SERVICE
              .broken("days-of-the-calendar")
              .why("Takes 30 days of the calendar off the local time.")
              .change(
                  CUTOFF,
                  "var cutoff = time.now().atZone(java.time.ZoneId.systemDefault())"
                      + ".minusDays(plan.keep().toDays()).toInstant();")
              .fails("3.27", "3.40"),
          SERVICE
              .broken("keep-and-every-mixed-up")
              .why("Keeps entries for as long as the time between two runs.")
              .change("minus(plan.keep())", "minus(plan.every())")
              .fails("3.26", "3.27", "3.40"),
          SERVICE
              .broken("batch-size-of-its-own")
              .why("The plan's batch size is not used.")
              .change("plan.batchSize()", "1_000")
              .fails("3.26", "3.40"),
          // scopes
          SERVICE
              .broken("one-scope-for-all-runs")
              .why("The scope is opened before the loop and closed after it.")
              .change(TRY, "    try {\n")
              .change(
                  LOOP,
                  "    try (var scope = scopes.createScope()) {\n"
                      + "      do {\n"
                      + "        cleanUp(scope, stopping);\n"
                      + "      } while (time.sleep(plan.every(), stopping));\n"
                      + "    }\n")
              .change(
                  "cleanUp(CancellationToken stopping) {",
                  "cleanUp(workbook.hosting.ServiceScope scope, CancellationToken stopping) {")
              .hangs()
              .fails("3.28", "3.29", "3.30", "3.31"),
          SERVICE
              .broken("audit-log-kept")
              .why("The audit log of the first run's scope is used for ever.")
              .change("scope.get(AuditLog.class)", "auditLog(scope)")
              .change(
                  "  private void cleanUp(",
                  "  private AuditLog kept;\n\n"
                      + "  private AuditLog auditLog(workbook.hosting.ServiceScope scope) {\n"
                      + "    if (kept == null) {\n"
                      + "      kept = scope.get(AuditLog.class);\n"
                      + "    }\n"
                      + "    return kept;\n"
                      + "  }\n\n"
                      + "  private void cleanUp(")
              .hangs()
              .fails("3.25", "3.26", "3.28", "3.30", "3.31", "3.33", "3.40"),
          SERVICE
              .broken("closed-before-the-next")
              .why("The scope of a run stays open until the next run begins.")
              .change(
                  TRY,
                  "    try {\n"
                      + "      if (last != null) {\n"
                      + "        last.close();\n"
                      + "      }\n"
                      + "      var scope = scopes.createScope();\n"
                      + "      last = scope;\n")
              .change(
                  "  private void cleanUp(",
                  "  private workbook.hosting.ServiceScope last;\n\n  private void cleanUp(")
              .hangs()
              .fails("3.28", "3.29", "3.30", "3.31", "3.32", "3.35", "3.36", "3.37"),
          SERVICE
              .broken("never-closed")
              .why("Scopes are opened and forgotten.")
              .change(TRY, "    try {\n      var scope = scopes.createScope();\n")
              .hangs()
              .fails("3.28", "3.29", "3.30", "3.31", "3.32", "3.35", "3.36", "3.37"),
          SERVICE
              .broken("closed-when-all-is-well")
              .why("The scope is closed after the work, not in a finally.")
              .change(TRY, "    try {\n      var scope = scopes.createScope();\n")
              .change("stopping);\n" + CATCH, "stopping);\n      scope.close();\n" + CATCH)
              .hangs()
              .fails("3.29", "3.32", "3.36"),
          SERVICE
              .broken("asked-outside")
              .why("The scope is asked for the audit log before the try.")
              .change(
                  TRY,
                  "    var scope = scopes.createScope();\n"
                      + "    AuditLog auditLog;\n"
                      + "    try {\n"
                      + "      auditLog = scope.get(AuditLog.class);\n"
                      + "    } catch (RuntimeException e) {\n"
                      + "      log.error(\"no audit log\", e);\n"
                      + "      return;\n"
                      + "    }\n"
                      + "    try (scope) {\n")
              .change("scope.get(AuditLog.class).delete", "auditLog.delete")
              .hangs()
              .fails("3.29", "3.31"),
          // failures
          SERVICE
              .broken("failure-ends-the-service")
              .why("An exception of a run leaves the loop.")
              .change(CATCH, "    } catch (java.util.concurrent.CompletionException e) {\n")
              .change(
                  "private void cleanUp(CancellationToken stopping) {",
                  "private void cleanUp(CancellationToken stopping) throws Exception {")
              .hangs()
              .fails("3.29", "3.31"),
          SERVICE
              .broken("only-sql-exceptions")
              .why("Only SQLExceptions are expected.")
              .change(CATCH, "    } catch (java.sql.SQLException e) {\n")
              .hangs()
              .fails("3.29", "3.31"),
          SERVICE
              .broken("opened-outside")
              .why("A scope that cannot be opened ends the service.")
              .change(
                  TRY, "    var opened = scopes.createScope();\n    try (var scope = opened) {\n")
              .hangs()
              .fails("3.31"),
          SERVICE
              .broken("failure-swallowed")
              .why("Nothing is logged.")
              .change(LOG, "// the next one may do better")
              .fails("3.31"),
          SERVICE
              .broken("message-only")
              .why("The message is logged, the exception is not.")
              .change(LOG, "log.error(\"a run failed: {}\", e.getMessage());")
              .fails("3.31"),
          SERVICE
              .broken("logged-as-information")
              .why("A failure is logged at a level that nobody reads.")
              .change("log.error(", "log.info(")
              .fails("3.31"),
          SERVICE
              .broken("error-survived")
              .why("An Error is logged like an exception, and the service goes on.")
              .change(CATCH, "    } catch (Throwable e) {\n")
              .hangs()
              .fails("3.32"),
          // stop
          SERVICE
              .broken("wait-without-token")
              .why("The wait for the next hour cannot be ended.")
              .change("plan.every(), stopping)", "plan.every(), CancellationToken.none())")
              .change(
                  LOOP.substring(0, 8),
                  "    do {\n      if (stopping.isCancelled()) {\n        return;\n      }\n")
              .hangs()
              .fails("3.34", "3.35", "3.37"),
          SERVICE
              .broken("run-without-token")
              .why("A run is not told that it should come to an end.")
              .change("plan.batchSize(), stopping)", "plan.batchSize(), CancellationToken.none())")
              .fails("3.35"),
          SERVICE
              .broken("end-is-an-error")
              .why("The end of the loop is taken for a failure.")
              .change(
                  LOOP, LOOP + "    throw new IllegalStateException(\"the cleanup has ended\");\n")
              .fails("3.34", "3.35"),
          SERVICE
              .broken("a-thread-for-each-run")
              .why("Each run has a thread of its own, which nobody waits for.")
              .change(
                  "      cleanUp(stopping);\n",
                  "      Thread.ofVirtual().name(name()).start(() -> cleanUp(stopping));\n")
              .hangs()
              .fails("3.32", "3.33", "3.35", "3.36", "3.37"),
          SERVICE
              .broken("impatient-stop")
              .why("Stop interrupts at once and does not wait.")
              .is(ImpatientCleanupService.class)
              .hangs()
              .fails("3.35", "3.36", "3.37"),
          SERVICE
              .broken("patient-stop")
              .why(
                  "Stop waits as long as it takes, whatever the deadline; a start begins a thread.")
              .is(PatientCleanupService.class)
              .hangs()
              .fails("3.36", "3.37"),
          // arguments
          SERVICE
              .broken("name-of-null")
              .why("A name of null is taken.")
              .change("super(name);", "super(String.valueOf((Object) name));")
              .fails("3.38"),
          SERVICE
              .broken("scopes-of-null")
              .why("Scopes of null are taken.")
              .change("Objects.requireNonNull(scopes, \"scopes\")", "scopes")
              .fails("3.38"),
          SERVICE
              .broken("time-of-null")
              .why("A time of null is taken.")
              .change("Objects.requireNonNull(time, \"time\")", "time")
              .fails("3.38"),
          SERVICE
              .broken("plan-of-null")
              .why("A plan of null is taken.")
              .change("Objects.requireNonNull(plan, \"plan\")", "plan")
              .fails("3.38"));

  private BrokenDbCleanupServices() {}
}
