package workbook.proof.timed;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the timers, in module 01. */
class TimersProofTest extends ModuleProof {

  TimersProofTest() {
    super(
        WorkbookModule.TIMED,
        Set.of("PeriodicTimer", "FixedDelayTimer"),
        right("PeriodicTimer", TickerThreadTimer.class),
        right("PeriodicTimer", MonitorTimer.class),
        right("PeriodicTimer", StatesTimer.class),
        right("FixedDelayTimer", HelperThreadTimer.class),
        right("FixedDelayTimer", LockedDelayTimer.class),
        right("FixedDelayTimer", SlicesTimer.class));
  }
}
