package workbook.shutdown;

import java.util.function.Consumer;

/**
 * The process that a program runs in: how it hears that it should end, and how it ends. A parameter
 * like the time, so that a test can play the part of the operating system.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
public interface HostProcess {

  /**
   * Hears of the signals that ask the process to end. From then on they do no more than this: the
   * process lives on until the action sees to its end. A later call replaces the action.
   *
   * @param action called with each signal, on a new thread each time; so two calls may overlap
   */
  void onStopSignal(Consumer<StopSignal> action);

  /**
   * Hears that the JVM is about to exit: that somebody called {@code System.exit}, or that no
   * platform thread is left. The JVM waits for the action without a limit. From within it, {@code
   * System.exit} never returns.
   *
   * @param action called once, on a thread of its own
   * @throws IllegalStateException if the JVM is exiting already
   */
  void onExit(Runnable action);

  /**
   * Ends the process here and now. No exit action is run, nobody is asked.
   *
   * @param status the exit code
   */
  void halt(int status);

  /** The process of this JVM, always the same object. */
  static HostProcess own() {
    return OwnProcess.INSTANCE;
  }
}
