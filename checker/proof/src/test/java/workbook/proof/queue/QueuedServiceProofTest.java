package workbook.proof.queue;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the service, in module 02. */
class QueuedServiceProofTest extends ModuleProof {

  QueuedServiceProofTest() {
    super(
        WorkbookModule.QUEUE,
        Set.of("QueuedService"),
        right("QueuedService", WorkerSetService.class),
        right("QueuedService", DispatcherService.class),
        right("QueuedService", PooledService.class));
  }
}
