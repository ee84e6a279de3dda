package workbook.proof.timed;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Timed services that are wrong. */
public final class BrokenTimedServices {

  static final Table SERVICE = new Table(WorkbookModule.TIMED, "TimedService");

  private static final String THREAD =
      "thread = Thread.ofVirtual().name(name).start(() -> run(ticks));";
  private static final String LOOP = "while (ticks.waitForNextTick(stopping.token())) {";
  private static final String CHECK =
      "if (thread != null) {\n"
          + "      throw new IllegalStateException(\"service '\" + name + \"' was already"
          + " started\");\n"
          + "    }";
  private static final String NOT_STARTED = "if (running == null) {\n      return;\n    }";
  private static final String JOIN = "if (!deadline.join(running)) {";
  private static final String STOP = "    try {\n      stopping.cancel();\n";
  private static final String CANCEL = "    stopping.cancel();\n";
  private static final String LOG =
      "log.error(\"service '{}': an iteration failed, the next tick will run\", name, e);";
  private static final String CATCH_WORK = "} catch (Exception e) {";
  private static final String CATCH_FAULT = "} catch (Throwable fault) {";
  private static final String INTERRUPT = "      running.interrupt();\n";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          // start and the loop
          SERVICE
              .broken("thread-without-a-name")
              .why("The thread has no name: in a dump nobody knows whose it is.")
              .change(".name(name)", "")
              .fails("1.14"),
          SERVICE
              .broken("works-before-the-first-tick")
              .why("do-while: the work runs once before the first tick.")
              .change(LOOP, "workOnce();\n      " + LOOP)
              .hangs()
              .fails(
                  "1.14", "1.16", "1.17", "1.18", "1.19", "1.21", "1.22", "1.23", "1.24", "1.25",
                  "1.28"),
          SERVICE
              .broken("one-tick-only")
              .why("if, where while is meant.")
              .change(LOOP, LOOP.replace("while", "if"))
              .fails("1.14", "1.17", "1.18"),
          SERVICE
              .broken("loops-in-start")
              .why("The loop runs in start, on its caller's thread.")
              .change(THREAD, "run(ticks);")
              .hangs()
              .fails(
                  "1.14", "1.15", "1.16", "1.17", "1.18", "1.19", "1.20", "1.21", "1.22", "1.23",
                  "1.24", "1.25", "1.26", "1.28"),
          SERVICE
              .broken("start-waits-for-the-end")
              .why("start joins the thread that it has started.")
              .change(
                  THREAD,
                  THREAD
                      + "\n    try {\n      thread.join();\n"
                      + "    } catch (InterruptedException e) {\n"
                      + "      Thread.currentThread().interrupt();\n    }")
              .hangs()
              .fails(
                  "1.14", "1.15", "1.16", "1.17", "1.18", "1.19", "1.20", "1.21", "1.22", "1.23",
                  "1.24", "1.25", "1.26", "1.28"),
          SERVICE
              .broken("starts-twice")
              .why("Nobody looks whether the service was started before: two loops, two timers.")
              .change(CHECK, "")
              .fails("1.16"),
          SERVICE
              .broken("second-timer")
              .why("start looks too late: a second timer has been made, and nobody closes it.")
              .change(CHECK, "")
              .change("var ticks = timer.get();", "var ticks = timer.get();\n    " + CHECK)
              .fails("1.16"),
          SERVICE
              .broken("second-start-ignored")
              .why("A second start returns as if it had started something.")
              .change(CHECK, CHECK.replaceAll("throw .*;", "return;"))
              .fails("1.16"),
          SERVICE
              .broken("second-start-stops")
              .why("A second start is refused and ends the first.")
              .change(CHECK, CHECK.replace("throw ", "stopping.cancel();\n      throw "))
              .fails("1.16"),
          SERVICE
              .broken("thread-per-tick")
              .why(
                  "Each tick's work gets a thread of its own: slow work piles up, stop waits for"
                      + " none.")
              .is(ThreadPerTickService.class)
              .fails("1.17", "1.19", "1.22", "1.23", "1.24", "1.25"),

