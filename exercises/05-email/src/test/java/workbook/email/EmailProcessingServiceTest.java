package workbook.email;

import java.util.random.RandomGenerator;
import workbook.contracts.email.EmailProcessingServiceContract;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;

class EmailProcessingServiceTest extends EmailProcessingServiceContract {

  @Override
  protected HostedService create(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random) {
    return new EmailProcessingService(name, queue, scopes, policy, undelivered, random);
  }
}
