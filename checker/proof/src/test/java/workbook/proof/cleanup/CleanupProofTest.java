package workbook.proof.cleanup;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 03. */
class CleanupProofTest extends ModuleProof {

  CleanupProofTest() {
    super(
        WorkbookModule.CLEANUP,
        List.of(RightCleanups.ALL),
        List.of(BrokenSmallContainers.ALL, BrokenAuditLogs.ALL, BrokenDbCleanupServices.ALL));
  }
}
