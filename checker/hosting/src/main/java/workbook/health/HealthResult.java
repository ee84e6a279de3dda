package workbook.health;

import java.util.Objects;

/**
 * What a check has found. Counterpart of {@code HealthCheckResult} in .NET.
 *
 * @param status how it is
 * @param description why, in words for a person; it is shown to whoever asks, so nothing secret and
 *     no text of an exception
 */
public record HealthResult(HealthStatus status, String description) {

  /** Checks that nothing is null. */
  public HealthResult {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(description, "description");
  }

  /**
   * It does its work.
   *
   * @param description see {@link HealthResult}
   * @return a result that is {@link HealthStatus#HEALTHY}
   */
  public static HealthResult healthy(String description) {
    return new HealthResult(HealthStatus.HEALTHY, description);
  }

  /**
   * It does its work, but somebody should have a look.
   *
   * @param description see {@link HealthResult}
   * @return a result that is {@link HealthStatus#DEGRADED}
   */
  public static HealthResult degraded(String description) {
    return new HealthResult(HealthStatus.DEGRADED, description);
  }

  /**
   * It does not do its work.
   *
   * @param description see {@link HealthResult}
   * @return a result that is {@link HealthStatus#UNHEALTHY}
   */
  public static HealthResult unhealthy(String description) {
    return new HealthResult(HealthStatus.UNHEALTHY, description);
  }
}
