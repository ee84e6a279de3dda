package workbook.recurring;

import java.time.Duration;
import javax.sql.DataSource;
import workbook.contracts.recurring.DailyCleanupContract;
import workbook.hosting.TimeSource;

class DailyCleanupTest extends DailyCleanupContract {

  @Override
  protected CleanupJob create(DataSource database, TimeSource time, Duration keep, int batchSize) {
    return new DailyCleanup(database, time, keep, batchSize);
  }
}
