package workbook.contracts.timed;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

/** The rules of a timer with a fixed rate that makes one tick of all it missed. */
@Tag("step-1")
@Step(module = WorkbookModule.TIMED, number = 1, type = "PeriodicTimer")
public abstract class PeriodicTimerContract extends TickSourceContract {

  /** A contract is stateless. */
  protected PeriodicTimerContract() {}

  @Override
  final String nameOfPeriod() {
    return "period";
  }

  /**
   * Ticks stand on a grid that begins when the timer is made: a late one is made up for at once,
   * and the next one is on the grid again.
   */
  @Rule(
      number = "1.10",
      says = "Ticks MUST stay on the grid: a late one comes at once, the next one on time again.",
      check =
          "read off which policy it is: 100, 450, 560 counts from the end of the work (fixed"
              + " delay); 100, 350, 360, 400 makes up for each missed tick (a burst); 100, 400, 500"
              + " skips to the next point of the grid; 100, 350, 450 has moved the grid",
      lookAt = "waitForNextTick")
  void grid(Trial trial) {
    trial.setUp("a period of 100 ms; the first work takes 250 ms, the others 10 ms");
    var timer = timer(trial);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer, List.of(250L, 10L)));
    trial.advanceTo(650);
    ticks.expect("ticks at 100, 350, 400, 500, 600", 100L, 350L, 400L, 500L, 600L);
  }

  /** However many ticks were missed, one is pending. */
  @Rule(
      number = "1.11",
      says = "Any number of missed ticks MUST be one pending tick.",
      check =
          "that after a late tick the next one is computed from now, as the first point of the grid"
              + " that lies ahead, not by adding one period",
      lookAt = "waitForNextTick")
  void missedTicksCoalesce(Trial trial) {
    trial.setUp("a period of 100 ms; nobody waits until 1050 ms, then a loop without work");
    var timer = timer(trial);
    var ticks = new Ticks(trial);
    trial.advanceTo(1050);
    trial.start("loop", () -> ticks.loop(timer));
    trial.advanceTo(1250);
    ticks.expect("ticks at 1050, 1100, 1200", 1050L, 1100L, 1200L);
  }

  /**
   * The grid begins when the timer is made, not when somebody first waits, and a wait that was
   * cancelled takes no tick with it.
   */
  @Rule(
      number = "1.12",
      says = "The grid MUST begin at creation, and a cancelled wait MUST NOT use up a tick.",
      check =
          "that the first tick's time is fixed in the constructor, by the clock's value then and"
              + " not by its origin; that a tick counts as taken only when the wait returns true",
      lookAt = "<init>")
  void gridBeginsAtCreation(Trial trial) {
    trial.setUp(
        "a period of 100 ms; waits from 30 ms; at 250 ms one cancelled beforehand, then another");
    var timer = timer(trial);
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
    var second = timer(trial);
    var later = new Ticks(trial);
    trial.start("wait", () -> later.waitFor(second, CancellationToken.none()));
    trial.advanceTo(450);
    later.expect("a tick at 350, one period after the timer was made", 350L);
  }
}
