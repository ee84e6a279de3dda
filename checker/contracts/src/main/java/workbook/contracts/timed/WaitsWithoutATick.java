package workbook.contracts.timed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workbook.checker.Trial;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** Waits that are cancelled, interrupted or refused, and what comes after them. */
final class WaitsWithoutATick {

  private WaitsWithoutATick() {}

  /** How a wait may end without a tick. */
  private enum Ending {
    CANCELLED("a wait is cancelled"),
    INTERRUPTED("a wait is interrupted"),
    REFUSED("a second wait is refused, and the first one cancelled");

    private final String words;

    Ending(String words) {
      this.words = words;
    }
  }

  static void gridStays(Trial trial, TickSourceContract contract) {
    for (var ending : Ending.values()) {
      for (long next : List.of(60L, 120L)) {
        trial.setUp(
            "a period of 100 ms; at 50 ms %s; waits from %d ms on".formatted(ending.words, next));
        long begin = trial.time().millis();
        var ticks = loopAfter(trial, contract, ending, next);
        trial.advanceTo(begin + 250);
        long first = Math.max(next, 100);
        ticks.expectSince(begin, "ticks at %d and 200 ms".formatted(first), first, 200L);
      }
    }
    interruptedWhenDue(trial, contract);
    inTheSameMoment(trial, contract);
  }

  static void delayStays(Trial trial, TickSourceContract contract) {
    for (var ending : Ending.values()) {
      trial.setUp("a delay of 100 ms; at 50 ms %s; waits from 60 ms on".formatted(ending.words));
      long begin = trial.time().millis();
      var ticks = loopAfter(trial, contract, ending, 60);
      trial.advanceTo(begin + 300);
      ticks.expectSince(begin, "ticks at 160 and 260 ms", 160L, 260L);
    }
  }

  /** A loop that begins after a wait that ended without a tick. */
  private static Ticks loopAfter(
      Trial trial, TickSourceContract contract, Ending ending, long next) {
    long begin = trial.time().millis();
    var timer = contract.timer(trial);
    var source = new CancellationSource();
    var wait = trial.start("first wait", () -> timer.waitForNextTick(source.token()));
    trial.advanceTo(begin + 50);
    trial.note(ending.words);
    switch (ending) {
      case CANCELLED -> source.cancel();
      case INTERRUPTED -> wait.thread().interrupt();
      case REFUSED -> {
        trial.expectThrow(
            "a second wait is refused",
            trial.start("second wait", () -> timer.waitForNextTick(CancellationToken.none())),
            IllegalStateException.class);
        source.cancel();
      }
    }
    trial.expectSoon("the first wait ends", wait::isDone, () -> "it goes on");
    trial.advanceTo(begin + next);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer));
    return ticks;
  }

  private static void interruptedWhenDue(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; at 150 ms a wait whose thread is interrupted already");
    long begin = trial.time().millis();
    var timer = contract.timer(trial);
    trial.advanceTo(begin + 150);
    var wait =
        trial.start(
            "interrupted wait",
            () -> {
              Thread.currentThread().interrupt();
              return timer.waitForNextTick(CancellationToken.none());
            });
    trial.expectThrow("it throws", wait, InterruptedException.class);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer));
    trial.advanceTo(begin + 250);
    ticks.expectSince(begin, "ticks at 150 and 200 ms", 150L, 200L);
  }

  // Whichever wins, the tick is taken by the wait that returns true, and by no other.
  private static void inTheSameMoment(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; a wait is cancelled at 100 ms, when its time has just passed");
    long begin = trial.time().millis();
    var source = new CancellationSource();
    var timer =
        trial.subject(
            contract.create(TickSourceContract.PERIOD, new CancelsAtTheEnd(trial, source)));
    trial.afterwards(timer::close);
    var wait = trial.start("first wait", () -> timer.waitForNextTick(source.token()));
    trial.advanceTo(begin + 100);
    boolean ticked = trial.expectReturn("the first wait returns at 100 ms", wait);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer));
    trial.advanceTo(begin + 250);
    if (ticked) {
      ticks.expectSince(begin, "after a wait that returned true, a tick at 200 ms", 200L);
    } else {
      ticks.expectSince(
          begin, "after a wait that returned false, ticks at 100 and 200 ms", 100L, 200L);
    }
  }

  /** A time at which the end of the first sleep and a cancellation come together. */
  private record CancelsAtTheEnd(Trial trial, CancellationSource source) implements TimeSource {

    @Override
    public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
      boolean passed = trial.time().sleep(time, wake);
      if (passed && !source.token().isCancelled()) {
        trial.note("the time has passed, and the wait is cancelled");
        source.cancel();
      }
      return passed;
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      return trial.time().join(thread, limit);
    }

    @Override
    public Instant now() {
      return trial.time().now();
    }

    @Override
    public long nanoTime() {
      return trial.time().nanoTime();
    }
  }
}
