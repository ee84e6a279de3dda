package workbook.contracts.recurring;

import static workbook.contracts.recurring.SchedulerBench.START;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.recurring.AuditEntries;
import workbook.recurring.CleanupJob;

/** A database with an audit log, and a cleanup of it. */
final class AuditBench {

  static final Duration KEEP = Duration.ofDays(30);
  static final int BATCH = 10;
  static final Instant CUTOFF = START.minus(KEEP);

  final Trial trial;
  final RuleDatabase home;
  final DataSource database;
  final Standing clock = new Standing();
  final CleanupJob cleanup;

  /** A clock that stands still until it is set: a cutoff is then known to the microsecond. */
  static final class Standing implements TimeSource {

    volatile Instant now = START;

    @Override
    public Instant now() {
      return now;
    }

    @Override
    public long nanoTime() {
      return 0;
    }

    @Override
    public boolean sleep(Duration time, CancellationToken wake) {
      return !wake.isCancelled();
    }

    @Override
    public boolean join(Thread thread, Duration limit) {
      return !thread.isAlive();
    }
  }

  AuditBench(Trial trial, DailyCleanupContract contract) throws SQLException {
    this(trial, contract, "UTC");
  }

  AuditBench(Trial trial, DailyCleanupContract contract, String zone) throws SQLException {
    this.trial = trial;
    home = RuleDatabase.open(trial, ";TIME ZONE=" + zone);
    database = home.source();
    AuditEntries.create(database);
    cleanup = trial.subject(contract.create(new CountedDatabase(database), clock, KEEP, BATCH));
  }

  void execute(String sql) throws SQLException {
    home.execute(sql);
  }

  /** Adds rows, each a second older than the one before, the first one at a time. */
  List<Instant> add(Instant first, int count) throws SQLException {
    var times = new ArrayList<Instant>();
    for (int n = 0; n < count; n++) {
      times.add(first.minusSeconds(n));
    }
    AuditEntries.add(database, times);
    return times;
  }

  int rows() throws SQLException {
    return AuditEntries.times(database).size();
  }

  /** Has something done before each row is deleted, until it is closed. */
  DeleteWatch.Registration onDelete(DeleteWatch.Action action) throws SQLException {
    if (!RuleDatabase.isH2()) {
      throw trial.skip("this rule watches each row that is deleted, which only H2 lets it do");
    }
    var name = "watch-" + UUID.randomUUID();
    DeleteWatch.register(name, action);
    execute(
        "create trigger \"%s\" before delete on audit_log for each row call '%s'"
            .formatted(name, DeleteWatch.class.getName()));
    return () -> {
      execute("drop trigger \"" + name + "\"");
      DeleteWatch.forget(name);
    };
  }

  void run(CleanupJob job, CancellationToken token) {
    trial.expectReturn(
        "the run ends",
        trial.start(
            "runner",
            () -> {
              job.run(token);
              return "normally";
            }));
  }

  /** Runs the cleanup on the calling thread. */
  String runHere() throws Exception {
    cleanup.run(CancellationToken.none());
    return "normally";
  }

  void run(CancellationToken token) {
    run(cleanup, token);
  }

  void run() {
    run(CancellationToken.none());
  }
}
