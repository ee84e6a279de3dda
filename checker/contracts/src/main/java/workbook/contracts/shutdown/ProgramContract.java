package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.process.ChildJvm;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
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

  /** A contract is stateless. */
  protected ProgramContract() {}

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

  /** Starts a program in a process of its own, and waits until it is where a signal may come. */
  private ChildJvm running(Trial trial, String program) {
    trial.subject(runner(new FakeProcess(trial))); // its gaps, and the host's, are met here
    host(
        List.of(),
        List.of(),
        new HostOptions(Duration.ofSeconds(1), CrashPolicy.STOP_HOST),
        Duration.ofSeconds(1),
        trial.time());
    ChildJvm.skipWithoutSignals(trial);
    var child =
        new ChildJvm(
            trial,
            getClass(),
            List.of("-Dlogback.configurationFile=logback-child.xml"),
            ChildProgram.class,
            getClass().getName(),
            program);
    if (!child.waitForLine(ChildProgram.READY)) {
      lookForGap(child);
      throw trial.broken("the host is started, and the main thread waits", child.printed());
    }
    return child;
  }

  private static int expectExit(ChildJvm child, String expected) {
    int code = child.expectExit(expected);
    lookForGap(child);
    return code;
  }

  /** A gap that is reached in another process is one all the same. */
  private static void lookForGap(ChildJvm child) {
    if (child.lines().stream().anyMatch(line -> line.contains(NotStarted.class.getName()))) {
      throw new NotStarted("a step", "a part that the process needs");
    }
  }

  private static void expectNotReturned(Trial trial, ChildJvm child, List<String> lines) {
    trial.expectThat(
        "run waits for the end of the host",
        lines.stream().noneMatch(line -> line.startsWith(ChildProgram.RETURNED)),
        "it returned while the host was running");
  }

  private static void expectInOrder(Trial trial, ChildJvm child, List<String> wanted) {
    var seen = child.lines().stream().filter(wanted::contains).toList();
    trial.expectThat(
        "logged in this order: " + shown(wanted), seen.equals(wanted), "logged: " + shown(seen));
  }

  /** Lines, with those that are numbered counted. */
  private static String shown(List<String> lines) {
    var shown = new ArrayList<String>();
    int counted = 0;
    for (var line : lines) {
      if (line.matches("line \\d+")) {
        counted++;
      } else {
        addCount(shown, counted);
        counted = 0;
        shown.add(line);
      }
    }
    addCount(shown, counted);
    return shown.isEmpty() ? "nothing" : String.join(" | ", shown);
  }

  private static void addCount(List<String> shown, int counted) {
    if (counted > 0) {
      shown.add(counted + " lines of the job");
    }
  }

  /** What the whole chapter is for. */
  @Rule(
      number = "4.44",
      says =
          "After SIGTERM during a job, the job MUST end, every line MUST be logged in order, and"
              + " the process MUST exit with 0 within the deadline.",
      check =
          "that nothing ends the process before run has returned; that no line is logged by"
              + " something that has been shut down already",
      lookAt = "run")
  void signalDuringAJob(Trial trial) {
    trial.setUp(
        "a process of its own; SIGTERM while a job runs that ends when it hears of the stop");
    var child = running(trial, "job");
    child.terminate();
    int code = expectExit(child, "the process ends within the deadline");
    expectInOrder(trial, child, ChildProgram.JOB_LINES);
    trial.expectThat("the exit code is 0", code == 0, "it is " + code + "; " + child.printed());
  }

  /** Virtual threads are daemons: a JVM does not wait for them. */
  @Rule(
      number = "4.45",
      says = "With only virtual threads at work the process MUST live on until it is told to end.",
      check = "that run waits, and does so on the thread that called it",
      lookAt = "run")
  void onlyVirtualThreads(Trial trial) {
    trial.setUp("a process of its own, whose services have virtual threads only; then SIGTERM");
    var child = running(trial, "idle");
    child.say("are you there?");
    if (child.waitForLine(ChildProgram.ALIVE)) {
      child.terminate();
    }
    int code = expectExit(child, "the process ends when it is told to");
    var order = child.lines().stream().filter(ChildProgram.LIFE::contains).toList();
    trial.expectThat(
        "run returns after the host was told to stop",
        order.equals(ChildProgram.LIFE),
        "it returned, and the process went, before anybody had asked");
    trial.expectThat("the exit code is 0", code == 0, "it is " + code + "; " + child.printed());
  }

  /** The last resort of whoever sits at the terminal. */
  @Rule(
      number = "4.46",
      says = "A second SIGTERM MUST end the process at once, whatever the host is waiting for.",
      check =
          "that the action for signals does not wait, so that the next one is heard; halt, which"
              + " runs no exit action",
      lookAt = "run")
  void secondSignalToAProcess(Trial trial) {
    trial.setUp(
        "a process of its own; a service that never stops, and an hour for it; two SIGTERMs");
    var child = running(trial, "stubborn");
    child.terminate();
    child.expectLine("the service is asked to stop", ChildProgram.STUBBORN);
    child.terminate();
    int code = expectExit(child, "the process ends at once");
    expectNotReturned(trial, child, child.lines());
    trial.expectThat("the exit code is 143", code == 143, "it is " + code);
  }

  /**
   * Exit in the wrong place: the thread that calls it waits for the exit action, which waits for
   * the host, which waits for the thread.
   */
  @Rule(
      number = "4.47",
      says =
          "An exit that a service calls while it is stopped MUST NOT hang: the process is gone soon"
              + " after the deadline.",
      check =
          "what the exit action waits for: the host's completion, which the deadline bounds, and"
              + " nothing else; and that it does not call exit itself",
      lookAt = "run")
  void exitInTheStopPath(Trial trial) {
    trial.setUp(
        "a process of its own with 200 ms to stop; SIGTERM; a service calls exit in its stop");
    var child = running(trial, "exit");
    child.terminate();
    expectExit(child, "the process ends soon after the deadline");
    expectNotReturned(
        trial, child, child.lines().stream().takeWhile(line -> !line.equals("stopping")).toList());
    for (var line : List.of(ChildProgram.EXIT, ChildProgram.STOPPED)) {
      trial.expectThat("'" + line + "' is logged", child.lines().contains(line), child.printed());
    }
  }
}
