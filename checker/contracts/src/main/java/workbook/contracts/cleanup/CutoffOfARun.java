package workbook.contracts.cleanup;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;
import workbook.checker.VirtualTime;
import workbook.checker.process.ChildJvm;
import workbook.cleanup.AuditLog;
import workbook.cleanup.CleanupPlan;
import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;

/** The cutoffs of a year's runs in a JVM that stands in another zone. */
final class CutoffOfARun {

  // Wherever clocks change in a year, one of these runs comes within 30 days after it.
  private static final CleanupPlan PLAN =
      new CleanupPlan(Duration.ofDays(10), Duration.ofDays(30), 500);
  private static final int RUNS = 37;
  private static final String RUN = "the run ";
  private static final String KEPT = ": PT720H";

  private CutoffOfARun() {}

  static void otherZones(Trial trial, DbCleanupServiceContract page) {
    page.bench(trial, _ -> {}); // the object under test: findings point into its source
    trial.setUp(
        "a JVM of its own in the zone America/New_York; a run every 10 days through the year 2030;"
            + " 30 days are kept");
    var runs = InAnotherZone.run(trial, page, "America/New_York", CutoffOfARun.class, RUN);
    var wrong = runs.stream().filter(run -> !run.endsWith(KEPT)).findFirst();
    trial.expectThat(
        "the cutoff of each run lies 720 hours before it, whatever clocks change in between",
        wrong.isEmpty(),
        RUN + wrong.orElse("is right"));
  }

  static void main(String[] args) throws Exception {
    InAnotherZone.main(args, DbCleanupServiceContract.class, CutoffOfARun::runInThisZone);
  }

  private static void runInThisZone(DbCleanupServiceContract page) throws Exception {
    var ranOrEnded = new AtomicBoolean();
    var time = new VirtualTime();
    AuditLog auditLog =
        (cutoff, _, _) -> {
          var now = time.now();
          ChildJvm.tell(
              "%sat %s, cutoff %s: %s".formatted(RUN, now, cutoff, Duration.between(cutoff, now)));
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
    time.shiftWallClock(Duration.ofHours(12));
    var service = page.create(CleanupBench.NAME, scopes, time, PLAN);
    service
        .completion()
        .whenComplete(
            (_, failure) -> {
              ChildJvm.tell("the service ended: " + failure);
              ranOrEnded.set(true);
            });
    service.start();
    time.advanceTo(0); // until all wait or have ended
    time.advanceTo(PLAN.every().multipliedBy(RUNS - 1).toMillis());
    if (!ranOrEnded.get()) {
      ChildJvm.tell(RUN + "at the start and 36 more did not come");
    }
  }
}
