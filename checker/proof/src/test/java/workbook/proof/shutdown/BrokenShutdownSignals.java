package workbook.proof.shutdown;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Runners of a host that are wrong. */
public final class BrokenShutdownSignals {

  static final Table SIGNAL = new Table(WorkbookModule.SHUTDOWN, "ShutdownSignal");

  private static final String REQUEST =
      "            log.info(\"{}: stopping; a second signal ends the process at once\", signal);\n"
          + "            host.requestStop();\n";
  private static final String HALT = "            process.halt(signal.exitCode());\n";
  private static final String ON_EXIT = "    process.onExit(() -> stopAndWait(host));\n";
  private static final String RUN = "    return startAndWait(host);\n";
  private static final String START = "      host.start();\n";
  private static final String WAIT =
      "      host.completion().thenRun(() -> {}).toCompletableFuture().get();\n";
  private static final String FAILED =
      "      log.error(\"the host failed\", e.getCause());\n      return 1;\n";
  private static final String NOT_STARTED =
      "    } catch (Throwable e) {\n"
          + "      log.error(\"the host did not start\", e);\n"
          + "      return 1;\n";
  private static final String EXIT_WAIT =
      "    host.completion().handle((_, _) -> null).toCompletableFuture().join();\n";
  private static final String FIRST = "if (asked.compareAndSet(false, true)) {";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          SIGNAL
              .broken("returns-at-once")
              .why("Run starts the host and returns: only virtual threads are left.")
              .change(WAIT, "")
              .change(
                  "    } catch (ExecutionException e) {\n" + FAILED,
                  "    } catch (RuntimeException e) {\n"
                      + "      log.error(\"the host failed\", e);\n"
                      + "      return 1;\n")
              .hangs()
              .fails("4.35", "4.36", "4.38", "4.39", "4.41", "4.42"),
          SIGNAL
              .broken("asks-at-once")
              .why("The host is asked to stop as soon as it has started.")
              .change(START, "      host.start();\n      host.requestStop();\n")
              .fails("4.35", "4.42"),
          SIGNAL
              .broken("starts-twice")
              .why("The host is started a second time when it does not end at once.")
              .change(START, "      host.start();\n      host.start();\n")
              .fails("4.35"),
          SIGNAL
              .broken("code-of-the-signal")
              .why("After a signal the exit code is that of a process which the signal has killed.")
              .change("      return 0;\n", "      return asked.get() ? 143 : 0;\n")
              .change("    return startAndWait(host);\n", "    return startAndWait(host, asked);\n")
              .change(
                  "  private static int startAndWait(ServiceHost host)",
                  "  private static int startAndWait(ServiceHost host, AtomicBoolean asked)")
              .fails("4.36", "4.37"),
          SIGNAL
              .broken("halts-at-the-first")
              .why("The first signal ends the process.")
              .change(REQUEST, "            process.halt(0);\n" + REQUEST)
              .fails("4.36", "4.38", "4.41", "4.50"),
          SIGNAL
              .broken("action-waits")
              .why("The action for a signal waits for the end of the host.")
              .change(REQUEST, REQUEST + "        " + EXIT_WAIT)
              .hangs()
              .fails("4.36", "4.37", "4.38", "4.39", "4.41", "4.50"),
          SIGNAL
              .broken("terminal-only")
              .why("SIGTERM is taken for a second Ctrl-C.")
              .change(
                  FIRST, "if (signal == StopSignal.SIGINT && asked.compareAndSet(false, true)) {")
              .fails("4.36", "4.37", "4.38", "4.41"),
          SIGNAL
              .broken("signals-after-the-start")
              .why("Signals are heard when the host has started.")
              .change(
                  "    process.onStopSignal(\n",
                  "    java.util.function.Consumer<StopSignal> action =\n")
              .change(
                  "          }\n        });\n    process.onExit",
                  "          }\n        };\n    process.onExit")
              .change(RUN, "    return startAndWait(host, action);\n")
              .change(
                  "  private static int startAndWait(ServiceHost host)",
                  "  private int startAndWait(ServiceHost host,"
                      + " java.util.function.Consumer<StopSignal> action)")
              .change(START, START + "      process.onStopSignal(action);\n")
              .hangs()
              .fails("4.37"),
          SIGNAL
              .broken("second-signal-ignored")
              .why("A second signal is logged, and everybody waits on.")
              .change(HALT, "")
              .fails("4.38", "4.50"),
          SIGNAL
              .broken("second-of-each-kind")
              .why("Only a second signal of the same kind is a second one.")
              .change(
                  "    var asked = new AtomicBoolean();\n",
                  "    var asked = java.util.EnumSet.noneOf(StopSignal.class);\n")
              .change(FIRST, "if (asked.add(signal)) {")
              .fails("4.38", "4.50"),
          SIGNAL
              .broken("second-signal-halts-with-1")
              .why("The exit code does not tell what has ended the process.")
              .change("process.halt(signal.exitCode());", "process.halt(1);")
              .fails("4.38"),
          SIGNAL
              .broken("always-0")
              .why("A host that failed is an exit code of 0, too.")
              .change(
                  FAILED, "      log.error(\"the host failed\", e.getCause());\n      return 0;\n")
              .fails("4.39"),
          SIGNAL
              .broken("failure-not-logged")
              .why("Nobody reads why the host failed.")
              .change(FAILED, "      return 1;\n")
              .fails("4.39"),
          SIGNAL
              .broken("failure-after-a-signal-excused")
              .why("When it was asked to stop, a failure does not count.")
              .change(
                  FAILED,
                  "      log.error(\"the host failed\", e.getCause());\n"
                      + "      return asked.get() ? 0 : 1;\n")
              .change(RUN, "    return startAndWait(host, asked);\n")
              .change(
                  "  private static int startAndWait(ServiceHost host)",
                  "  private static int startAndWait(ServiceHost host, AtomicBoolean asked)")
              .fails("4.39"),
          SIGNAL
              .broken("cancellation-excused")
              .why("A host that failed with a cancellation is taken for one that ended well.")
              .change(
                  FAILED,
                  "      log.error(\"the host failed\", e.getCause());\n"
                      + "      return e.getCause() instanceof"
                      + " java.util.concurrent.CancellationException ? 0 : 1;\n")
              .fails("4.39"),
          SIGNAL
              .broken("failed-start-waits")
              .why("After a failed start it waits for an end that will not come.")
              .change(
                  NOT_STARTED,
                  "    } catch (Throwable e) {\n      log.error(\"the host did not start\", e);\n")
              .hangs()
              .fails("4.40"),
          SIGNAL
              .broken("failed-start-thrown-on")
              .why("What start throws leaves run.")
              .change(
                  NOT_STARTED,
                  "    } catch (Throwable e) {\n"
                      + "      throw new IllegalStateException(\"the host did not start\", e);\n")
              .fails("4.40"),
          SIGNAL
              .broken("error-at-start-thrown-on")
              .why("An Error of the start leaves run.")
              .change(NOT_STARTED, NOT_STARTED.replace("Throwable", "Exception"))
              .fails("4.40"),
          SIGNAL
              .broken("failed-start-not-logged")
              .why("Nobody reads why the host did not start.")
              .change(NOT_STARTED, "    } catch (Throwable e) {\n      return 1;\n")
              .fails("4.40"),
          SIGNAL
              .broken("exit-not-heard")
              .why("When somebody calls exit, the services are cut off.")
              .change(ON_EXIT, "")
              .fails("4.41"),
          SIGNAL
              .broken("exit-does-not-wait")
              .why("When somebody calls exit, the host is asked to stop, and the JVM goes on.")
              .change(EXIT_WAIT, "")
              .fails("4.41"),
          SIGNAL
              .broken("exit-does-not-ask")
              .why("When somebody calls exit, everything waits for an end that nobody asks for.")
              .change("    host.requestStop();\n    host.completion()", "    host.completion()")
              .hangs()
              .fails("4.41"),
          SIGNAL
              .broken("exit-action-throws")
              .why("The failure of the host leaves the exit action.")
              .change(EXIT_WAIT, "    host.completion().toCompletableFuture().join();\n")
              .fails("4.41"),
          SIGNAL
              .broken("exit-heard-after-the-start")
              .why("Exits are heard when the host has started.")
              .change(ON_EXIT, "")
              .change("  private static int startAndWait", "  private int startAndWait")
              .change(START, START + "      process.onExit(() -> stopAndWait(host));\n")
              .fails("4.41"),
          SIGNAL
              .broken("exit-counts-as-a-signal")
              .why("The first signal after an exit is taken for the second.")
              .change(
                  ON_EXIT,
                  "    process.onExit(\n"
                      + "        () -> {\n"
                      + "          asked.set(true);\n"
                      + "          stopAndWait(host);\n"
                      + "        });\n")
              .fails("4.41"),
          SIGNAL
              .broken("exit-after-a-signal-does-not-wait")
              .why("Only an exit that asks the host itself waits for its end.")
              .change(
                  ON_EXIT,
                  "    process.onExit(\n"
                      + "        () -> {\n"
                      + "          if (!asked.get()) {\n"
                      + "            stopAndWait(host);\n"
                      + "          }\n"
                      + "        });\n")
              .fails("4.41"),
          SIGNAL
              .broken("interrupt-stops-the-host")
              .why("An interrupt of the thread in run is taken for a request to stop.")
              .change(
                  "    return startAndWait(host);\n",
                  "    try {\n"
                      + "      return startAndWait(host);\n"
                      + "    } catch (InterruptedException e) {\n"
                      + "      host.requestStop();\n"
                      + "      throw e;\n"
                      + "    }\n")
              .fails("4.42"),
          SIGNAL
              .broken("interrupt-swallowed")
              .why("An interrupt starts the wait anew, and is forgotten.")
              .change(
                  "    return startAndWait(host);\n",
                  "    try {\n"
                      + "      return startAndWait(host);\n"
                      + "    } catch (InterruptedException e) {\n"
                      + "      log.warn(\"interrupted\", e);\n"
                      + "      return 1;\n"
                      + "    }\n")
              .fails("4.42"),
          SIGNAL
              .broken("process-not-checked")
              .why("A process of null is found when run is called.")
              .change("Objects.requireNonNull(process, \"process\")", "process")
              .fails("4.43"),
          SIGNAL
              .broken("host-not-checked")
              .why("A host of null is stumbled over.")
              .change("    Objects.requireNonNull(host, \"host\");\n", "")
              .fails("4.43"),
          SIGNAL
              .broken("first-signal-in-two-steps")
              .why("Whether it is the first is looked at in one step and marked in another.")
              .change(FIRST, "if (!asked.get()) {\n            asked.set(true);")
              .fails("4.50"));

  private BrokenShutdownSignals() {}
}
