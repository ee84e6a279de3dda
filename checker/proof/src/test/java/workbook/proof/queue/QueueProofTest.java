package workbook.proof.queue;

import java.util.List;
import workbook.checker.Module;
import workbook.proof.ModuleProof;

/** Proves the rules of module 02. */
class QueueProofTest extends ModuleProof {

  QueueProofTest() {
    super(
        Module.QUEUE,
        List.of(RightQueues.ALL, RightJobsHandlers.ALL),
        List.of(
            BrokenBoundedTaskQueues.ALL,
            BrokenQueuedServices.ALL,
            BrokenJobsHandlers.ALL,
            BrokenAnswers.ALL));
  }
}
