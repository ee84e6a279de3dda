package workbook.health;

import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * What all checks have found. Counterpart of {@code HealthReport} in .NET.
 *
 * @param status how things are, all in all
 * @param checks what each check has found, in the order of the checks
 */
public record HealthReport(HealthStatus status, List<Entry> checks) {

  /** Copies the list. */
  public HealthReport {
    Objects.requireNonNull(status, "status");
    checks = List.copyOf(checks);
  }

  /**
   * What one check has found.
   *
   * @param name the name of the check
   * @param result what it has found
   * @param duration how long it took, or its limit if it was cut off
   */
  public record Entry(String name, HealthResult result, Duration duration) {

    /** Checks that nothing is null. */
    public Entry {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(result, "result");
      Objects.requireNonNull(duration, "duration");
    }
  }
}
