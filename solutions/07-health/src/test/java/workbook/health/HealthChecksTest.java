package workbook.health;

import java.util.List;
import workbook.contracts.health.HealthChecksContract;
import workbook.hosting.TimeSource;

class HealthChecksTest extends HealthChecksContract {

  @Override
  protected HealthReporter create(List<HealthCheck.Named> checks, TimeSource time) {
    return new HealthChecks(checks, time);
  }
}
