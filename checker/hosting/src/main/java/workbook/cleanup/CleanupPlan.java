package workbook.cleanup;

import java.time.Duration;
import workbook.hosting.Arguments;

/**
 * What is cleaned up, and how often.
 *
 * @param every the time between two runs, longer than zero
 * @param keep how old an entry may become, longer than zero. It is a number of hours: the change to
 *     summer time makes no day shorter
 * @param batchSize how many entries are deleted in one transaction, at least 1
 */
public record CleanupPlan(Duration every, Duration keep, int batchSize) {

  /** Checks. */
  public CleanupPlan {
    Arguments.positive(every, "every");
    Arguments.positive(keep, "keep");
    Arguments.atLeast(batchSize, 1, "batchSize");
  }

  /**
   * The plan of the .NET chapter, with batches: every hour, what is older than 30 days, 1,000
   * entries at a time.
   */
  public static CleanupPlan hourly() {
    return new CleanupPlan(Duration.ofHours(1), Duration.ofDays(30), 1_000);
  }
}
