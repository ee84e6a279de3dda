package workbook.email;

import workbook.contracts.email.SmtpEmailServiceContract;
import workbook.hosting.TimeSource;

class SmtpEmailServiceTest extends SmtpEmailServiceContract {

  @Override
  protected EmailService create(SmtpSettings settings, TimeSource time) {
    return new SmtpEmailService(settings, time);
  }
}
