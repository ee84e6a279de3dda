package workbook.shutdown;

/**
 * What a host does when the work of one of its services fails. Counterpart of {@code
 * BackgroundServiceExceptionBehavior} in .NET.
 */
public enum CrashPolicy {
  /** The host stops, and fails with the cause: half an application is worse than none. */
  STOP_HOST,
  /** The failure is logged, and the others go on without the service. It is not started again. */
  IGNORE
}
