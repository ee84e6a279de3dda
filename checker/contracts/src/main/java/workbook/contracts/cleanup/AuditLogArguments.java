package workbook.contracts.cleanup;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;

/** Arguments that an audit log refuses. */
final class AuditLogArguments {

  private AuditLogArguments() {}

  static void arguments(Trial trial, JdbcAuditLogContract page) {
    trial.setUp("bad arguments, one at a time");
    var bench = page.bench(trial, true);
    var auditLog = bench.auditLog;
    var never = CancellationToken.none();
    trial.lookAt("<init>");
    trial.expectRefused("a null connection", () -> page.create(Trial.noValue()), "connection");
    trial.lookAt();
    trial.expectRefused(
        "a null cutoff",
        () -> auditLog.deleteOlderThan(Trial.noValue(), AuditLogBench.BATCH, never),
        "cutoff");
    Executable noToken =
        () -> auditLog.deleteOlderThan(AuditLogBench.CUTOFF, AuditLogBench.BATCH, Trial.noValue());
    trial.expectRefused("a null token", noToken, oneOf(noToken, "cancel", "token"));
    for (int size : List.of(0, -1)) {
      Executable noBatch = () -> auditLog.deleteOlderThan(AuditLogBench.CUTOFF, size, never);
      trial.expectRefused(
          "a batch size of " + size, noBatch, oneOf(noBatch, "batchSize", "batch", "Batch"));
    }
    trial.expect("nothing is deleted", bench.left(), AuditLogBench.OLD + AuditLogBench.NEW);
  }

  /**
   * The word that the message of a refusal has for an argument: its name, or another one for it.
   */
  private static String oneOf(Executable refused, String name, String... others) {
    try {
      refused.execute();
      return name;
    } catch (Throwable e) {
      var message = String.valueOf(e.getMessage());
      return Stream.of(others).filter(message::contains).findFirst().orElse(name);
    }
  }
}
