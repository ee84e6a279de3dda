package workbook.proof.email;

import java.util.Set;
import workbook.checker.WorkbookModule;
import workbook.proof.ModuleProof;

/** Proves the rules of sending over SMTP, in module 05. */
class SmtpProofTest extends ModuleProof {

  SmtpProofTest() {
    super(
        WorkbookModule.EMAIL,
        Set.of("SmtpEmailService"),
        right("SmtpEmailService", RawSmtpService.class),
        right("SmtpEmailService", ClosingSmtpService.class),
        right("SmtpEmailService", ConnectionsSmtpService.class));
  }
}
