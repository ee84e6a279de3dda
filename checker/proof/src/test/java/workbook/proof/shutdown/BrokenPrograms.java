package workbook.proof.shutdown;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Programs that are wrong; few, since each costs four processes. */
public final class BrokenPrograms {

  static final Table PROGRAM = new Table(WorkbookModule.SHUTDOWN, "Program");

  private static final String SIGNAL = "ShutdownSignal";

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          PROGRAM
              .broken("code-of-the-signal")
              .why("After a signal the exit code is that of a process which the signal has killed.")
              .changeIn(SIGNAL, "      return 0;\n", "      return 143;\n")
              .fails("4.44", "4.45"),
          PROGRAM
              .broken("returns-at-once")
              .why("Run starts the host and returns: only virtual threads are left.")
              .changeIn(
                  SIGNAL,
                  "      host.completion().thenRun(() -> {}).toCompletableFuture().get();\n",
                  "      if (host == null) {\n"
                      + "        throw new ExecutionException(new IllegalStateException());\n"
                      + "      }\n")
              .hangs()
              .fails("4.44", "4.45", "4.46", "4.47"),
          PROGRAM
              .broken("second-signal-ignored")
              .why("A second signal is logged, and everybody waits on.")
              .changeIn(SIGNAL, "            process.halt(signal.exitCode());\n", "")
              .hangs()
              .fails("4.46"),
          PROGRAM
              .broken("exit-waits-without-limit")
              .why("The host never gives up on a service, so an exit in its stop waits for itself.")
              .changeIn("OrderlyStop", "giveUp.join(thread);", "thread.join();")
              .hangs()
              .fails("4.47"));

  private BrokenPrograms() {}
}
