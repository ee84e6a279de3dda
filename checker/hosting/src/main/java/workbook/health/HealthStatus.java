package workbook.health;

/** How something is, from best to worst. Counterpart of {@code HealthStatus} in .NET. */
public enum HealthStatus {
  /** It does its work. */
  HEALTHY,
  /** It does its work, but somebody should have a look. */
  DEGRADED,
  /** It does not do its work. */
  UNHEALTHY
}
