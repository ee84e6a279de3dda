package workbook.contracts.cleanup;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import workbook.checker.Trial;
import workbook.cleanup.AuditLog;
import workbook.hosting.CancellationSource;

/** An audit log under test, its database, and a connection that records what is done with it. */
final class AuditLogBench {

  static final Instant CUTOFF = Instant.parse("2030-03-31T00:30:00Z");
  static final int BATCH = 5;
  static final int OLD = 23;
  static final int NEW = 4;

  final Trial trial;
  final TestDatabase database;
  final Recording recording;
  final AuditLog auditLog;
  final CancellationSource source = new CancellationSource();

  AuditLogBench(
      Trial trial,
      Function<Connection, AuditLog> maker,
      TestDatabase database,
      boolean autoCommit) {
    this.trial = trial;
    this.database = database;
    this.recording = new Recording(trial, database, autoCommit);
    this.auditLog = trial.subject(maker.apply(recording.connection()));
  }

  /** 23 entries before the cutoff and 4 after it, a minute apart, in no order. */
  static List<Instant> entries() {
    var times =
        new ArrayList<>(
            IntStream.rangeClosed(-OLD, NEW)
                .filter(n -> n != 0)
                .mapToObj(n -> CUTOFF.plusSeconds(60L * n))
                .toList());
    Collections.shuffle(times, new Random(3));
    return times;
  }

  static String inMode(boolean autoCommit) {
    return autoCommit ? "a connection in auto-commit mode" : "a connection without auto-commit";
  }

  long delete() throws SQLException {
    return auditLog.deleteOlderThan(CUTOFF, BATCH, source.token());
  }

  long expectDeleted(String expected) {
    return trial.expectReturn(expected, this::delete);
  }

  int left() {
    return database.times().size();
  }
}
