package workbook.recurring;

import java.sql.SQLException;
import java.time.Duration;
import java.time.ZoneId;
import javax.sql.DataSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/**
 * Deletes old rows of the audit log, daily.
 *
 * <p>Cutoff, batches and repetition are as {@link CleanupJob} says.
 */
public final class DailyCleanup implements CleanupJob {

  /**
   * A cleanup.
   *
   * @param database with the audit log
   * @param time the clock
   * @param keep how long a row is kept, longer than zero; centuries are accepted
   * @param batchSize how many rows are deleted in a transaction at most, at least 1
   */
  public DailyCleanup(DataSource database, TimeSource time, Duration keep, int batchSize) {
    // TODO: step 3
    throw new NotStarted("step 3", "the constructor of DailyCleanup");
  }

  @Override
  public void register(RecurringJobs jobs, ZoneId zone) {
    // TODO: step 3
    throw new NotStarted("step 3", "DailyCleanup.register");
  }

  @Override
  public void run(CancellationToken stop) throws SQLException {
    // TODO: step 3
    throw new NotStarted("step 3", "DailyCleanup.run");
  }
}
