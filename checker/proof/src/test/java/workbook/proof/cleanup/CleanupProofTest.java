package workbook.proof.cleanup;

import java.util.List;
import workbook.checker.Module;
import workbook.proof.ModuleProof;

/** Proves the rules of module 03. */
class CleanupProofTest extends ModuleProof {

  CleanupProofTest() {
    super(
        Module.CLEANUP,
        List.of(RightCleanups.ALL),
        List.of(BrokenSmallContainers.ALL, BrokenAuditLogs.ALL, BrokenDbCleanupServices.ALL));
  }
}
