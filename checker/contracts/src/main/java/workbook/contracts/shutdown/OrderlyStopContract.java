package workbook.contracts.shutdown;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** The rules of stopping services together: last first, within one deadline. */
@Tag("step-1")
@Step(module = WorkbookModule.SHUTDOWN, number = 1, type = "OrderlyStop")
public abstract class OrderlyStopContract {

  /**
   * Makes the sequence under test.
   *
   * @param grace how long a stop may go on when the deadline has passed
   * @param time in which it waits
   * @return a new sequence
   */
  protected abstract StopSequence create(Duration grace, TimeSource time);

  final StopBench bench(Trial trial) {
    return new StopBench(trial, this::create);
  }

  @Rule(
      number = "4.1",
      says = "Services MUST be stopped last first, each after the one before has ended.",
      check =
          "the direction of the loop (reversed()); that the loop waits for each service before it"
              + " asks the next",
      lookAt = "stop")
  void reverseOrder(Trial trial) {
    StopTimes.reverseOrder(trial, this);
  }

  @Rule(
      number = "4.2",
      says = "All services MUST share one deadline: each is told what the ones before it left.",
      check = "that each service is handed the deadline itself, and not one of its own",
      lookAt = "stop")
  void oneDeadline(Trial trial) {
    StopTimes.oneDeadline(trial, this);
  }

  @Rule(
      number = "4.3",
      says =
          "A service that ends before the deadline MUST be waited for, and MUST NOT be"
              + " interrupted.",
      check =
          "that the wait for a service ends with the service and not earlier or later; that the"
              + " interrupt comes only after the wait was in vain",
      lookAt = "stop")
  void patience(Trial trial) {
    StopTimes.patience(trial, this);
  }

  @Rule(
      number = "4.4",
      says =
          "A service that forces itself within the grace after the deadline MUST NOT be"
              + " interrupted, and its own failure MUST count.",
      check =
          "that the wait for each service goes on for the grace after the deadline; that what the"
              + " service throws itself is what is collected",
      lookAt = "stop")
  void grace(Trial trial) {
    StopTimes.grace(trial, this);
  }

  @Rule(
      number = "4.5",
      says =
          "When the grace is over, a service that has not ended MUST be interrupted, and be named"
              + " in a TimeoutException.",
      check =
          "that stop is called on a thread that can be left behind; that the wait for it has a"
              + " limit, on the monotonic clock; the interrupt after it; that the exception names"
              + " the service",
      lookAt = "stop")
  void givenUp(Trial trial) {
    StopTimes.givenUp(trial, this);
  }

  @Rule(
      number = "4.6",
      says =
          "After one that was given up on, the others MUST still be stopped, each with the grace.",
      check =
          "that the loop goes on after a service was given up on; that it does not wait for the"
              + " interrupted thread; that the limit of each wait is the time left <em>and</em> the"
              + " grace; that only who has not ended by then counts as one that was given up on,"
              + " and that what its stop throws afterwards counts no more",
      lookAt = "stop")
  void theOthersAreStopped(Trial trial) {
    StopTimes.theOthersAreStopped(trial, this);
  }

  @Rule(
      number = "4.7",
      says =
          "All failures MUST be collected: the first is thrown itself, the later ones are"
              + " suppressed in it.",
      check =
          "that the catch is inside the loop, and for Throwable; that the first failure is thrown"
              + " as it is; addSuppressed, in order; catch blocks around the call of a service's"
              + " stop",
      lookAt = "stop")
  void failures(Trial trial) {
    StopFailures.failures(trial, this);
  }

  @Rule(
      number = "4.8",
      says = "A failure that several services throw MUST be collected once.",
      check =
          "addSuppressed of an exception to itself, which throws an IllegalArgumentException in"
              + " place of the failure; that each failure is compared with all that were collected,"
              + " with ==",
      lookAt = "stop")
  void sameFailure(Trial trial) {
    StopFailures.sameFailure(trial, this);
  }

  @Rule(
      number = "4.9",
      says =
          "An interrupt of the caller MUST NOT break the stop off, and MUST be in the flag when it"
              + " returns.",
      check =
          "what the wait for a service does with an InterruptedException: wait on, as long as is"
              + " left and no longer, also after a second one; and set the flag again before stop"
              + " returns or throws",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    StopThreads.interruptOfTheCaller(trial, this);
  }

  @Rule(
      number = "4.10",
      says = "When all services have ended, no thread of the sequence MUST be left.",
      check =
          "executors that are not shut down; helpers that still wait, also the one that was left"
              + " behind with a service that ended in the end",
      lookAt = "stop")
  void nothingLeft(Trial trial) {
    StopThreads.nothingLeft(trial, this);
  }

  @Rule(
      number = "4.11",
      says =
          "A grace that is not longer than zero and anything that is null MUST be refused; no"
              + " services MUST be stopped at once.",
      check =
          "the constructor, Arguments.positive and Objects.requireNonNull with the argument's name;"
              + " an empty list",
      lookAt = "<init>")
  void arguments(Trial trial) {
    StopArguments.arguments(trial, this);
  }

  @Rule(
      number = "4.48",
      says =
          "One sequence MUST be able to stop again, and twice at the same time: what fails or takes"
              + " long in one stop is nothing to the other.",
      check =
          "fields. What belongs to one stop, its failures above all, is kept in local variables; no"
              + " lock is held while services are stopped",
      lookAt = "stop")
  void stopsOfTheirOwn(Trial trial) {
    StopThreads.stopsOfTheirOwn(trial, this);
  }
}
