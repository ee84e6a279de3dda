package workbook.cleanup;

import java.time.Duration;
import workbook.hosting.Arguments;

/**
 * What is cleaned up, and how often.
 *
 * @param every the time between two runs, longer than zero; however long, it is taken as it is
 * @param keep how old an entry may become, longer than zero and at most 1,000,000 days. It is a
 *     number of hours: the change to summer time makes no day shorter
 * @param batchSize how many entries are deleted in one transaction, at least 1
 */
public record CleanupPlan(Duration every, Duration keep, int batchSize) {

  private static final Duration LONGEST = Duration.ofDays(1_000_000); // a calendar has an end

  /** Checks. */
  public CleanupPlan {
    Arguments.positive(every, "every");
    Arguments.positive(keep, "keep");
    if (keep.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("keep must be at most " + LONGEST + ", was " + keep);
    }
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
