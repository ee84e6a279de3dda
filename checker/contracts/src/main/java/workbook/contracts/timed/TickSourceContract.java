package workbook.contracts.timed;

import java.time.Duration;
import java.util.List;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.timed.TickSource;

/**
 * The rules that every {@link TickSource} keeps, whatever its policy for late ticks. Those about
 * how a wait ends are in {@link WaitRules}.
 */
public abstract class TickSourceContract extends WaitRules {

  /** For the subclasses in this package. */
  TickSourceContract() {}

  /** The first tick comes one period after the timer was made. */
  @Rule(
      number = "1.1",
      says = "The first tick MUST come one period after the timer was made, not at once.",
      check =
          "whether the first wait returns before it has waited; the unit of the period, and what it"
              + " loses: whole milliseconds are not enough, nor is an int; that the wait is"
              + " TimeSource.sleep on the source that was handed in",
      lookAt = "waitForNextTick")
  void firstTick(Trial trial) {
    trial.setUp("a period of 100 ms; one wait, begun at 0 ms");
    var timer = timer(trial);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.waitFor(timer, CancellationToken.none()));
    trial.advanceTo(99);
    trial.settle();
    ticks.expect("no tick up to 99 ms");
    trial.advanceTo(150);
    ticks.expect("a tick at 100 ms", 100L);
    trial.setUp("a period of 3 s and half a millisecond; one wait");
    var exact = create(Duration.ofSeconds(3).plusNanos(500_000), trial.time());
    trial.afterwards(exact::close);
    var whole = trial.start("second wait", () -> exact.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(150 + 3_000);
    trial.expectWaiting("no tick before the whole period has passed", whole);
    trial.advanceTo(150 + 3_001);
    expectResult(
        trial,
        "the wait returns true when it has",
        trial.expectReturn("a tick when the whole period has passed", whole),
        true);
  }

  /** Closing ends the wait in progress and all later ones. */
  @Rule(
      number = "1.4",
      says = "Close MUST make the pending wait and all later ones return false; twice is harmless.",
      check =
          "that close wakes the sleeper (a token of the timer's own, combined with the caller's);"
              + " that later waits look whether the timer is closed before they look at the time",
      lookAt = "close")
  void close(Trial trial) {
    trial.setUp(
        "a period of 100 ms; closed at 50 ms during a wait; a wait at 50 and one at 250 ms");
    var timer = timer(trial);
    var pending =
        trial.start("pending wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(50);
    close(trial, timer, "close returns at once");
    expectResult(
        trial,
        "the pending wait returns false",
        trial.expectReturn("the pending wait returns when the timer is closed", pending),
        false);
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    expectResult(
        trial,
        "a wait after close returns false",
        trial.expectReturn("a wait after close returns at once", later),
        false);
    close(trial, timer, "a second close returns, and does nothing");
    trial.advanceTo(250);
    var last = trial.start("last wait", () -> timer.waitForNextTick(CancellationToken.none()));
    expectResult(
        trial,
        "a wait after close returns false, also when a tick would be due",
        trial.expectReturn("a wait after close returns at once", last),
        false);
  }

  /** The wall clock is not the timer's clock. */
  @Rule(
      number = "1.7",
      says = "Setting the wall clock back or forward an hour MUST NOT disturb the ticks.",
      check = "that TimeSource.nanoTime is used for measuring, and TimeSource.now not at all",
      lookAt = "waitForNextTick")
  void wallClock(Trial trial) {
    trial.setUp("a period of 100 ms; the wall clock set forward 1 h at 150 ms, back 2 h at 250 ms");
    var timer = timer(trial);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer));
    trial.advanceTo(150);
    trial.note("clock forward 1 h");
    trial.time().shiftWallClock(Duration.ofHours(1));
    trial.advanceTo(250);
    trial.note("clock back 2 h");
    trial.time().shiftWallClock(Duration.ofHours(-2));
    trial.advanceTo(450);
    ticks.expect("ticks at 100, 200, 300, 400", 100L, 200L, 300L, 400L);
  }

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "1.8",
      says = "A length that is null, zero or negative and a time that is null MUST be refused.",
      check =
          "the constructor, before anything else happens in it; Objects.requireNonNull and"
              + " Arguments; that it is not left to the first wait",
      lookAt = "<init>")
  void arguments(Trial trial) {
    trial.subject(create(PERIOD, trial.time()));
    var name = nameOfPeriod();
    trial.expectThrow(
        "a " + name + " of null is refused",
        () -> create(Trial.noValue(), trial.time()),
        RuntimeException.class);
    for (int seconds : List.of(0, -5)) {
      trial.expectThrow(
          "a " + name + " of " + seconds + " s is refused with IllegalArgumentException",
          () -> create(Duration.ofSeconds(seconds), trial.time()),
          IllegalArgumentException.class);
    }
    trial.expectRefused("a time of null", () -> create(PERIOD, Trial.noValue()));
  }

  /** What the timer started ends with it. */
  @Rule(
      number = "1.9",
      says = "After close, no thread that the timer started MUST be left.",
      check =
          "threads of your own; whether one is needed at all, since the caller's thread is there to"
              + " wait",
      lookAt = "close")
  void nothingLeft(Trial trial) {
    trial.setUp("a period of 100 ms; two ticks, then close");
    trial.watchThreads();
    var timer = timer(trial);
    var ticks = new Ticks(trial);
    var loop = trial.start("loop", () -> ticks.loop(timer));
    trial.advanceTo(250);
    close(trial, timer, "close returns at once");
    trial.expectReturn("the loop ends when the timer is closed", loop);
    trial.expectNoNewThread("no thread is left after close");
  }

  private static void close(Trial trial, TickSource timer, String expected) {
    trial.note("close");
    var closer =
        trial.start(
            "closer",
            () -> {
              timer.close();
              return "normally";
            });
    trial.expectReturn(expected, closer);
  }
}
