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
      says = "The first tick MUST come one period after the timer is created, not at once.",
      check =
          "that the first wait really waits; that no part of the period is lost on the way: whole"
              + " milliseconds are too coarse, and an int is too short; that the wait is"
              + " TimeSource.sleep on the source that was passed in",
      lookAt = {"nanoTime", "waitForNextTick"})
  void firstTick(Trial trial) {
    Pace.firstTick(trial, this);
  }

  @Rule(
      number = "1.2",
      says =
          "Cancelling MUST make the waiting call return false, and a later wait MUST still get its"
              + " tick.",
      check =
          "that the token reaches the sleep; that cancelling does not close the timer; that a wait"
              + " which ends without a tick is no longer marked as waiting; that nothing comes"
              + " between the look at the token and the wait; that an earlier wait's token is"
              + " forgotten",
      lookAt = "waitForNextTick")
  void cancel(Trial trial) {
    Waits.cancelled(trial, this);
  }

  @Rule(
      number = "1.3",
      says =
          "A token that is already cancelled MUST end the wait at once, even when a tick is due.",
      check = "that the token is looked at first, before the time and before a tick that is due",
      lookAt = "waitForNextTick")
  void cancelledBeforehand(Trial trial) {
    Waits.cancelledBeforehand(trial, this);
  }

  @Rule(
      number = "1.4",
      says =
          "Close MUST make the pending wait and every later one return false; a second close MUST"
              + " do nothing.",
      check =
          "that close wakes the sleeper: a token of the timer's own, combined with the caller's;"
              + " that a later wait looks whether the timer is closed before it looks at the time;"
              + " that a wait which begins meanwhile notices it, too; that close waits for nobody",
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
          "that one step finds out whether somebody waits and says that you do; that a refusal"
              + " leaves the mark of the one who waits; that the mark goes when a wait ends",
      lookAt = "waitForNextTick")
  void secondWait(Trial trial) {
    Waits.secondWait(trial, this);
  }

  @Rule(
      number = "1.6",
      says =
          "A wait that is interrupted before it begins or while it lasts MUST throw"
              + " InterruptedException with the flag cleared.",
      check =
          "that InterruptedException is neither caught nor wrapped; that the flag is not set again"
              + " beside it; that the wait is no longer marked as waiting; that a tick that is due"
              + " does not hide an interrupt; that Thread.interrupted() is followed by throwing it",
      lookAt = "waitForNextTick")
  void interrupt(Trial trial) {
    Waits.interrupted(trial, this);
  }

  @Rule(
      number = "1.7",
      says =
          "Ticks MUST come by the monotonic clock, whatever its values are; setting the wall clock"
              + " MUST NOT move them.",
      check =
          "that the timer measures with TimeSource.nanoTime and never asks TimeSource.now; that it"
              + " uses differences alone, since the values may be negative or zero, and overflow",
      lookAt = "waitForNextTick")
  void wallClock(Trial trial) {
    Pace.wallClock(trial, this);
  }

  @Rule(
      number = "1.8",
      says =
          "The constructor MUST refuse a length that is null, zero or negative, and a null time"
              + " source.",
      check =
          "that the constructor checks before it does anything else, with Objects.requireNonNull"
              + " and Arguments; that nothing is left to the first wait",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofTheTimer(trial, this);
  }

  @Rule(
      number = "1.9",
      says = "Close MUST end every thread that the timer has started.",
      check =
          "that a thread of your own ends with the timer; whether you need one at all: the caller's"
              + " thread is there to wait",
      lookAt = {"ofVirtual", "close"})
  void nothingLeft(Trial trial) {
    Closing.threads(trial, this);
  }

  @Rule(
      number = "1.29",
      says = "A wait that has ended MUST NOT leave an action registered with its token.",
      check = "that what CancellationToken.onCancel returns is closed, however the wait ends",
      lookAt = "waitForNextTick")
  void nothingLeftWithTheToken(Trial trial) {
    Waits.registrationWithTheToken(trial, this);
  }
}
