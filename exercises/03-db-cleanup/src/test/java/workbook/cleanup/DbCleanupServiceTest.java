package workbook.cleanup;

import workbook.contracts.cleanup.DbCleanupServiceContract;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

class DbCleanupServiceTest extends DbCleanupServiceContract {

  @Override
  protected HostedService create(
      String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan) {
    return new DbCleanupService(name, scopes, time, plan);
  }
}
