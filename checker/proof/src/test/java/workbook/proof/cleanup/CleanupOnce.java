package workbook.proof.cleanup;

import java.sql.SQLException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.cleanup.AuditLog;
import workbook.cleanup.CleanupPlan;
import workbook.hosting.CancellationToken;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/**
 * One run, right, for services that differ in how they come to it.
 *
 * @param name the service's name
 * @param scopes opens scopes
 * @param time the clock
 * @param plan the plan
 */
public record CleanupOnce(
    String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan) {

  private static final Logger log = LoggerFactory.getLogger(CleanupOnce.class);

  /** Checks. */
  public CleanupOnce {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(scopes, "scopes");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(plan, "plan");
  }

  /**
   * Deletes what is too old.
   *
   * @param stopping ends it between two batches
   */
  public void run(CancellationToken stopping) {
    try {
      var scope = scopes.createScope();
      try {
        delete(scope.get(AuditLog.class), stopping);
      } finally {
        scope.close();
      }
    } catch (Exception e) {
      log.warn("{}: a run failed", name, e);
    }
  }

  private void delete(AuditLog auditLog, CancellationToken stopping) throws SQLException {
    var cutoff =
        time.now().minusSeconds(plan.keep().toSeconds()).minusNanos(plan.keep().toNanosPart());
    long deleted = auditLog.deleteOlderThan(cutoff, plan.batchSize(), stopping);
    log.debug("{} deleted", deleted);
  }
}