          // failures
          SERVICE
              .broken("dies-in-silence")
              .why(
                  "As scheduleAtFixedRate does: the first exception ends it, and nobody hears of"
                      + " it.")
              .is(SilentService.class)
              .fails("1.18", "1.28"),
          SERVICE
              .broken("first-exception-ends-it")
              .why("The exception is caught around the loop, not around the work.")
              .change(LOG, "throw new IllegalStateException(e);")
              .fails("1.18"),
          SERVICE
              .broken("checked-exception-ends-it")
              .why("Only unchecked exceptions of the work are caught.")
              .change(CATCH_WORK, "} catch (RuntimeException e) {")
              .change("private void workOnce() {", "private void workOnce() throws Exception {")
              .change(
                  "stopping.token().isCancelled() && e instanceof InterruptedException", "false")
              .hangs()
              .fails("1.18"),
          SERVICE
              .broken("exception-swallowed")
              .why("An empty catch block.")
              .change(LOG, "")
              .fails("1.18"),
          SERVICE
              .broken("message-only")
              .why("Logs the message and loses the exception: no stack, no cause.")
              .change(LOG, "log.error(\"service '{}' failed: {}\", name, e.getMessage());")
              .fails("1.18"),
          SERVICE
              .broken("logged-as-info")
              .why("Logs the failure where nobody looks for failures.")
              .change(LOG, LOG.replace("log.error", "log.info"))
              .fails("1.18"),
          SERVICE
              .broken("prints-the-stack")
              .why("printStackTrace goes past the log.")
              .change(
                  LOG,
                  "e.printStackTrace(new"
                      + " java.io.PrintStream(java.io.OutputStream.nullOutputStream()));")
              .fails("1.18"),
          SERVICE
              .broken("survives-an-error")
              .why("Throwable is caught around the work: an OutOfMemoryError is one more log line.")
              .change(CATCH_WORK, "} catch (Throwable e) {")
              .hangs()
              .fails("1.19"),
          SERVICE
              .broken("error-looks-like-an-end")
              .why("The completion completes normally, whatever happened.")
              .change("completion.completeExceptionally(fault);", "completion.complete(null);")
              .fails("1.19"),
          SERVICE
              .broken("nobody-hears-of-the-error")
              .why("The completion is never completed exceptionally.")
              .change("completion.completeExceptionally(fault);", "")
              .hangs()
              .fails("1.19"),
          SERVICE
              .broken("timer-left-open")
              .why("Nobody closes the timer.")
              .change("try (ticks) {", "try {")
              .hangs()
              .fails("1.19", "1.26"),
          SERVICE
              .broken("timer-left-open-on-error")
              .why("The timer is closed at the normal end only.")
              .change("try (ticks) {", "try {")
              .change(
                  "      completion.complete(null);\n    } catch",
                  "      ticks.close();\n      completion.complete(null);\n    } catch")
              .fails("1.19"),
          SERVICE
              .broken("no-completion")
              .why("completion is a stage that nothing ever completes.")
              .change(
                  "return completion.minimalCompletionStage();",
                  "return new CompletableFuture<>();")
              .hangs()
              .fails("1.19", "1.20"),

