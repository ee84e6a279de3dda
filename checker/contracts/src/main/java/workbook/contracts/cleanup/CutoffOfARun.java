package workbook.contracts.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;
import workbook.checker.VirtualTime;
import workbook.cleanup.AuditLog;
import workbook.cleanup.CleanupPlan;
import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;

/** The cutoff of a run in a JVM that stands in another zone. */
final class CutoffOfARun {

  private CutoffOfARun() {}

  static void otherZones(Trial trial, DbCleanupServiceContract page) {
    page.bench(trial, _ -> {}); // the object under test: findings point into its source
    trial.setUp(
        "a JVM of its own in the zone America/New_York, where summer time begins on 2030-03-10; it"
            + " is 2030-03-20T12:00 UTC, and 30 days are kept");
    trial.expect(
        "the cutoff is 2030-02-18T12:00:00Z",
        InAnotherZone.run(trial, page, "America/New_York", CutoffOfARun.class, "cutoff "),
        List.of("2030-02-18T12:00:00Z"));
  }

  static void main(String[] args) throws Exception {
    InAnotherZone.main(args, DbCleanupServiceContract.class, CutoffOfARun::runInThisZone);
  }

  private static void runInThisZone(DbCleanupServiceContract page) throws Exception {
    var ranOrEnded = new AtomicBoolean();
    AuditLog auditLog =
        (cutoff, _, _) -> {
          System.out.println("cutoff " + cutoff);
          ranOrEnded.set(true);
          return 0;
        };
    ServiceScopeFactory scopes =
        () ->
            new ServiceScope() {
              @Override
              public <T> T get(Class<T> type) {
                return type.cast(auditLog);
              }

              @Override
              public void close() {
                // It has made nothing.
              }
            };
    var plan = new CleanupPlan(Duration.ofHours(1), Duration.ofDays(30), 500);
    var time = new VirtualTime();
    time.shiftWallClock(Duration.between(time.now(), Instant.parse("2030-03-20T12:00:00Z")));
    var service = page.create(CleanupBench.NAME, scopes, time, plan);
    service
        .completion()
        .whenComplete(
            (_, failure) -> {
              System.out.println("the service ended: " + failure);
              ranOrEnded.set(true);
            });
    service.start();
    time.advanceTo(0); // until all wait or have ended
    if (!ranOrEnded.get()) {
      System.out.println("the service waits before its first run");
    }
  }
}
