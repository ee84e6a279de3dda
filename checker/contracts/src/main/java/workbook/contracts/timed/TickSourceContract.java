package workbook.contracts.timed;

import java.time.Duration;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** The rules that every {@link TickSource} keeps, whatever its policy for late ticks. */
public abstract class TickSourceContract {

  static final Duration PERIOD = Duration.ofMillis(100);

  /**
   * Makes the timer under test.
   *
   * @param period the time between two ticks
   * @param time the only clock that the timer may read and wait on
   * @return a new timer
   */
  protected abstract TickSource create(Duration period, TimeSource time);

  /** What the constructor calls its first parameter. */
  abstract String nameOfPeriod();

  final TickSource timer(Trial trial) {
    var timer = trial.subject(create(PERIOD, trial.time()));
    trial.afterwards(timer::close);
    return timer;
  }

  @Rule(
      number = "1.1",
      says = "The first tick MUST come one period after the timer was made, not at once.",
      check =
          "whether the first wait returns before it has waited; the unit of the period, and what it"
              + " loses: whole milliseconds are not enough, nor is an int; that the wait is"
              + " TimeSource.sleep on the source that was handed in",
      lookAt = "waitForNextTick")
  void firstTick(Trial trial) {
    Pace.firstTick(trial, this);
  }

  @Rule(
      number = "1.2",
      says = "Cancelling MUST end that wait with false, and a later wait MUST work.",
      check =
          "that the token is handed to the sleep; that cancelling does not close the timer; that"
              + " nothing is left marked as \"waiting\" when a wait ends without a tick",
      lookAt = "waitForNextTick")
  void cancel(Trial trial) {
    Waits.cancelled(trial, this);
  }

  @Rule(
      number = "1.3",
      says = "A token cancelled beforehand MUST end the wait at once, also when a tick is due.",
      check = "that the token is looked at first, before the time and before a tick that is due",
      lookAt = "waitForNextTick")
  void cancelledBeforehand(Trial trial) {
    Waits.cancelledBeforehand(trial, this);
  }

  @Rule(
      number = "1.4",
      says = "Close MUST make the pending wait and all later ones return false; twice is harmless.",
      check =
          "that close wakes the sleeper (a token of the timer's own, combined with the caller's);"
              + " that later waits look whether the timer is closed before they look at the time",
      lookAt = "close")
  void close(Trial trial) {
    Closing.pendingAndLaterWaits(trial, this);
  }

  @Rule(
      number = "1.5",
      says =
          "A second concurrent wait MUST be refused with IllegalStateException and MUST NOT disturb"
              + " the first.",
      check =
          "that \"somebody waits\" is found and set in one step; that the refusal does not clear"
              + " the mark of the one who waits; that the mark is cleared when a wait ends",
      lookAt = "waitForNextTick")
  void secondWait(Trial trial) {
    Waits.secondWait(trial, this);
  }

  @Rule(
      number = "1.6",
      says =
          "A wait interrupted before or while waiting MUST throw InterruptedException with the flag"
              + " cleared.",
      check =
          "that InterruptedException is neither caught nor wrapped; that the flag is not set again"
              + " beside the exception; that nothing is left marked as \"waiting\"; that a tick"
              + " that is due does not hide an interrupt",
      lookAt = "waitForNextTick")
  void interrupt(Trial trial) {
    Waits.interrupted(trial, this);
  }

  @Rule(
      number = "1.7",
      says = "Setting the wall clock back or forward an hour MUST NOT disturb the ticks.",
      check = "that TimeSource.nanoTime is used for measuring, and TimeSource.now not at all",
      lookAt = "waitForNextTick")
  void wallClock(Trial trial) {
    Pace.wallClock(trial, this);
  }

  @Rule(
      number = "1.8",
      says = "A length that is null, zero or negative and a time that is null MUST be refused.",
      check =
          "the constructor, before anything else happens in it; Objects.requireNonNull and"
              + " Arguments; that it is not left to the first wait",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheTimer(trial, this);
  }

  @Rule(
      number = "1.9",
      says = "After close, no thread that the timer started MUST be left.",
      check =
          "threads of your own; whether one is needed at all, since the caller's thread is there to"
              + " wait",
      lookAt = "close")
  void nothingLeft(Trial trial) {
    Closing.threads(trial, this);
  }

  @Rule(
      number = "1.29",
      says = "A wait that is over MUST leave nothing with its token.",
      check = "that what CancellationToken.onCancel gives is closed, however the wait ends",
      lookAt = "waitForNextTick")
  void nothingLeftWithTheToken(Trial trial) {
    Waits.registrationWithTheToken(trial, this);
  }
}
