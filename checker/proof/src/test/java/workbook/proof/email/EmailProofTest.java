package workbook.proof.email;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 05. */
class EmailProofTest extends ModuleProof {

  EmailProofTest() {
    super(
        WorkbookModule.EMAIL,
        List.of(RightEmails.ALL),
        List.of(
            BrokenSmtpEmailServices.ALL,
            BrokenDelayedEmailQueues.ALL,
            BrokenEmailProcessingServices.ALL,
            BrokenRegistrationHandlers.ALL));
  }
}
