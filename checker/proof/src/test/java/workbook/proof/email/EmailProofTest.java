package workbook.proof.email;

import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of module 05. */
class EmailProofTest extends ModuleProof {

  EmailProofTest() {
    super(
        WorkbookModule.EMAIL,
        right("SmtpEmailService", RawSmtpService.class),
        right("SmtpEmailService", ClosingSmtpService.class),
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
