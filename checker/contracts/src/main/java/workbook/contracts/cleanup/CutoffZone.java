package workbook.contracts.cleanup;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Trial;
import workbook.checker.process.ChildJvm;
import workbook.hosting.CancellationToken;

/** A cutoff in a JVM that stands in another zone. */
final class CutoffZone {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);

  private CutoffZone() {}

  static void otherZones(Trial trial, JdbcAuditLogContract page) {
    page.bench(trial, true); // the object under test: findings point into its source
    trial.setUp(
        "a JVM of its own in the zone Asia/Beirut, where clocks skip from 00:00 to 01:00 on the"
            + " day of the cutoff, 00:30 UTC; one entry 10 minutes before the cutoff, one after");
    trial.expect(
        "of the entries at -PT10M and PT10M, counted from the cutoff, the one after it stays",
        InAnotherZone.run(trial, page, "Asia/Beirut", CutoffZone.class, "left at "),
        List.of("PT10M"));
  }

  static void main(String[] args) throws Exception {
    InAnotherZone.main(args, JdbcAuditLogContract.class, CutoffZone::deleteInThisZone);
  }

  private static void deleteInThisZone(JdbcAuditLogContract page) throws SQLException {
    var cleanUps = new ArrayList<Executable>();
    var database = TestDatabase.open(cleanUps::add);
    try (var connection = database.connect()) {
      database.add(
          List.of(AuditLogBench.CUTOFF.minus(TEN_MINUTES), AuditLogBench.CUTOFF.plus(TEN_MINUTES)));
      page.create(connection)
          .deleteOlderThan(AuditLogBench.CUTOFF, AuditLogBench.BATCH, CancellationToken.none());
      database
          .times()
          .forEach(
              time -> ChildJvm.tell("left at " + Duration.between(AuditLogBench.CUTOFF, time)));
      if (database.times().isEmpty()) {
        ChildJvm.tell("left at none, both are gone");
      }
    } finally {
      for (var cleanUp : cleanUps.reversed()) {
        try {
          cleanUp.execute();
        } catch (Throwable e) {
          ChildJvm.tell("the database could not be cleaned up: " + e);
        }
      }
    }
  }
}
