package workbook.recurring;

import java.time.Duration;
import workbook.hosting.Arguments;

/**
 * How a scheduler behaves. A duration is longer than zero and at most a hundred years, so that a
 * time that is computed from it is one that the database can keep.
 *
 * @param pollInterval how often it looks at the database for what is due, at the least; real time
 * @param lease how long the run of a scheduler that has died is left to it, by the clock; one that
 *     lives renews its lease every quarter of it, in real time. Clocks must differ by less
 * @param retries how often a failed run is tried again for the same due time, 0 or more
 * @param retryDelay how long after a failure, by the clock
 */
public record RecurringOptions(
    Duration pollInterval, Duration lease, int retries, Duration retryDelay) {

  private static final Duration LONGEST = Duration.ofDays(36_500);

  /** Checks. */
  public RecurringOptions {
    check(pollInterval, "pollInterval");
    check(lease, "lease");
    Arguments.atLeast(retries, 0, "retries");
    check(retryDelay, "retryDelay");
  }

  private static void check(Duration duration, String name) {
    if (Arguments.positive(duration, name).compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(name + " must be 100 years at most, was " + duration);
    }
  }
}
