package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.checker.process.ChildJvm;
import workbook.hosting.NotStarted;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;

/** Programs that run in a JVM of their own, and are told to end. */
final class Programs {

  private Programs() {}

  static void signalDuringAJob(Trial trial, ProgramContract page) {
    trial.setUp("a process of its own; SIGTERM during a job, which ends when it hears of the stop");
    var child = running(trial, page, "job");
    child.terminate();
    int code = expectExit(child, "the process ends within the deadline");
    expectInOrder(trial, child, ChildProgram.JOB_LINES);
    trial.expectThat("the exit code is 0", code == 0, "it is " + code + "; " + child.printed());
  }

  /** Virtual threads are daemons: a JVM does not wait for them. */
  static void onlyVirtualThreads(Trial trial, ProgramContract page) {
    trial.setUp("a process of its own, whose services have virtual threads only; then SIGTERM");
    var child = running(trial, page, "idle");
    child.say("are you there?");
    if (child.waitForLine(ChildProgram.ALIVE)) {
      child.terminate();
    }
    int code = expectExit(child, "the process ends when it is told to");
    var order = child.lines().stream().filter(ChildProgram.LIFE::contains).toList();
    trial.expectThat(
        "run returns after the host was told to stop",
        order.equals(ChildProgram.LIFE),
        "it returned, and the process ended, before anybody had asked");
    trial.expectThat("the exit code is 0", code == 0, "it is " + code + "; " + child.printed());
  }

  static void secondSignalToAProcess(Trial trial, ProgramContract page) {
    trial.setUp(
        "a process of its own; a service that never stops, and an hour for it; two SIGTERMs");
    var child = running(trial, page, "stubborn");
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
  static void exitInTheStopPath(Trial trial, ProgramContract page) {
    trial.setUp(
        "a process of its own with 200 ms to stop; SIGTERM; a service calls exit in its stop");
    var child = running(trial, page, "exit");
    child.terminate();
    expectExit(child, "the process ends soon after the deadline");
    expectNotReturned(
        trial, child, child.lines().stream().takeWhile(line -> !line.equals("stopping")).toList());
    for (var line : List.of(ChildProgram.EXIT, ChildProgram.STOPPED)) {
      trial.expectThat("'" + line + "' is logged", child.lines().contains(line), child.printed());
    }
  }

  /** Starts a program in a process of its own, and waits until it is where a signal may come. */
  private static ChildJvm running(Trial trial, ProgramContract page, String program) {
    trial.subject(page.runner(new FakeProcess(trial))); // its gaps, and the host's, are met here
    page.host(
        List.of(),
        List.of(),
        new HostOptions(Duration.ofSeconds(1), CrashPolicy.STOP_HOST),
        Duration.ofSeconds(1),
        trial.time());
    ChildJvm.skipWithoutSignals(trial);
    var child =
        new ChildJvm(
            trial,
            page.getClass(),
            List.of("-Dlogback.configurationFile=logback-child.xml"),
            ChildProgram.class,
            page.getClass().getName(),
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
}
