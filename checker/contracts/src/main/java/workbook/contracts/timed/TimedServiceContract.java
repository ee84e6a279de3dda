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
      says =
          "The service MUST run its work once for each tick, on a thread named after the service.",
      check =
          "that start makes the timer and the thread; that the loop goes on while the wait returns"
              + " true; that the thread gets the service's name",
      lookAt = "start")
  void runsAtEachTick(Trial trial) {
    Iterations.oneForEachTick(trial, this);
  }

  @Rule(
      number = "1.15",
      says = "Start MUST return at once, while the service waits for its first tick.",
      check =
          "that the loop runs on a thread of its own, not in start; that the constructor makes no"
              + " timer",
      lookAt = "start")
  void startReturns(Trial trial) {
    Starts.returnAtOnce(trial, this);
  }

  @Rule(
      number = "1.16",
      says =
          "A second start MUST be refused with IllegalStateException, whenever it comes, and MUST"
              + " NOT disturb the first.",
      check =
          "that start looks whether it was called before; that it looks before it makes a second"
              + " timer or thread; that looking and noting it are one step; that a service that was"
              + " stopped is not started again",
      lookAt = "start")
  void startTwice(Trial trial) {
    Starts.twice(trial, this);
  }

  @Rule(
      number = "1.17",
      says = "An iteration MUST NOT overlap the next one.",
      check =
          "that the loop's own thread does the work, so that it cannot ask for the next tick too"
              + " early",
      lookAt = "start")
  void noOverlap(Trial trial) {
    Iterations.overlap(trial, this);
  }

  @Rule(
      number = "1.18",
      says =
          "The service MUST log an exception of its work with its cause, and run the work again at"
              + " the next tick, even if the work was interrupted or leaves the flag set.",
      check =
          "that the exception is caught around the work, inside the loop; that it is the last"
              + " argument of the logger, also while the service stops; that no type of exception"
              + " and no interrupt flag ends the loop: only the service's own token does",
      lookAt = {"interrupted", "error", "start"})
  void exceptionInTheWork(Trial trial) {
    Iterations.exception(trial, this);
  }

  @Rule(
      number = "1.19",
      says = "An Error in the work MUST end the service, fail its completion and close its timer.",
      check =
          "that the loop catches Exception around the work, not Throwable; that the thread"
              + " completes the completion exceptionally when it ends this way; that it closes the"
              + " timer on this path, too",
      lookAt = {"completeExceptionally", "completion"})
  void errorInTheWork(Trial trial) {
    Iterations.error(trial, this);
  }

  @Rule(
      number = "1.20",
      says =
          "Stop during a wait MUST end the service promptly, without an interrupt, a warning or a"
              + " failure.",
      check =
          "that stop cancels the token that the loop waits with; that the loop ends when the wait"
              + " returns false; that a normal end is not logged as an error",
      lookAt = "stop")
  void stopDuringAWait(Trial trial) {
    Stops.duringAWait(trial, this);
  }

  @Rule(
      number = "1.21",
      says =
          "The service MUST cancel the token of its work as soon as stop begins, and MUST NOT"
              + " cancel it before.",
      check = "that the work gets the token that stop cancels; that stop first cancels, then waits",
      lookAt = "stop")
  void workIsAskedToStop(Trial trial) {
    Stops.cancelTheToken(trial, this);
  }

  @Rule(
      number = "1.22",
      says =
          "Stop MUST let the iteration in progress end undisturbed; once stop has returned, the"
              + " work MUST NOT run again.",
      check =
          "that stop waits for the thread to end; that it does not interrupt before the deadline;"
              + " that the loop asks its token again before it works again",
      lookAt = "stop")
  void stopWaitsForTheIteration(Trial trial) {
    Stops.waitForTheIteration(trial, this);
  }

  @Rule(
      number = "1.23",
      says =
          "At the deadline stop MUST interrupt the iteration and throw a TimeoutException that"
              + " names the service.",
      check =
          "that stop waits with Deadline.join, not with a join without end; that it interrupts the"
              + " thread when the join returns false; that it then throws, with the service's name"
              + " in the message",
      lookAt = "stop")
  void deadline(Trial trial) {
    Stops.atTheDeadline(trial, this);
  }

  @Rule(
      number = "1.24",
      says = "Calling stop before start, twice, or from two threads at once MUST be harmless.",
      check =
          "what stop does while there is no thread yet, and when it has ended; that stop holds no"
              + " lock while it waits: a second caller could neither give up at its own deadline"
              + " nor be interrupted",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    Stops.atAnyTime(trial, this);
  }

  @Rule(
      number = "1.25",
      says = "Stop MUST NOT swallow an interrupt of the thread that calls it.",
      check =
          "that every catch of InterruptedException throws it on or sets the flag again; that stop"
              + " does not call Thread.interrupted()",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    Stops.interruptOfTheCaller(trial, this);
  }

  @Rule(
      number = "1.26",
      says =
          "After stop, the timer MUST be closed and every thread of the service MUST have ended.",
      check =
          "that stop waits for the thread; that the timer is closed on every path"
              + " (try-with-resources); that helper threads end, too",
      lookAt = {"ofVirtual", "stop"})
  void nothingLeft(Trial trial) {
    Stops.leftovers(trial, this);
  }

  @Rule(
      number = "1.27",
      says = "The constructor MUST refuse a null name, timer or work.",
      check = "that the constructor calls Objects.requireNonNull with the argument's name",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheService(trial, this);
  }

  @Rule(
      number = "1.28",
      says =
          "When stop has interrupted the service at its deadline, the completion MUST still"
              + " complete normally.",
      check =
          "where an InterruptedException of the work or of the wait for a tick goes: once the token"
              + " is cancelled, an interrupt is only what stop has done; that every way out of the"
              + " loop completes the completion",
      lookAt = {"completeExceptionally", "stop"})
  void forcedIsNoFailure(Trial trial) {
    Stops.forcedIsNoFailure(trial, this);
  }

  @Rule(
      number = "1.30",
      says =
          "Stop MUST wait for the iteration in progress, and force it at the deadline, even if an"
              + " action that the work has registered with its token throws.",
      check =
          "that stop joins whatever comes of cancelling, in a finally block, say; that an Error of"
              + " an action is no exception to that",
      lookAt = "stop")
  void throwingAction(Trial trial) {
    Stops.throwingAction(trial, this);
  }

  @Rule(
      number = "1.31",
      says =
          "A timer that cannot be made or that fails MUST fail the start or the completion, with"
              + " its cause, and MUST NOT leave a thread.",
      check =
          "that what leaves the loop fails the completion; that the timer is closed then, too; that"
              + " the completion completes even if close throws",
      lookAt = "start")
  void brokenTimer(Trial trial) {
    BrokenTimers.all(trial, this);
  }

  @Rule(
      number = "1.32",
      says =
          "Each stage that completion returns MUST complete when the service ends, whoever asks for"
              + " it, and when.",
      check =
          "that one future is made with the service, not at the first question; that it is the one"
              + " that the thread completes",
      lookAt = "completion")
  void everyCompletion(Trial trial) {
    Stops.everyCompletion(trial, this);
  }
}
