package workbook.proof.email;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of processing the queue, in module 05. */
class ProcessingProofTest extends ModuleProof {

  ProcessingProofTest() {
    super(
        WorkbookModule.EMAIL,
        Set.of("EmailProcessingService"),
        right("EmailProcessingService", ThreadProcessingService.class),
        right("EmailProcessingService", AttemptThreadService.class),
        right("EmailProcessingService", OutcomeProcessingService.class));
  }
}
