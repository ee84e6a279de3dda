package workbook.tests;

import workbook.contracts.tests.TimedServiceTestsContract;

class TimedServiceTestsTest extends TimedServiceTestsContract {

  @Override
  protected Object create(TimedServices services) {
    return new TimedServiceTests(services);
  }
}
