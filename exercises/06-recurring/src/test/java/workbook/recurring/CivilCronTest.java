package workbook.recurring;

import java.time.ZoneId;
import workbook.contracts.recurring.DueTimesContract;

class CivilCronTest extends DueTimesContract {

  @Override
  protected DueTimes create(String cron, ZoneId zone) {
    return new CivilCron(cron, zone);
  }
}
