package workbook.cleanup;

import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/**
 * Deletes old entries from the audit log: at start, and then again and again.
 *
 * <p><b>Order.</b> The first run begins when the service is started, each further one when the plan
 * says so. Runs never overlap; one that takes longer than that delays the next.
 *
 * <p><b>A run</b> opens a scope, asks it for the {@link AuditLog}, deletes what is older than the
 * plan's {@code keep} at that moment, and closes the scope, whatever happens. Between two runs the
 * service holds nothing: no scope, no connection.
 *
 * <p><b>Stopping.</b> Stop cancels the run's token, which ends the run after the batch in progress,
 * and waits for it. At the deadline it interrupts the thread and throws.
 *
 * <p><b>Failures.</b> An exception in a run is logged, and the next run comes in its time: a database
 * that is down may be up again. An Error ends the service, and {@link #completion} fails with it.
 */
public final class DbCleanupService extends BackgroundService {

  /**
   * A service that has not been started.
   *
   * @param name the name of the service and of its thread
   * @param scopes opens the scope of each run; it knows {@link AuditLog}
   * @param time the clock and the waits
   * @param plan what to delete, and how often
   * @throws NullPointerException if one of them is null; the message names it
   */
  public DbCleanupService(
      String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan) {
    super(name);
    // TODO: step 3
    throw new NotStarted("step 3", "the constructor of DbCleanupService");
  }

  @Override
  protected void execute(CancellationToken stopping) throws Exception {
    // TODO: step 3
    throw new NotStarted("step 3", "DbCleanupService.execute");
  }
}
