package workbook.proof.cleanup;

import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 03. */
class CleanupProofTest extends ModuleProof {

  CleanupProofTest() {
    super(
        WorkbookModule.CLEANUP,
        right("SmallContainer", SupplierContainer.class),
        right("SmallContainer", LockedContainer.class),
        right("SmallContainer", FramesContainer.class),
        right("JdbcAuditLog", AutoCommitAuditLog.class),
        right("JdbcAuditLog", BoundaryAuditLog.class),
        right("JdbcAuditLog", SavepointAuditLog.class),
        right("DbCleanupService", FixedRateCleanupService.class),
        right("DbCleanupService", OwnThreadCleanupService.class));
  }
}
