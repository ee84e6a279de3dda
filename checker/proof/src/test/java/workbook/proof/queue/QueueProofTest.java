package workbook.proof.queue;

import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 02. */
class QueueProofTest extends ModuleProof {

  QueueProofTest() {
    super(
        WorkbookModule.QUEUE,
        right("BoundedTaskQueue", MonitorQueue.class),
        right("BoundedTaskQueue", HandOverQueue.class),
        right("BoundedTaskQueue", LockFreeQueue.class),
        right("BoundedTaskQueue", PermitQueue.class),
        right("BoundedTaskQueue", LatchQueue.class),
        right("QueuedService", WorkerSetService.class),
        right("QueuedService", DispatcherService.class),
        right("QueuedService", PooledService.class),
        right("JobsHandler", LockingJobsHandler.class),
        right("JobsHandler", FutureJobsHandler.class));
  }
}
