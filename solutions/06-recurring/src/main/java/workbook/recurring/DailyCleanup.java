package workbook.recurring;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * Deletes old rows of the audit log, daily.
 *
 * <p>Cutoff, batches and repetition are as {@link CleanupJob} says.
 */
public final class DailyCleanup implements CleanupJob {

  private static final Duration LONGEST = Duration.ofDays(365_000);
  private static final Logger log = LoggerFactory.getLogger(DailyCleanup.class);
  private static final String DAILY = "0 30 2 ? * *";
  private static final String DELETE =
      "delete from audit_log where id in"
          + " (select id from audit_log where written_at < ? fetch first ? rows only)";

  private final DataSource database;
  private final TimeSource time;
  private final Duration keep;
  private final int batchSize;

  /**
   * A cleanup.
   *
   * @param database with the audit log
   * @param time the clock
   * @param keep how long a row is kept, longer than zero; centuries are accepted
   * @param batchSize how many rows are deleted in a transaction at most, at least 1
   */
  public DailyCleanup(DataSource database, TimeSource time, Duration keep, int batchSize) {
    if (Objects.requireNonNull(keep, "keep").compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("keep must be 1,000 years at most, was " + keep);
    }
    this.database = Objects.requireNonNull(database, "database");
    this.time = Objects.requireNonNull(time, "time");
    this.keep = Arguments.positive(keep, "keep");
    this.batchSize = Arguments.atLeast(batchSize, 1, "batchSize");
  }

  @Override
  public void register(RecurringJobs jobs, ZoneId zone) {
    jobs.addOrUpdate(ID, NAME, DAILY, zone);
  }

  @Override
  public void run(CancellationToken stop) throws SQLException {
    var cutoff = time.now().minus(keep);
    long deleted = 0;
    try {
      int batch = batchSize;
      while (batch == batchSize && !stop.isCancelled()) {
        batch = deleteBatch(cutoff);
        deleted += batch;
      }
    } finally {
      log.info("deleted {} audit records older than {}", deleted, cutoff);
    }
  }

  private int deleteBatch(Instant cutoff) throws SQLException {
    try (var connection = database.getConnection(); // commits each statement by itself
        var delete = connection.prepareStatement(DELETE)) {
      delete.setObject(1, cutoff.atOffset(ZoneOffset.UTC));
      delete.setInt(2, batchSize);
      return delete.executeUpdate();
    }
  }
}
