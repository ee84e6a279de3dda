package workbook.health;

import workbook.contracts.health.HealthHandlerContract;

class HealthHandlerTest extends HealthHandlerContract {

  @Override
  protected HealthEndpoint create(HealthReporter live, HealthReporter ready) {
    return new HealthHandler(live, ready);
  }
}
