package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.HostOptions;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HostRunner;
import workbook.shutdown.ServiceHost;

/**
 * The rules of the whole program: the module's own host, run by its own runner, in a JVM of its
 * own, with real signals.
 */
@Tag("step-4")
@Step(module = WorkbookModule.SHUTDOWN, number = 4, type = "Program")
public abstract class ProgramContract {

  /**
   * Makes a runner of the module's own.
   *
   * @param process how it hears that it should end
   * @return a new runner
   */
  protected abstract HostRunner runner(HostProcess process);

  /**
   * Makes a host of the module's own.
   *
   * @param services what it runs
   * @param listeners who hears of its life
   * @param options how it behaves
   * @param grace how long a stop may go on when the deadline has passed
   * @param time in which everything waits
   * @return a new host
   */
  protected abstract ServiceHost host(
      List<HostedService> services,
      List<LifecycleListener> listeners,
      HostOptions options,
      Duration grace,
      TimeSource time);

  @Rule(
      number = "4.44",
      says =
          "After SIGTERM during a job, the job MUST end, every line MUST be logged in order, and"
              + " the process MUST exit with 0 within the deadline.",
      check =
          "that the process does not end before run has returned; that no line is logged through"
              + " something that has been shut down already",
      lookAt = {"getCause", "run"})
  void signalDuringAJob(Trial trial) {
    Programs.signalDuringAJob(trial, this);
  }

  @Rule(
      number = "4.45",
      says = "With only virtual threads at work the process MUST live on until it is told to end.",
      check = "that run waits, and does so on the thread that called it",
      lookAt = "run")
  void onlyVirtualThreads(Trial trial) {
    Programs.onlyVirtualThreads(trial, this);
  }

  @Rule(
      number = "4.46",
      says = "A second SIGTERM MUST end the process at once, whatever the host is waiting for.",
      check =
          "that the action for signals does not wait, so that the next one is heard; that it calls"
              + " halt, which runs no exit action",
      lookAt = "run")
  void secondSignalToAProcess(Trial trial) {
    Programs.secondSignalToAProcess(trial, this);
  }

  @Rule(
      number = "4.47",
      says =
          "An exit that a service calls while it is stopped MUST NOT hang: the process MUST be gone"
              + " soon after the deadline.",
      check =
          "what the exit action waits for: only the host's completion, which the deadline bounds;"
              + " that it does not call exit itself",
      lookAt = {"remaining", "run"})
  void exitInTheStopPath(Trial trial) {
    Programs.exitInTheStopPath(trial, this);
  }
}
