package workbook.contracts.timed;

import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;

/** The rules of a timer that counts from the end of the work. */
@Tag("step-2")
@Step(module = WorkbookModule.TIMED, number = 2, type = "FixedDelayTimer")
public abstract class FixedDelayTimerContract extends TickSourceContract {

  @Override
  final String nameOfPeriod() {
    return "delay";
  }

  @Rule(
      number = "1.13",
      says = "Each tick MUST come one whole delay after the wait for it begins.",
      check =
          "that the delay counts from the call; that one wait remembers nothing for the next: 100,"
              + " 350, 400 is a fixed rate",
      lookAt = "waitForNextTick")
  void fixedDelay(Trial trial) {
    Pace.fixedDelay(trial, this);
  }
}
