package workbook.cleanup;

import java.sql.SQLException;
import java.time.Instant;
import workbook.hosting.CancellationToken;

/**
 * A table of who did what and when, {@link AuditTable}, which grows until somebody deletes what is
 * old.
 *
 * <p>It works over one connection, which it was given: it neither opens nor closes any, and when a
 * call is over, in whatever way, the connection is as it was: open, in the same auto-commit mode
 * and isolation level, with no transaction begun and no statement open. The mode may be either.
 *
 * <p><b>Threads.</b> An audit log is used by one thread at a time, like its connection.
 */
public interface AuditLog {

  /**
   * Deletes the entries that happened before a point in time, oldest first, in batches. Each batch
   * is one transaction of its own and deletes {@code batchSize} entries, the last one those that
   * are left. No entry is loaded in order to be deleted: no query returns more than one row,
   * however many entries there are. The cutoff reaches the database as a parameter of a statement,
   * never as a part of its text.
   *
   * <p>The number of entries that were deleted for good is logged, at INFO and in the line's
   * message, also when the work ends early.
   *
   * @param cutoff entries before it go, those at it and after it stay. The table's times are in
   *     UTC, whatever the zone of this JVM
   * @param batchSize how many entries a transaction deletes, at least 1
   * @param cancel looked at before each batch: once it is cancelled, no further one is begun. A
   *     batch that has begun is brought to its end
   * @return how many entries were deleted
   * @throws NullPointerException if the cutoff or the token is null; the message names it
   * @throws IllegalArgumentException if the batch size is below 1; the message names it
   * @throws SQLException if the database fails. The batch that failed is rolled back, those before
   *     it stay deleted. It is the first failure that is thrown; what fails while cleaning up after
   *     it is suppressed in it
   */
  long deleteOlderThan(Instant cutoff, int batchSize, CancellationToken cancel) throws SQLException;
}
