package workbook.proof.cleanup;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import workbook.cleanup.CleanupPlan;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/** Right: on a grid that begins with start; hours that pass during a run are left out. */
public final class FixedRateCleanupService extends BackgroundService {

  private final CleanupOnce cleanup;

  /**
   * A service.
   *
   * @param name its name
   * @param scopes opens scopes
   * @param time the clock
   * @param plan the plan
   */
  public FixedRateCleanupService(
      String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan) {
    super(name);
    cleanup = new CleanupOnce(name, scopes, time, plan);
  }

  @Override
  protected void execute(CancellationToken stopping) throws Exception {
    var time = cleanup.time();
    long period = TimeUnit.NANOSECONDS.convert(cleanup.plan().every()); // or 292 years
    long begin = time.nanoTime();
    while (!stopping.isCancelled()) {
      cleanup.run(stopping);
      long passed = time.nanoTime() - begin;
      long next = passed < period ? period : (passed / period + 1) * period;
      if (!time.sleep(Duration.ofNanos(next - passed), stopping)) {
        return;
      }
    }
  }
}
