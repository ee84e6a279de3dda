package workbook.proof.health;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 07. */
class HealthProofTest extends ModuleProof {

  HealthProofTest() {
    super(
        WorkbookModule.HEALTH,
        List.of(BrokenHeartbeats.RIGHT, BrokenHealthChecks.RIGHT, BrokenHealthHandlers.RIGHT),
        List.of(BrokenHeartbeats.ALL, BrokenHealthChecks.ALL, BrokenHealthHandlers.ALL));
  }
}
