package workbook.proof.recurring;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Recurring jobs that are wrong in how runs fail, and in how they stop. */
final class BrokenRuns {

  private static final Table JOBS = new Table(WorkbookModule.RECURRING, "DbRecurringJobs");

  private static final String THROWN =
      "throw new IllegalStateException(\"job '\" + shownAs + \"' failed\", e);";
  private static final String ATTEMPTS =
      "this.attempts = 1 + Objects.requireNonNull(options, \"options\").retries();";
  private static final String AGAIN = "boolean again = failures % attempts != 0;";
  private static final String ONCE_AGAIN =
      "private void onceFailed(ExecutionComplete run, ExecutionOperations<String> row) {\n"
          + "    if (mayBeTriedAgain(run)) {\n"
          + "      row.reschedule(run, run.getTimeDone().plus(retryDelay));";
  private static final String GIVEN_UP =
      "row.reschedule(run, run.getTimeDone().plus(retryDelay));\n"
          + "    } else {\n"
          + "      waitForNextDueTime(run, row);";
  private static final String ENDING =
      "ending = Thread.ofVirtual().name(name + \"-stop\").start(scheduler::stop);";
  private static final String JOIN = "if (!deadline.join(end)) {";
  private static final String CANCEL = "    stopping.cancel();\n";
  private static final String INTERRUPT = "      workers.shutdownNow();\n";
  private static final String START = "    scheduler.start();";

