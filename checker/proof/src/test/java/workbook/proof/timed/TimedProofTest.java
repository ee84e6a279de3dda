package workbook.proof.timed;

import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 01. */
class TimedProofTest extends ModuleProof {

  TimedProofTest() {
    super(
        WorkbookModule.TIMED,
        right("PeriodicTimer", TickerThreadTimer.class),
        right("PeriodicTimer", MonitorTimer.class),
        right("FixedDelayTimer", HelperThreadTimer.class),
        right("FixedDelayTimer", LockedDelayTimer.class),
        right("TimedService", BackgroundTimedService.class),
        right("TimedService", ExecutorTimedService.class),
        right("TimedService", StateMachineTimedService.class));
  }
}
