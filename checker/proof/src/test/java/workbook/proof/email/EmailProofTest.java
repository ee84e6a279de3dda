package workbook.proof.email;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 05, but for those of sending, see {@link SmtpProofTest}. */
class EmailProofTest extends ModuleProof {

  EmailProofTest() {
    super(
        WorkbookModule.EMAIL,
        Set.of("DelayedEmailQueue", "EmailProcessingService", "RegistrationHandler"),
        right("DelayedEmailQueue", ListEmailQueue.class),
        right("DelayedEmailQueue", LockFreeEmailQueue.class),
        right("DelayedEmailQueue", TimerEmailQueue.class),
        right("EmailProcessingService", ThreadProcessingService.class),
        right("EmailProcessingService", AttemptThreadService.class),
        right("EmailProcessingService", OutcomeProcessingService.class),
        right("RegistrationHandler", PatternRegistrationHandler.class),
        right("RegistrationHandler", LockingRegistrationHandler.class));
  }
}
