package workbook.proof.shutdown;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 04. */
class ShutdownProofTest extends ModuleProof {

  ShutdownProofTest() {
    super(
        WorkbookModule.SHUTDOWN,
        List.of(RightHosts.ALL),
        List.of(
            BrokenOrderlyStops.ALL,
            BrokenHosts.ALL,
            BrokenShutdownSignals.ALL,
            BrokenPrograms.ALL));
  }
}
