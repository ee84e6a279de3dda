package workbook.proof.queue;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the queue, in module 02. */
class TaskQueueProofTest extends ModuleProof {

  TaskQueueProofTest() {
    super(
        WorkbookModule.QUEUE,
        Set.of("BoundedTaskQueue"),
        right("BoundedTaskQueue", MonitorQueue.class),
        right("BoundedTaskQueue", HandOverQueue.class),
        right("BoundedTaskQueue", LockFreeQueue.class),
        right("BoundedTaskQueue", PermitQueue.class),
        right("BoundedTaskQueue", LatchQueue.class));
  }
}
