package workbook.shutdown;

import java.time.Duration;
import java.util.Objects;
import workbook.hosting.Arguments;

/**
 * How a host behaves.
 *
 * @param stopWithin how long all its services together may take to stop; longer than zero
 * @param onCrash what to do when the work of a service fails
 */
public record HostOptions(Duration stopWithin, CrashPolicy onCrash) {

  /**
   * Checks.
   *
   * @throws IllegalArgumentException if {@code stopWithin} is zero or negative
   */
  public HostOptions {
    Arguments.positive(stopWithin, "stopWithin");
    Objects.requireNonNull(onCrash, "onCrash");
  }
}
