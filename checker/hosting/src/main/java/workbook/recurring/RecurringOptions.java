package workbook.recurring;

import java.time.Duration;
import workbook.hosting.Arguments;

/**
 * How a scheduler behaves.
 *
 * @param pollInterval how often it looks at the database for what is due, at the least; real time
 * @param lease how long the run of a scheduler that has died is left to it, by the clock; one that
 *     lives renews its lease every quarter of it, in real time. Clocks must differ by less
 * @param retries how often a failed run is tried again for the same due time, 0 or more
 * @param retryDelay how long after a failure, by the clock
 */
public record RecurringOptions(
    Duration pollInterval, Duration lease, int retries, Duration retryDelay) {

  /** Checks. */
  public RecurringOptions {
    Arguments.positive(pollInterval, "pollInterval");
    Arguments.positive(lease, "lease");
    Arguments.atLeast(retries, 0, "retries");
    Arguments.positive(retryDelay, "retryDelay");
  }
}
