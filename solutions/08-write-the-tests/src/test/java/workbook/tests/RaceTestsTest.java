package workbook.tests;

import workbook.contracts.tests.RaceTestsContract;

class RaceTestsTest extends RaceTestsContract {

  @Override
  protected Object create(Rooms rooms) {
    return new RaceTests(rooms);
  }
}
