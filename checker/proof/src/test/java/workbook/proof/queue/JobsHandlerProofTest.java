package workbook.proof.queue;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the HTTP handler, in module 02. */
class JobsHandlerProofTest extends ModuleProof {

  JobsHandlerProofTest() {
    super(
        WorkbookModule.QUEUE,
        Set.of("JobsHandler"),
        right("JobsHandler", LockingJobsHandler.class),
        right("JobsHandler", FutureJobsHandler.class),
        right("JobsHandler", ItemFirstJobsHandler.class),
        right("JobsHandler", TaskJobsHandler.class),
        right("JobsHandler", HelperJobsHandler.class),
        right("JobsHandler", ConfinedJobsHandler.class));
  }
}
