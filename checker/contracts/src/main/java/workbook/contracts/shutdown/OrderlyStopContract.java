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
      says = "Services MUST be stopped in reverse order, each after the one before it has ended.",
      check =
          "the direction of the loop (reversed()); that the loop waits for each service before it"
              + " asks the next",
      lookAt = "stop")
  void reverseOrder(Trial trial) {
    StopTimes.reverseOrder(trial, this);
  }

  @Rule(
      number = "4.2",
      says =
          "All services MUST share one deadline: each gets the time that those before it have"
              + " left.",
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
          "that the wait for a service ends with the service, neither earlier nor later; that the"
              + " interrupt comes only after the wait was in vain; that the longest Duration can be"
              + " added to another",
      lookAt = {"remaining", "stop"})
  void patience(Trial trial) {
    StopTimes.patience(trial, this);
  }

  @Rule(
      number = "4.4",
      says =
          "A service that ends within the grace after the deadline MUST NOT be interrupted, and its"
              + " own failure MUST count.",
      check =
          "that the wait for each service goes on for the grace after the deadline; that what is"
              + " collected is what the service itself has thrown",
      lookAt = "stop")
  void grace(Trial trial) {
    StopTimes.grace(trial, this);
  }

  @Rule(
      number = "4.5",
      says =
          "When the grace is over, a service that has not ended MUST be interrupted, and a"
              + " TimeoutException MUST name it.",
      check =
          "that stop is called on a thread that can be left behind; that the wait for it has a"
              + " limit, on the monotonic clock, whose values may overflow, and an interrupt after"
              + " it; that the exception names the service",
      lookAt = "stop")
  void givenUp(Trial trial) {
    StopTimes.givenUp(trial, this);
  }

  @Rule(
      number = "4.6",
      says =
          "After a service was given up on, the others MUST still be stopped, each with its own"
              + " grace.",
      check =
          "that the loop goes on, without waiting for the interrupted thread; that each wait is"
              + " limited to the time left plus the grace; that what an abandoned stop throws"
              + " afterwards no longer counts",
      lookAt = "stop")
  void theOthersAreStopped(Trial trial) {
    StopTimes.theOthersAreStopped(trial, this);
  }

  @Rule(
      number = "4.7",
      says =
          "All failures MUST be collected: the first is thrown as it is, and the later ones are"
              + " suppressed in it.",
      check =
          "that the catch is inside the loop, and for Throwable; that the first failure is thrown"
              + " unwrapped; that a service which leaves its thread's interrupt flag set does not"
              + " interrupt the next; that the others go into addSuppressed, in order",
      lookAt = {"ofVirtual", "stop"})
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
      lookAt = {"error", "stop"})
  void sameFailure(Trial trial) {
    StopFailures.sameFailure(trial, this);
  }

  @Rule(
      number = "4.9",
      says =
          "An interrupt of the caller MUST NOT cut the stop short, and the flag MUST be set when"
              + " stop returns or throws.",
      check =
          "that an InterruptedException, even a second one or one in the grace, makes the wait go"
              + " on for what is left and no longer; that the flag is set again before stop returns"
              + " or throws",
      lookAt = {"remaining", "stop"})
  void interruptOfTheCaller(Trial trial) {
    StopThreads.interruptOfTheCaller(trial, this);
  }

  @Rule(
      number = "4.10",
      says = "When all services have ended, the sequence MUST NOT leave a thread behind.",
      check =
          "that executors are shut down; that no helper waits on, not even the one left behind with"
              + " a service that ended at last",
      lookAt = "stop")
  void nothingLeft(Trial trial) {
    StopThreads.nothingLeft(trial, this);
  }

  @Rule(
      number = "4.11",
      says =
          "A grace that is not longer than zero and anything that is null MUST be refused; without"
              + " services stop MUST return at once.",
      check =
          "that the constructor calls Arguments.positive and Objects.requireNonNull; what stop does"
              + " with an empty list",
      lookAt = "<init>")
  void arguments(Trial trial) {
    StopArguments.arguments(trial, this);
  }

  @Rule(
      number = "4.48",
      says =
          "One sequence MUST serve several stops, even at once: what fails or takes long in one"
              + " stop MUST NOT affect another.",
      check =
          "what is kept in fields: the failures, the interrupt of the caller and all else of one"
              + " stop belong in local variables;"
              + " that no lock is held while services are stopped",
      lookAt = "stop")
  void stopsOfTheirOwn(Trial trial) {
    StopThreads.stopsOfTheirOwn(trial, this);
  }
}