          // stop
          SERVICE
              .broken("stop-wakes-nobody")
              .why("The loop waits with a token that nobody cancels.")
              .change(
                  LOOP,
                  LOOP.replace("stopping.token()", "workbook.hosting.CancellationToken.none()"))
              .hangs()
              .fails("1.20", "1.21", "1.22", "1.24", "1.26"),
          SERVICE
              .broken("stop-does-not-cancel")
              .why("stop waits and never says that it is time.")
              .change(CANCEL, "")
              .hangs()
              .fails("1.20", "1.21", "1.22", "1.24", "1.26", "1.28"),
          SERVICE
              .broken("cancels-after-waiting")
              .why("stop waits first and cancels then.")
              .change(CANCEL, "")
              .change(INTERRUPT, CANCEL + INTERRUPT)
              .hangs()
              .fails("1.20", "1.21", "1.22", "1.24", "1.26"),
          SERVICE
              .broken("stop-interrupts-first")
              .why("stop interrupts at once, as ExecutorService.shutdownNow does.")
              .change(CANCEL, CANCEL + "    running.interrupt();\n")
              .fails("1.20", "1.22", "1.23", "1.24", "1.25"),
          SERVICE
              .broken("stop-interrupts-the-wait")
              .why("stop wakes the loop with an interrupt instead of the token.")
              .change(CANCEL, "    running.interrupt();\n")
              .hangs()
              .fails("1.20", "1.21", "1.22", "1.23", "1.24", "1.28"),
          SERVICE
              .broken("normal-end-logged-as-error")
              .why("A stop that was asked for is logged like a failure.")
              .change(
                  "      completion.complete(null);\n    } catch",
                  "      log.error(\"service '{}' ended\", name);\n"
                      + "      completion.complete(null);\n"
                      + "    } catch")
              .fails("1.20"),
          SERVICE
              .broken("stop-is-a-failure")
              .why("A normal stop completes the completion exceptionally.")
              .change(
                  "      completion.complete(null);\n    } catch",
                  "      completion.cancel(false);\n    } catch")
              .fails("1.20", "1.28"),
          SERVICE
              .broken("work-gets-no-token")
              .why("The work is given a token that is never cancelled.")
              .change(
                  "work.run(stopping.token());",
                  "work.run(workbook.hosting.CancellationToken.none());")
              .hangs()
              .fails("1.21"),
          SERVICE
              .broken("stop-does-not-wait")
              .why("stop cancels and returns while the work is in progress.")
              .change(JOIN, "if (false) {")
              .fails("1.22", "1.23", "1.24", "1.25", "1.26"),
          SERVICE
              .broken("works-off-the-pending-tick")
              .why("After stop began the loop still takes the tick that is pending.")
              .change(
                  LOOP,
                  "while (ticks.waitForNextTick(\n"
                      + "          stopped ? workbook.hosting.CancellationToken.none() :"
                      + " stopping.token())) {")
              .change(
                  "private final CancellationSource stopping",
                  "private volatile boolean stopped;\n  private final CancellationSource stopping")
              .change(CANCEL, "    stopped = true;\n" + CANCEL)
              .hangs()
              .fails("1.21", "1.22", "1.24"),
          SERVICE
              .broken("waits-on-the-real-clock")
              .why("Thread.join with a limit waits on the machine's clock, not on the deadline's.")
              .change(JOIN, "if (!running.join(deadline.remaining())) {")
              .hangs()
              .fails("1.20", "1.22", "1.23", "1.24", "1.25", "1.26", "1.28"),
          SERVICE
              .broken("waits-for-ever")
              .why("A join without a limit: one stuck iteration holds up the whole shutdown.")
              .change(JOIN, "running.join();\n    if (running.isAlive()) {")
              .hangs()
              .fails("1.23"),
          SERVICE
              .broken("deadline-without-interrupt")
              .why("At the deadline stop throws, and the work goes on.")
              .change(INTERRUPT, "")
              .fails("1.23"),
          SERVICE
              .broken("interrupt-is-a-failure")
              .why("The InterruptedException that stop has caused ends up as the failure.")
              .change(
                  "fault instanceof InterruptedException && stopping.token().isCancelled()",
                  "false")
              .fails("1.28"),
          SERVICE
              .broken("deadline-in-silence")
              .why("At the deadline stop interrupts and returns as if all were well.")
              .change("throw new TimeoutException(", "log.warn(")
              .fails("1.23"),
          SERVICE
              .broken("timeout-of-whom")
              .why("The message does not say which service it was.")
              .change("\"service '\" + name + \"' had not", "\"the service had not")
              .fails("1.23"),
          SERVICE
              .broken("another-exception")
              .why("Something else than TimeoutException is thrown at the deadline.")
              .change("throw new TimeoutException(", "throw new IllegalStateException(")
              .fails("1.23"),
          SERVICE
              .broken("stop-before-start-fails")
              .why("stop assumes that there is a thread.")
              .change(NOT_STARTED, "")
              .fails("1.24"),
          SERVICE
              .broken("stop-before-start-refused")
              .why("stop before start throws.")
              .change(
                  NOT_STARTED,
                  NOT_STARTED.replace(
                      "return;", "throw new IllegalStateException(\"not started\");"))
              .fails("1.24"),
          SERVICE
              .broken("stop-before-start-is-final")
              .why(
                  "stop before start cancels the token, and the service then starts without a"
                      + " life.")
              .change(CANCEL, "")
              .change(
                  "var running = runningThread();",
                  "stopping.cancel();\n    var running = runningThread();")
              .hangs()
              .fails("1.24"),
          SERVICE
              .broken("second-stop-does-not-wait")
              .why("The second caller is told that all is over while the work is in progress.")
              .change(
                  STOP, "    if (stopping.token().isCancelled()) {\n      return;\n    }\n" + STOP)
              .fails("1.24"),
          SERVICE
              .broken("second-stop-throws")
              .why("stop refuses to be called again.")
              .change(
                  STOP,
                  "    if (stopping.token().isCancelled()) {\n"
                      + "      throw new IllegalStateException(\"stopped\");\n"
                      + "    }\n"
                      + STOP)
              .fails("1.24"),
          SERVICE
              .broken("stop-after-the-deadline-throws")
              .why("stop is refused once a deadline has passed.")
              .change(
                  STOP,
                  "    if (late) {\n"
                      + "      throw new IllegalStateException(\"stopped before\");\n"
                      + "    }\n"
                      + STOP)
              .change(INTERRUPT, "      late = true;\n" + INTERRUPT)
              .change(
                  "  private final Work work;",
                  "  private final Work work;\n  private volatile boolean late;")
              .fails("1.24"),
          SERVICE
              .broken("interrupt-cleared")
              .why("stop clears the interrupt flag that its caller came with.")
              .change(CANCEL, "    Thread.interrupted();\n" + CANCEL)
              .fails("1.25"),
          SERVICE
              .broken("completion-made-by-start")
              .why("Whoever asks for the completion before start gets one that never completes.")
              .change(
                  "return completion.minimalCompletionStage();",
                  "return runningThread() == null ? new CompletableFuture<>() :"
                      + " completion.minimalCompletionStage();")
              .hangs()
              .fails("1.20"),
          SERVICE
              .broken("timer-made-by-the-constructor")
              .why("The timer begins to count when the service is made.")
              .change(
                  "  private final Work work;",
                  "  private final Work work;\n  private final TickSource made;")
              .change(
                  "    this.work = Objects",
                  "    this.made = timer.get();\n    this.work = Objects")
              .change("var ticks = timer.get();", "var ticks = made;")
              .fails("1.15"),
          SERVICE
              .broken("cancellation-ends-it")
              .why("A CancellationException of the work's own is taken for a stop.")
              .change(
                  CATCH_WORK,
                  "} catch (java.util.concurrent.CancellationException e) {\n"
                      + "      stopping.cancel();\n"
                      + "    "
                      + CATCH_WORK)
              .fails("1.18"),
          SERVICE
              .broken("stop-holds-its-monitor")
              .why("stop is synchronized: a second caller can neither give up nor be interrupted.")
              .change("public void stop", "public synchronized void stop")
              .hangs()
              .fails("1.24"),
          SERVICE
              .broken("interrupt-swallowed")
              .why("stop catches InterruptedException and returns.")
              .change(
                  JOIN,
                  "boolean ended;\n"
                      + "    try {\n"
                      + "      ended = deadline.join(running);\n"
                      + "    } catch (InterruptedException e) {\n"
                      + "      return;\n"
                      + "    }\n"
                      + "    if (!ended) {")
              .fails("1.25"),
          SERVICE
              .broken("interrupt-ignored")
              .why("stop catches InterruptedException and waits on.")
              .change(
                  JOIN,
                  "boolean ended = false;\n"
                      + "    while (!ended && !deadline.hasPassed()) {\n"
                      + "      try {\n"
                      + "        ended = deadline.join(running);\n"
                      + "      } catch (InterruptedException e) {\n"
                      + "        // again\n"
                      + "      }\n"
                      + "    }\n"
                      + "    if (!ended) {")
              .fails("1.25"),
          SERVICE
              .broken("helper-left-running")
              .why("start starts a second thread, which nobody ends.")
              .change(
                  THREAD,
                  THREAD
                      + "\n"
                      + "    Thread.ofVirtual().name(\"helper\").start(java.util.concurrent.locks.LockSupport::park);")
              .hangs()
              .fails("1.26"),

          // arguments
          SERVICE
              .broken("name-of-null-taken")
              .why("A name of null is taken.")
              .change("Objects.requireNonNull(name, \"name\")", "name")
              .fails("1.27"),
          SERVICE
              .broken("timer-of-null-taken")
              .why("A timer of null is found out by start.")
              .change("Objects.requireNonNull(timer, \"timer\")", "timer")
              .fails("1.27"),
          SERVICE
              .broken("work-of-null-taken")
              .why("A work of null is found out by the first tick.")
              .change("Objects.requireNonNull(work, \"work\")", "work")
              .fails("1.27"));

  private BrokenTimedServices() {}
}
