package workbook.checker.timed;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Contract;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** The rules that every {@link TickSource} keeps, whatever its policy for late ticks. */
public abstract class TickSourceContract extends Contract {

  static final Duration PERIOD = Duration.ofMillis(100);

  /** For the subclasses in this package. */
  TickSourceContract() {}

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

  /**
   * The first tick comes one period after the timer was made.
   *
   * <p>If this fails, check: whether the first wait returns before it has waited; the unit of the
   * period, and what it loses: whole milliseconds are not enough, nor is an int; that the wait is
   * {@link TimeSource#sleep} on the source that was handed in.
   */
  @Rule(
      number = "1.1",
      says = "The first tick MUST come one period after the timer was made, not at once.",
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

  /**
   * Cancelling ends the wait that was given the token; the timer lives on.
   *
   * <p>If this fails, check: that the token is handed to the sleep; that cancelling does not close
   * the timer; that nothing is left marked as "waiting" when a wait ends without a tick.
   */
  @Rule(
      number = "1.2",
      says = "Cancelling MUST end that wait with false, and a later wait MUST work.",
      lookAt = "waitForNextTick")
  void cancel(Trial trial) {
    trial.setUp("a period of 100 ms; a wait cancelled at 50 ms, then another wait");
    var timer = timer(trial);
    var source = new CancellationSource();
    var first = trial.start("first wait", () -> timer.waitForNextTick(source.token()));
    trial.advanceTo(50);
    trial.note("cancel");
    source.cancel();
    expectResult(
        trial,
        "the cancelled wait returns false",
        trial.expectReturn("the cancelled wait returns at 50 ms", first),
        false);
    var second = trial.start("second wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(250);
    expectResult(
        trial,
        "the second wait returns true, at a tick",
        trial.expectReturn("the second wait gets the next tick", second),
        true);
  }

  /**
   * A token that was cancelled before the call ends the wait before it begins.
   *
   * <p>If this fails, check: that the token is looked at first, before the time and before a tick
   * that is due.
   */
  @Rule(
      number = "1.3",
      says = "A token cancelled beforehand MUST end the wait at once, also when a tick is due.",
      lookAt = "waitForNextTick")
  void cancelledBeforehand(Trial trial) {
    trial.setUp("a period of 100 ms; at 250 ms a wait with a token that is cancelled already");
    var timer = timer(trial);
    trial.advanceTo(250);
    var source = new CancellationSource();
    source.cancel();
    var wait = trial.start("wait", () -> timer.waitForNextTick(source.token()));
    expectResult(
        trial,
        "the wait returns false",
        trial.expectReturn("the wait returns at once", wait),
        false);
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(400);
    expectResult(
        trial,
        "a later wait returns true",
        trial.expectReturn("a later wait gets a tick", later),
        true);
  }

  /**
   * The token may live as long as the application, and each wait registers with it.
   *
   * <p>If this fails, check: that what {@link CancellationToken#onCancel} gives is closed, however
   * the wait ends.
   */
  @Rule(
      number = "1.29",
      says = "A wait that is over MUST leave nothing with its token.",
      lookAt = "waitForNextTick")
  void nothingLeftWithTheToken(Trial trial) {
    trial.setUp("a period of 100 ms; three waits with the same token, one of them interrupted");
    var timer = timer(trial);
    var token = new CountingToken();
    var first = trial.start("first wait", () -> timer.waitForNextTick(token));
    trial.advanceTo(150);
    trial.expectReturn("the first wait gets its tick", first);
    var second = trial.start("interrupted wait", () -> timer.waitForNextTick(token));
    trial.settle();
    second.thread().interrupt();
    trial.expectThrow("the wait is interrupted", second, InterruptedException.class);
    var third = trial.start("third wait", () -> timer.waitForNextTick(token));
    trial.advanceTo(350);
    trial.expectReturn("the third wait gets its tick", third);
    trial.expectThat(
        "the token has forgotten the waits",
        token.registrations() == 0,
        "actions still registered with it: " + token.registrations());
  }

  /** Never cancelled, and counts who would be told. */
  private static final class CountingToken implements CancellationToken {

    private final AtomicInteger registrations = new AtomicInteger();

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Registration onCancel(Runnable wake) {
      registrations.incrementAndGet();
      var open = new AtomicBoolean(true);
      return () -> {
        if (open.getAndSet(false)) {
          registrations.decrementAndGet();
        }
      };
    }

    int registrations() {
      return registrations.get();
    }
  }

  /**
   * Closing ends the wait in progress and all later ones.
   *
   * <p>If this fails, check: that close wakes the sleeper (a token of the timer's own, combined
   * with the caller's); that later waits look whether the timer is closed before they look at the
   * time.
   */
  @Rule(
      number = "1.4",
      says = "Close MUST make the pending wait and all later ones return false; twice is harmless.",
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

  /**
   * One thread waits at a time: a tick belongs to one loop.
   *
   * <p>If this fails, check: that "somebody waits" is found and set in one step; that the refusal
   * does not clear the mark of the one who waits; that the mark is cleared when a wait ends.
   */
  @Rule(
      number = "1.5",
      says =
          "A second concurrent wait MUST be refused with IllegalStateException and MUST NOT disturb"
              + " the first.",
      lookAt = "waitForNextTick")
  void secondWait(Trial trial) {
    trial.setUp("a period of 100 ms; a wait begun at 0 ms, two more tried at 50 ms");
    var timer = timer(trial);
    var first = trial.start("first wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(50);
    for (var name : List.of("second wait", "third wait")) {
      var refused = trial.start(name, () -> timer.waitForNextTick(CancellationToken.none()));
      trial.settle();
      trial.expectThat(
          "the " + name + " is refused at once",
          refused.isDone(),
          "the " + name + " is waiting beside the first");
      trial.expectThrow("the " + name + " is refused", refused, IllegalStateException.class);
    }
    trial.advanceTo(150);
    expectResult(
        trial,
        "the first wait returns true at its tick",
        trial.expectReturn("the first wait gets its tick", first),
        true);
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(300);
    expectResult(
        trial,
        "a wait after the first has ended returns true",
        trial.expectReturn("a wait after the first has ended gets a tick", later),
        true);
  }

  /**
   * An interrupt ends a wait with InterruptedException and leaves the flag clear.
   *
   * <p>If this fails, check: that InterruptedException is neither caught nor wrapped; that the flag
   * is not set again beside the exception; that nothing is left marked as "waiting"; that a tick
   * that is due does not hide an interrupt.
   */
  @Rule(
      number = "1.6",
      says =
          "A wait interrupted before or while waiting MUST throw InterruptedException with the flag"
              + " cleared.",
      lookAt = "waitForNextTick")
  void interrupt(Trial trial) {
    trial.setUp(
        "a period of 100 ms; one wait interrupted beforehand, one at 50 ms, then another; at 450 ms"
            + " one interrupted beforehand although a tick may be due");
    var timer = timer(trial);
    var flags = Collections.synchronizedList(new ArrayList<Boolean>());
    var before = trial.start("interrupted before", () -> interruptAndWait(timer, flags));
    trial.expectThrow(
        "the wait interrupted beforehand throws InterruptedException",
        before,
        InterruptedException.class);
    var during = trial.start("interrupted during", () -> waitAndReadFlag(timer, flags));
    trial.advanceTo(50);
    trial.note("interrupt");
    during.thread().interrupt();
    trial.expectThrow(
        "the wait interrupted at 50 ms throws InterruptedException",
        during,
        InterruptedException.class);
    trial.expectThat(
        "the interrupt flag is clear beside the exception",
        !flags.contains(true),
        "the flag is still set");
    var later = trial.start("later wait", () -> timer.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(250);
    expectResult(
        trial,
        "a later wait returns true",
        trial.expectReturn("a later wait gets a tick", later),
        true);
    trial.advanceTo(450);
    var due = trial.start("interrupted before a due tick", () -> interruptAndWait(timer, flags));
    trial.expectThrow(
        "the wait interrupted beforehand throws InterruptedException, also when a tick is due",
        due,
        InterruptedException.class);
    trial.expectThat(
        "the interrupt flag is clear beside the exception",
        !flags.contains(true),
        "the flag is still set");
  }

  private static boolean interruptAndWait(TickSource timer, List<Boolean> flags)
      throws InterruptedException {
    Thread.currentThread().interrupt();
    return waitAndReadFlag(timer, flags);
  }

  private static boolean waitAndReadFlag(TickSource timer, List<Boolean> flags)
      throws InterruptedException {
    try {
      return timer.waitForNextTick(CancellationToken.none());
    } finally {
      flags.add(Thread.currentThread().isInterrupted());
    }
  }

  /**
   * The wall clock is not the timer's clock.
   *
   * <p>If this fails, check: that {@link TimeSource#nanoTime} is used for measuring, and {@link
   * TimeSource#now} not at all.
   */
  @Rule(
      number = "1.7",
      says = "Setting the wall clock back or forward an hour MUST NOT disturb the ticks.",
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

  /**
   * Bad arguments are refused where they are handed in.
   *
   * <p>If this fails, check: the constructor, before anything else happens in it; {@code
   * Objects.requireNonNull} and {@link workbook.hosting.Arguments}; that it is not left to the
   * first wait.
   */
  @Rule(
      number = "1.8",
      says = "A length that is null, zero or negative and a time that is null MUST be refused.",
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

  /**
   * What the timer started ends with it.
   *
   * <p>If this fails, check: threads of your own; whether one is needed at all, since the caller's
   * thread is there to wait.
   */
  @Rule(
      number = "1.9",
      says = "After close, no thread that the timer started MUST be left.",
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

  private static void expectResult(Trial trial, String expected, boolean result, boolean wanted) {
    trial.expectThat(expected, result == wanted, "it returned " + result);
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

  /** A loop over a timer that writes down when it ticked. */
  static final class Ticks {

    private final Trial trial;
    private final List<Long> at = Collections.synchronizedList(new ArrayList<>());

    Ticks(Trial trial) {
      this.trial = trial;
    }

    void expect(String expected, Long... wanted) {
      var actual = List.copyOf(at);
      trial.expectThat(
          expected,
          actual.equals(List.of(wanted)),
          actual.isEmpty() ? "no tick" : "ticks at " + Trial.describe(actual));
    }

    boolean waitFor(TickSource timer, CancellationToken token) throws InterruptedException {
      boolean ticked = timer.waitForNextTick(token);
      if (ticked) {
        at.add(trial.time().millis());
        trial.note("tick");
      }
      return ticked;
    }

    /** Loops without work. */
    boolean loop(TickSource timer) throws InterruptedException {
      return loop(timer, List.of());
    }

    /** Loops with work of the given lengths, and of the last one from then on. */
    boolean loop(TickSource timer, List<Long> work) throws InterruptedException {
      for (int i = 0; waitFor(timer, CancellationToken.none()); i++) {
        if (!work.isEmpty()) {
          var length = work.get(Math.min(i, work.size() - 1));
          trial.time().sleep(Duration.ofMillis(length), CancellationToken.none());
          trial.note("work of " + length + " ms done");
        }
      }
      return false;
    }
  }
}
