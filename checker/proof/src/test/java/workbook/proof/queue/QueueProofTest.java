package workbook.proof.queue;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 02. */
class QueueProofTest extends ModuleProof {

  QueueProofTest() {
    super(
        WorkbookModule.QUEUE,
        List.of(RightQueues.ALL, RightJobsHandlers.ALL),
        List.of(
            BrokenBoundedTaskQueues.ALL,
            BrokenQueuedServices.ALL,
            BrokenJobsHandlers.ALL,
            BrokenAnswers.ALL));
  }
}
