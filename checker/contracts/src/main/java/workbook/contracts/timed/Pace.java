package workbook.contracts.timed;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.contracts.shared.OtherOrigin;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.timed.TickSource;

/** When ticks come. */
final class Pace {

  private static final long MILLI = 1_000_000; // in nanoseconds

  /** What a monotonic clock may read when a timer is made: it overflows, or a tick is due at 0. */
  private static final List<Long> READINGS =
      List.of(0L, -1L, -100 * MILLI, -200 * MILLI, Long.MAX_VALUE - 150 * MILLI, Long.MIN_VALUE);

  private Pace() {}

  static void firstTick(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; one wait, begun at 0 ms");
    var timer = contract.timer(trial);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.waitFor(timer, CancellationToken.none()));
    trial.advanceTo(99);
    trial.settle();
    ticks.expect("no tick up to 99 ms");
    trial.advanceTo(150);
    ticks.expect("a tick at 100 ms", 100L);
    trial.setUp("a period of 3 s and half a millisecond; one wait");
    var exact = contract.create(Duration.ofSeconds(3).plusNanos(500_000), trial.time());
    trial.afterwards(exact::close);
    var whole = trial.start("second wait", () -> exact.waitForNextTick(CancellationToken.none()));
    trial.advanceTo(150 + 3_000);
    trial.expectWaiting("no tick before the whole period has passed", whole);
    trial.advanceTo(150 + 3_001);
    Waits.expectResult(
        trial,
        "the wait returns true then",
        trial.expectReturn("a tick when the whole period has passed", whole),
        true);
    Closing.close(trial, timer, "close returns at once");
    Closing.close(trial, exact, "close returns at once");
    longPeriods(trial, contract);
  }

  private static void longPeriods(Trial trial, TickSourceContract contract) {
    long days = 40;
    trial.setUp("a period of " + days + " days, and one of 300 years; one wait each");
    long begin = trial.time().millis();
    var timer = contract.create(Duration.ofDays(days), trial.time());
    trial.afterwards(timer::close);
    var wait = trial.start("wait", () -> timer.waitForNextTick(CancellationToken.none()));
    var longer = longer(trial, contract);
    trial.advanceTo(begin + Duration.ofDays(days).toMillis() - 1);
    trial.expectWaiting("no tick before " + days + " days have passed", wait);
    trial.advanceTo(begin + Duration.ofDays(days).toMillis());
    trial.expectReturn("a tick after " + days + " days", wait);
    longer.ifPresent(each -> trial.expectWaiting("no tick for 300 years", each));
  }

  // It fits into no long of nanoseconds: whoever minds that has to say so at once.
  private static Optional<Caller<Boolean>> longer(Trial trial, TickSourceContract contract) {
    TickSource timer;
    try {
      timer = contract.create(Duration.ofDays(300 * 365), trial.time());
    } catch (IllegalArgumentException | ArithmeticException e) {
      trial.note("300 years are refused");
      return Optional.empty();
    }
    trial.afterwards(timer::close);
    return Optional.of(
        trial.start("longer wait", () -> timer.waitForNextTick(CancellationToken.none())));
  }

  static void wallClock(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; the wall clock set forward 1 h at 150 ms, back 2 h at 250 ms");
    var timer = contract.timer(trial);
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
    for (long reading : READINGS) {
      trial.setUp("a period of 100 ms; a monotonic clock that reads " + reading + " at first");
      var other = new OtherOrigin(trial.time(), reading);
      var another = contract.create(TickSourceContract.PERIOD, other);
      trial.afterwards(another::close);
      var later = new Ticks(trial);
      long begin = trial.time().millis();
      trial.start("another loop", () -> later.loop(another));
      trial.advanceTo(begin + 350);
      later.expectSince(begin, "ticks 100, 200 and 300 ms later", 100L, 200L, 300L);
    }
  }

  static void grid(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; the first work takes 250 ms, the others 10 ms");
    var timer = contract.timer(trial);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer, List.of(250L, 10L)));
    trial.advanceTo(650);
    ticks.expect("ticks at 100, 350, 400, 500, 600", 100L, 350L, 400L, 500L, 600L);
  }

  static void missedTicks(Trial trial, TickSourceContract contract) {
    trial.setUp("a period of 100 ms; nobody waits until 1050 ms, then a loop without work");
    var timer = contract.timer(trial);
    var ticks = new Ticks(trial);
    trial.advanceTo(1050);
    trial.start("loop", () -> ticks.loop(timer));
    trial.advanceTo(1250);
    ticks.expect("ticks at 1050, 1100, 1200", 1050L, 1100L, 1200L);
    trial.setUp("a period of 100 ms; nobody waits for 5,050 ms, then a loop without work");
    long begin = trial.time().millis();
    var other = contract.timer(trial);
    var late = new Ticks(trial);
    long away = 5_050; // more nanoseconds than an int holds
    trial.advanceTo(begin + away);
    trial.start("loop", () -> late.loop(other));
    trial.advanceTo(begin + away + 200);
    late.expectSince(
        begin + away, "ticks at once, and 50 and 150 ms later, on the grid", 0L, 50L, 150L);
  }

  static void gridBeginsAtCreation(Trial trial, TickSourceContract contract) {
    trial.setUp(
        "a period of 100 ms; waits from 30 ms; at 250 ms one cancelled beforehand, then another");
    var timer = contract.timer(trial);
    var ticks = new Ticks(trial);
    trial.advanceTo(30);
    var first = trial.start("first wait", () -> ticks.waitFor(timer, CancellationToken.none()));
    trial.advanceTo(250);
    trial.expectReturn("the first wait gets its tick", first);
    var source = new CancellationSource();
    source.cancel();
    var cancelled = trial.start("cancelled wait", () -> ticks.waitFor(timer, source.token()));
    trial.expectReturn("the cancelled wait returns at once", cancelled);
    trial.start("last wait", () -> ticks.waitFor(timer, CancellationToken.none()));
    trial.settle();
    ticks.expect("ticks at 100 and, for the one missed at 200, at 250", 100L, 250L);
    trial.setUp("a period of 100 ms; a timer made at 250 ms; one wait");
    var second = contract.timer(trial);
    var later = new Ticks(trial);
    trial.start("wait", () -> later.waitFor(second, CancellationToken.none()));
    trial.advanceTo(450);
    later.expect("a tick at 350, one period after the timer was made", 350L);
    for (long due : List.of(0L, Long.MIN_VALUE)) {
      trial.setUp(
          "a period of 100 ms; the clock reads " + due + " at the first tick; work of 30 ms");
      long begin = trial.time().millis();
      var clock = new OtherOrigin(trial.time(), due - 100 * MILLI);
      var third = contract.create(TickSourceContract.PERIOD, clock);
      trial.afterwards(third::close);
      trial.advanceTo(begin + 30);
      var onTime = new Ticks(trial);
      trial.start("loop", () -> onTime.loop(third, List.of(30L)));
      trial.advanceTo(begin + 350);
      onTime.expectSince(begin, "ticks at 100, 200 and 300 ms", 100L, 200L, 300L);
    }
  }

  static void fixedDelay(Trial trial, TickSourceContract contract) {
    trial.setUp("a delay of 100 ms; the first work takes 250 ms, the others 10 ms");
    var timer = contract.timer(trial);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer, List.of(250L, 10L)));
    trial.advanceTo(700);
    ticks.expect("ticks at 100, 450, 560, 670", 100L, 450L, 560L, 670L);
    trial.setUp("a delay of 100 ms; a timer made at 700 ms, its first wait begun at 730 ms");
    var second = contract.timer(trial);
    var later = new Ticks(trial);
    trial.advanceTo(730);
    trial.start("wait", () -> later.waitFor(second, CancellationToken.none()));
    trial.advanceTo(900);
    later.expect("a tick at 830", 830L);
    WaitsWithoutATick.delayStays(trial, contract);
  }
}