  /** The table. */
  static final List<Broken> ALL =
      List.of(
          // failures
          JOBS.broken("failure-swallowed")
              .why("A failed run is one that has ended.")
              .change(THROWN, "log.debug(\"{} failed\", shownAs);")
              .neverDoes()
              .fails("6.27", "6.28", "6.29", "6.32"),
          JOBS.broken("message-only")
              .why("The library is told to leave the stack out, and the throwable with it.")
              .change(
                  ".shutdownMaxWait(NO_LIMIT)",
                  ".shutdownMaxWait(NO_LIMIT)\n"
                      + "            .failureLogging(\n"
                      + "                com.github.kagkarlsson.scheduler.logging.LogLevel.WARN,"
                      + " false)")
              .neverDoes()
              .fails("6.27"),
          JOBS.broken("cause-cut-off")
              .why("What the job threw is not attached to what is thrown on.")
              .change(
                  THROWN,
                  "throw new IllegalStateException(\"job '\" + shownAs + \"' failed: \" + e);")
              .neverDoes()
              .fails("6.27"),
          JOBS.broken("errors-are-nothing")
              .why("An Error is logged, and the run counts as done.")
              .change(
                  THROWN,
                  THROWN
                      + "\n    } catch (Error e) {\n"
                      + "      log.error(\"job '{}' failed\", shownAs, e);")
              .fails("6.28"),
          JOBS.broken("one-attempt-too-many")
              .why("The first attempt is not counted.")
              .change(
                  ATTEMPTS,
                  "this.attempts = 2 + Objects.requireNonNull(options, \"options\").retries();")
              .fails("6.28", "6.29"),
          JOBS.broken("no-retries")
              .why("A failed run is given up at once.")
              .change(
                  ATTEMPTS, "this.attempts = 1;\n    Objects.requireNonNull(options, \"options\");")
              .fails("6.28", "6.29", "6.32"),
          JOBS.broken("tried-again-for-ever")
              .why("Retries are not limited.")
              .change(AGAIN, "boolean again = true;")
              .neverDoes()
              .fails("6.28", "6.29"),
          JOBS.broken("tried-again-at-once")
              .why("A retry does not wait.")
              .change(
                  ONCE_AGAIN,
                  ONCE_AGAIN.replace("run.getTimeDone().plus(retryDelay)", "run.getTimeDone()"))
              .neverDoes()
              .fails("6.28"),
          JOBS.broken("failures-of-all-nights-counted")
              .why("Failures are counted until a run succeeds: the second night has no retries.")
              .change(AGAIN, "boolean again = failures < attempts;")
              .fails("6.29"),
          JOBS.broken("given-up-for-good")
              .why("A recurring job that failed is removed.")
              .change(GIVEN_UP, GIVEN_UP.replace("waitForNextDueTime(run, row);", "row.remove();"))
              .fails("6.29"),
          // start and stop
          JOBS.broken("second-start-ignored")
              .why("A second start returns as if nothing had happened.")
              .change(
                  "throw new IllegalStateException(\"scheduler '\" + name + \"' was already"
                      + " started\");",
                  "return;")
              .fails("6.30"),
          JOBS.broken("name-in-other-letters")
              .why("The name is changed for display.")
              .change("return name;", "return name.toUpperCase(java.util.Locale.ROOT);")
              .fails("6.30"),
          JOBS.broken("stop-interrupts")
              .why("The library's stop is told to wait for nothing: it interrupts at once.")
              .change(".shutdownMaxWait(NO_LIMIT)", ".shutdownMaxWait(Duration.ZERO)")
              .neverDoes()
              .fails("6.31", "6.32", "6.33", "6.44"),
          JOBS.broken("stop-keeps-the-interrupt")
              .why("A stop that is interrupted returns, as if all had ended.")
              .change(
                  JOIN,
                  "boolean over;\n"
                      + "    try {\n"
                      + "      over = deadline.join(end);\n"
                      + "    } catch (InterruptedException e) {\n"
                      + "      Thread.currentThread().interrupt();\n"
                      + "      return;\n"
                      + "    }\n"
                      + "    if (!over) {")
              .fails("6.44"),
          JOBS.broken("two-threads")
              .why("Two runs at a time, the others wait.")
              .change("Executors.newThreadPerTaskExecutor(", "Executors.newFixedThreadPool(2, ")
              .neverDoes()
              .fails("6.42"),
          JOBS.broken("removed-for-now")
              .why("Remove says true while the job runs, and its end writes the row anew.")
              .change(
                  "      return false;\n"
                      + "    } catch (TaskInstanceCurrentlyExecutingException e) {\n"
                      + "      throw running(id, e);",
                  "      return false;\n"
                      + "    } catch (TaskInstanceCurrentlyExecutingException e) {\n"
                      + "      return true;")
              .fails("6.43"),
          JOBS.broken("changed-for-now")
              .why("What is changed while the job runs is dropped without a word.")
              .change(
                  "      scheduler.reschedule(instance, next, instance.getData());\n"
                      + "    } catch (TaskInstanceCurrentlyExecutingException e) {\n"
                      + "      throw running(id, e);",
                  "      scheduler.reschedule(instance, next, instance.getData());\n"
                      + "    } catch (TaskInstanceCurrentlyExecutingException e) {\n"
                      + "      log.debug(\"'{}' is running\", id);")
              .fails("6.43"),
          JOBS.broken("not-while-it-runs")
              .why("Who adds a job again while it runs is refused: the second process ends there.")
              .change(
                  "    if (known.isPresent() && known.get()",
                  "    if (known.isPresent() && known.get().isPicked()) {\n"
                      + "      throw running(id, new RuntimeException(\"it runs\"));\n"
                      + "    }\n"
                      + "    if (known.isPresent() && known.get()")
              .fails("6.43"),
          JOBS.broken("stop-does-not-wait")
              .why("Stop asks and returns.")
              .change(JOIN, "if (end == null) {")
              .neverDoes()
              .fails("6.31", "6.32", "6.33", "6.44"),
          JOBS.broken("runs-are-not-told")
              .why("The token of the runs is not cancelled.")
              .change(CANCEL, "")
              .fails("6.31"),
          JOBS.broken("begins-while-it-stops")
              .why("While runs end, others are begun.")
              .change(
                  ENDING,
                  "ending =\n"
                      + "            Thread.ofVirtual()\n"
                      + "                .start(\n"
                      + "                    () -> {\n"
                      + "                      while (!running.isEmpty()) {\n"
                      + "                        Thread.onSpinWait();\n"
                      + "                      }\n"
                      + "                      scheduler.stop();\n"
                      + "                    });")
              .fails("6.31"),
          JOBS.broken("waits-for-ever")
              .why("The deadline is not looked at.")
              .change(JOIN, "end.join();\n    if (false) {")
              .neverDoes()
              .fails("6.32"),
          JOBS.broken("deadline-in-silence")
              .why("At the deadline stop returns as if all were well.")
              .change(
                  "throw new TimeoutException(\n"
                      + "          \"scheduler '\" + name + \"' stopped at its deadline and"
                      + " interrupted \" + interrupted);",
                  "log.warn(\"interrupted {}\", interrupted);")
              .fails("6.32"),
          JOBS.broken("interrupted-whom")
              .why("The message does not say which runs were interrupted.")
              .change(
                  "stopped at its deadline and interrupted \" + interrupted", "stopped too late\"")
              .fails("6.32"),
          JOBS.broken("deadline-without-interrupt")
              .why("At the deadline the runs are left as they are.")
              .change(INTERRUPT, "")
              .neverDoes()
              .fails("6.32"),
          JOBS.broken("stop-before-start-is-final")
              .why("A stop before the start ends the library.")
              .change("if (!started) {\n        return;\n      }", "started = true;")
              .neverDoes()
              .fails("6.33"),
          JOBS.broken("second-stop-does-not-wait")
              .why("A second stop returns at once.")
              .change(
                  "      end = ending;\n    }",
                  "      else {\n        return;\n      }\n      end = ending;\n    }")
              .fails("6.33"),
          JOBS.broken("helper-left-running")
              .why("A thread of its own never ends.")
              .change(
                  START,
                  START
                      + "\n"
                      + "    Thread.ofVirtual().name(name +"
                      + " \"-helper\").start(java.util.concurrent.locks.LockSupport::park);")
              .fails("6.34"),
          JOBS.broken("connection-left-open")
              .why("The connection of the check is not closed.")
              .change(
                  "try (var connection = database.getConnection();\n"
                      + "        var statement = connection.createStatement()) {",
                  "try {\n"
                      + "      var connection = database.getConnection();\n"
                      + "      var statement = connection.createStatement();")
              .fails("6.34"));

  private BrokenRuns() {}
}
