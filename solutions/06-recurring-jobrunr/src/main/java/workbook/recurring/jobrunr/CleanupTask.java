package workbook.recurring.jobrunr;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import javax.sql.DataSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.recurring.AuditEntries;
import workbook.recurring.DailyCleanup;

/**
 * What JobRunr runs. It keeps class and method by their names in the database, so both must stay.
 */
public final class CleanupTask {

  private static final Duration KEEP = Duration.ofDays(30);
  private static final int BATCH = 100;

  private final DataSource database;

  CleanupTask(DataSource database) {
    this.database = database;
  }

  /**
   * Adds old rows, so that there is work, and deletes them.
   *
   * @throws SQLException if the database cannot
   */
  public void clean() throws SQLException {
    var longAgo = Instant.now().minus(KEEP).minus(Duration.ofDays(1));
    AuditEntries.add(database, Collections.nCopies(250, longAgo));
    new DailyCleanup(database, TimeSource.system(), KEEP, BATCH).run(CancellationToken.none());
  }

  /** Fails each time, to be seen on the dashboard. */
  public void fail() {
    throw new IllegalStateException("the report cannot be written: disk full");
  }
}
