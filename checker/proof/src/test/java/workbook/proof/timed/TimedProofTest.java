package workbook.proof.timed;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 01. */
class TimedProofTest extends ModuleProof {

  TimedProofTest() {
    super(
        WorkbookModule.TIMED,
        List.of(RightOnes.ALL),
        List.of(BrokenPeriodicTimers.ALL, BrokenFixedDelayTimers.ALL, BrokenTimedServices.ALL));
  }
}
