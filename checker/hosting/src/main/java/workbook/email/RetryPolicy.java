package workbook.email;

import java.time.Duration;
import java.util.Objects;
import workbook.hosting.Arguments;

/**
 * How often a mail is tried, and how long it waits in between: exponential backoff with a cap, and
 * with jitter, so that mails that failed together do not come back together.
 *
 * <p>After n attempts the full delay is {@code first}, doubled n - 1 times, and no more than {@code
 * longest}. The delay is then drawn evenly from the last part of it: from {@code 1 - jitter} times
 * the full delay up to the full delay.
 *
 * <p>Delays may be as long as a Duration can be, such as 300 years or {@code ChronoUnit.FOREVER}; a
 * hundred years are as good as any longer time.
 *
 * @param attempts how often a mail is tried at most, at least 1
 * @param first the full delay after the first attempt
 * @param longest the longest full delay
 * @param jitter the share of a delay that is left to chance, from 0 to 1
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, double jitter) {

  /**
   * Refuses null and what is out of range.
   *
   * @throws IllegalArgumentException if attempts is below 1, first is not longer than zero, longest
   *     is shorter than first, or jitter is not from 0 to 1
   */
  public RetryPolicy {
    Arguments.atLeast(attempts, 1, "attempts");
    Arguments.positive(first, "first");
    Objects.requireNonNull(longest, "longest");
    if (longest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "longest must be at least first, " + first + ", was " + longest);
    }
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be from 0 to 1, was " + jitter);
    }
  }
}
