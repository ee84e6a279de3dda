package workbook.proof.email;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of the queue and of the HTTP handler, in module 05. */
class EmailProofTest extends ModuleProof {

  EmailProofTest() {
    super(
        WorkbookModule.EMAIL,
        Set.of("DelayedEmailQueue", "RegistrationHandler"),
        right("DelayedEmailQueue", ListEmailQueue.class),
        right("DelayedEmailQueue", LockFreeEmailQueue.class),
        right("DelayedEmailQueue", TimerEmailQueue.class),
        right("RegistrationHandler", PatternRegistrationHandler.class),
        right("RegistrationHandler", LockingRegistrationHandler.class),
        right("RegistrationHandler", HandParsedRegistrationHandler.class),
        right("RegistrationHandler", LaterRegistrationHandler.class));
  }
}
