package workbook.recurring;

import java.sql.SQLException;
import java.util.Map;
import javax.sql.DataSource;
import workbook.contracts.recurring.RecurringJobsContract;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;

class DbRecurringJobsTest extends RecurringJobsContract {

  @Override
  protected void createTables(DataSource database) throws SQLException {
    SchedulerTable.create(database);
  }

  @Override
  protected RecurringJobs create(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time) {
    return new DbRecurringJobs(name, database, jobs, options, time);
  }
}
