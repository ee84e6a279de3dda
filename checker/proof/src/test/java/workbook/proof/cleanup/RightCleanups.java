package workbook.proof.cleanup;

import java.util.List;
import workbook.proof.Broken.Right;

/** Right implementations of module 03. */
public final class RightCleanups {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenSmallContainers.CONTAINER.reference(),
          BrokenSmallContainers.CONTAINER.right(SupplierContainer.class),
          BrokenSmallContainers.CONTAINER.right(LockedContainer.class),
          BrokenAuditLogs.AUDIT_LOG.reference(),
          BrokenAuditLogs.AUDIT_LOG.right(AutoCommitAuditLog.class),
          BrokenAuditLogs.AUDIT_LOG.right(BoundaryAuditLog.class),
          BrokenAuditLogs.AUDIT_LOG.right(SavepointAuditLog.class),
          BrokenDbCleanupServices.SERVICE.reference(),
          BrokenDbCleanupServices.SERVICE.right(FixedRateCleanupService.class),
          BrokenDbCleanupServices.SERVICE.right(OwnThreadCleanupService.class));

  private RightCleanups() {}
}
