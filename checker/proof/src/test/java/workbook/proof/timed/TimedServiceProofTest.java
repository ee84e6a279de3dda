package workbook.proof.timed;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the service, in module 01. */
class TimedServiceProofTest extends ModuleProof {

  TimedServiceProofTest() {
    super(
        WorkbookModule.TIMED,
        Set.of("TimedService"),
        right("TimedService", BackgroundTimedService.class),
        right("TimedService", ExecutorTimedService.class),
        right("TimedService", StateMachineTimedService.class));
  }
}
