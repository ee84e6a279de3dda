package workbook.contracts.timed;

import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/** The rules of a service that does its work at every tick. */
@Tag("step-3")
@Step(module = WorkbookModule.TIMED, number = 3, type = "TimedService")
public abstract class TimedServiceContract {

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param timer makes the timer when the service starts; the service owns it and closes it
   * @param work what to do at each tick
   * @return a new service
   */
  protected abstract HostedService create(
      String name, Supplier<? extends TickSource> timer, Work work);

  final TimedServiceBench bench(Trial trial, Work work) {
    return new TimedServiceBench(trial, timer -> create(TimedServiceBench.NAME, timer, work));
  }

  @Rule(
      number = "1.14",
      says = "The work MUST run once for each tick, on a thread named after the service.",
      check =
          "that start makes the timer and the thread; the loop's condition; that the thread is"
              + " given the service's name",
      lookAt = "start")
  void runsAtEachTick(Trial trial) {
    Iterations.oneForEachTick(trial, this);
  }

  @Rule(
      number = "1.15",
      says = "Start MUST return at once, while the service waits for its first tick.",
      check =
          "that the loop runs on a thread of its own and not in start; that the constructor makes"
              + " no timer",
      lookAt = "start")
  void startReturns(Trial trial) {
    Starts.returnAtOnce(trial, this);
  }

  @Rule(
      number = "1.16",
      says =
          "A second start MUST be refused with IllegalStateException and MUST NOT disturb the"
              + " first.",
      check =
          "that start looks whether it was called before, and that it does so before it makes a"
              + " second timer or thread",
      lookAt = "start")
  void startTwice(Trial trial) {
    Starts.twice(trial, this);
  }

  @Rule(
      number = "1.17",
      says = "An iteration MUST NOT overlap the next one.",
      check =
          "that the loop's own thread does the work, so that it cannot ask for the next tick before"
              + " the work is done",
      lookAt = "start")
  void noOverlap(Trial trial) {
    Iterations.overlap(trial, this);
  }

  @Rule(
      number = "1.18",
      says = "An exception in the work MUST be logged with its cause, and the next tick MUST run.",
      check =
          "that the exception is caught around the work, inside the loop; that the exception itself"
              + " is handed to the logger, as its last argument; that no type of exception is taken"
              + " for a stop: your own token says whether the service is asked to end",
      lookAt = "start")
  void exceptionInTheWork(Trial trial) {
    Iterations.exception(trial, this);
  }

  @Rule(
      number = "1.19",
      says =
          "An Error in the work MUST end the service, surface as its failure and close its timer.",
      check =
          "that Exception is caught around the work, not Throwable; that the thread's last words"
              + " complete the completion exceptionally; that the timer is closed on this path too",
      lookAt = "completion")
  void errorInTheWork(Trial trial) {
    Iterations.error(trial, this);
  }

  @Rule(
      number = "1.20",
      says =
          "Stop during a wait MUST end the service promptly, without error and without an"
              + " interrupt.",
      check =
          "that stop cancels the token that the loop waits with; that the loop ends when the wait"
              + " returns false; that a normal end is not logged as an error",
      lookAt = "stop")
  void stopDuringAWait(Trial trial) {
    Stops.duringAWait(trial, this);
  }

  @Rule(
      number = "1.21",
      says = "The token of the work MUST be cancelled as soon as stop begins, not before.",
      check =
          "that the work is given the token that stop cancels, and that stop cancels first and"
              + " waits then",
      lookAt = "stop")
  void workIsAskedToStop(Trial trial) {
    Stops.cancelTheToken(trial, this);
  }

  @Rule(
      number = "1.22",
      says =
          "Stop MUST wait for the iteration in progress, undisturbed; after it returned no work"
              + " runs.",
      check =
          "that stop waits for the thread to end; that it does not interrupt before the deadline;"
              + " that the loop asks the token again before it works again",
      lookAt = "stop")
  void stopWaitsForTheIteration(Trial trial) {
    Stops.waitForTheIteration(trial, this);
  }

  @Rule(
      number = "1.23",
      says =
          "At the deadline the iteration MUST be interrupted, and stop MUST throw a"
              + " TimeoutException that names the service.",
      check =
          "that the wait in stop is Deadline.join, not a join without end; that stop interrupts the"
              + " thread when the join returned false; that it then throws, with the service's"
              + " name",
      lookAt = "stop")
  void deadline(Trial trial) {
    Stops.atTheDeadline(trial, this);
  }

  @Rule(
      number = "1.24",
      says = "Stop before start, twice, and from two threads at once MUST be harmless.",
      check =
          "what stop does when there is no thread yet, and when it has ended; that stop holds no"
              + " monitor while it waits, since the second caller could then neither give up at its"
              + " deadline nor be interrupted",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    Stops.atAnyTime(trial, this);
  }

  @Rule(
      number = "1.25",
      says = "An interrupt of the thread that calls stop MUST NOT be lost.",
      check =
          "catch blocks for InterruptedException: throw it on, or set the flag again; no"
              + " Thread.interrupted() in stop",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    Stops.interruptOfTheCaller(trial, this);
  }

  @Rule(
      number = "1.26",
      says = "After stop, the timer MUST be closed and no thread of the service MUST be left.",
      check =
          "that stop waits for the thread; that the timer is closed when the loop ends, on every"
              + " path (try-with-resources); helpers that you started",
      lookAt = "stop")
  void nothingLeft(Trial trial) {
    Stops.leftovers(trial, this);
  }

  @Rule(
      number = "1.27",
      says = "A name, a timer or a work that is null MUST be refused.",
      check = "the constructor, Objects.requireNonNull with the argument's name",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheService(trial, this);
  }

  @Rule(
      number = "1.28",
      says = "An interrupt at the deadline MUST NOT count as a failure of the service.",
      check =
          "where the InterruptedException of the work goes, and the one of the wait for a tick:"
              + " once the token is cancelled, an interrupt is only what stop has done",
      lookAt = "stop")
  void forcedIsNoFailure(Trial trial) {
    Stops.forcedIsNoFailure(trial, this);
  }
}
