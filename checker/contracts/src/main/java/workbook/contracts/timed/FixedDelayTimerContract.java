package workbook.contracts.timed;

import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.CancellationToken;

/** The rules of a timer that counts from the end of the work. */
@Tag("step-2")
@Step(module = WorkbookModule.TIMED, number = 2, type = "FixedDelayTimer")
public abstract class FixedDelayTimerContract extends TickSourceContract {

  /** A contract is stateless. */
  protected FixedDelayTimerContract() {}

  @Override
  final String nameOfPeriod() {
    return "delay";
  }

  /** Each tick comes one delay after the wait for it began. */
  @Rule(
      number = "1.13",
      says = "Each tick MUST come one whole delay after the wait for it began.",
      check =
          "that the delay is counted from the call, and that nothing is remembered from one wait to"
              + " the next. 100, 350, 400 is a fixed rate",
      lookAt = "waitForNextTick")
  void fixedDelay(Trial trial) {
    trial.setUp("a delay of 100 ms; the first work takes 250 ms, the others 10 ms");
    var timer = timer(trial);
    var ticks = new Ticks(trial);
    trial.start("loop", () -> ticks.loop(timer, List.of(250L, 10L)));
    trial.advanceTo(700);
    ticks.expect("ticks at 100, 450, 560, 670", 100L, 450L, 560L, 670L);
    trial.setUp("a delay of 100 ms; a timer made at 700 ms, its first wait begun at 730 ms");
    var second = timer(trial);
    var later = new Ticks(trial);
    trial.advanceTo(730);
    trial.start("wait", () -> later.waitFor(second, CancellationToken.none()));
    trial.advanceTo(900);
    later.expect("a tick at 830", 830L);
  }
}
