package workbook.contracts.timed;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;

/** The rules of a timer with a fixed rate that makes one tick of all it missed. */
@Tag("step-1")
@Step(module = WorkbookModule.TIMED, number = 1, type = "PeriodicTimer")
public abstract class PeriodicTimerContract extends TickSourceContract {

  @Override
  final String nameOfPeriod() {
    return "period";
  }

  @Rule(
      number = "1.10",
      says =
          "Ticks MUST stay on the grid: a late tick comes at once, and the next one on time again.",
      check =
          "what the ticks say: 100, 450, 560 counts from the end of the work (fixed delay); 100,"
              + " 350, 360, 400 makes up for each missed tick (a burst); 100, 400, 500 skips the"
              + " late tick; 100, 350, 450 has moved the grid",
      lookAt = "waitForNextTick")
  void grid(Trial trial) {
    Pace.grid(trial, this);
  }

  @Rule(
      number = "1.11",
      says = "Missed ticks MUST coalesce: however many were missed, one tick comes late.",
      check =
          "that after a late tick the next one is the first point of the grid that lies ahead of"
              + " now, not one period on",
      lookAt = "waitForNextTick")
  void missedTicksCoalesce(Trial trial) {
    Pace.missedTicks(trial, this);
  }

  @Rule(
      number = "1.12",
      says =
          "The grid MUST begin when the timer is created, and a cancelled wait MUST NOT use up a"
              + " tick.",
      check =
          "that the constructor fixes the time of the first tick, from what the clock says then;"
              + " that a tick counts as taken only when the wait returns true",
      lookAt = {"sleep", "<init>"})
  void gridBeginsAtCreation(Trial trial) {
    Pace.gridBeginsAtCreation(trial, this);
  }

  @Rule(
      number = "1.33",
      says =
          "A wait that is cancelled, interrupted or refused while it lasts MUST NOT move the grid"
              + " or use up a tick.",
      check =
          "that the due time changes in one place, just before the wait returns true: not when a"
              + " wait begins, and not when it ends in another way",
      lookAt = "waitForNextTick")
  void gridStays(Trial trial) {
    WaitsWithoutATick.gridStays(trial, this);
  }
}
