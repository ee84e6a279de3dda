package workbook.checker.recurring;

import static workbook.checker.recurring.JobsBench.BERLIN;
import static workbook.checker.recurring.JobsBench.START;

import ch.qos.logback.classic.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Tag;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import workbook.checker.Contract;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.recurring.AuditTable;
import workbook.recurring.CleanupJob;
import workbook.recurring.RecurringJobs;

/** The rules of the daily cleanup. */
@Tag("step-3")
@Step(module = Module.RECURRING, number = 3, type = "DailyCleanup")
public abstract class DailyCleanupContract extends Contract {

  private static final Duration KEEP = Duration.ofDays(30);
  private static final Instant CUTOFF = START.minus(KEEP);
  private static final int BATCH = 10;

  /** A contract is stateless. */
  protected DailyCleanupContract() {}

  /**
   * Makes the cleanup under test.
   *
   * @param database with the audit log
   * @param time the clock
   * @param keep how long a row is kept
   * @param batchSize how many rows a transaction deletes at most
   * @return a new cleanup
   */
  protected abstract CleanupJob create(
      DataSource database, TimeSource time, Duration keep, int batchSize);

  /** A clock that stands still: a cutoff is then known to the millisecond. */
  private static final class Standing implements TimeSource {

    @Override
    public Instant now() {
      return START;
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

  /** A database with an audit log, and a cleanup of it. */
  private final class Bench {

    final Trial trial;
    final JdbcDataSource database = new JdbcDataSource();
    final CleanupJob cleanup;

    Bench(Trial trial) throws SQLException {
      this.trial = trial;
      database.setURL("jdbc:h2:mem:audit-" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
      trial.afterwards(() -> execute("shutdown immediately"));
      AuditTable.create(database);
      cleanup = trial.subject(create(database, new Standing(), KEEP, BATCH));
    }

    void execute(String sql) throws SQLException {
      try (var connection = database.getConnection();
          var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    /** Adds rows, each a second older than the one before, the first one at a time. */
    List<Instant> add(Instant first, int count) throws SQLException {
      var times = new ArrayList<Instant>();
      for (int n = 0; n < count; n++) {
        times.add(first.minusSeconds(n));
      }
      AuditTable.add(database, times);
      return times;
    }

    int rows() throws SQLException {
      return AuditTable.times(database).size();
    }

    void run(CancellationToken token) {
      trial.expectReturn(
          "the run ends",
          trial.start(
              "runner",
              () -> {
                cleanup.run(token);
                return "normally";
              }));
    }

    void run() {
      run(CancellationToken.none());
    }
  }

  /**
   * One daily job, however often the application starts.
   *
   * <p>If this fails, check: id, job and zone, in this order; the six fields of the text.
   */
  @Rule(
      number = "6.35",
      says =
          "Register MUST add one job under the cleanup's id and name, daily at 02:30 in the zone.",
      lookAt = "register")
  void register(Trial trial) throws SQLException {
    trial.setUp("register with Europe/Berlin, twice");
    var bench = new Bench(trial);
    var jobs = Mockito.mock(RecurringJobs.class);
    bench.cleanup.register(jobs, BERLIN);
    bench.cleanup.register(jobs, BERLIN);
    var cron = ArgumentCaptor.forClass(String.class);
    try {
      Mockito.verify(jobs, Mockito.times(2))
          .addOrUpdate(
              Mockito.eq(CleanupJob.ID),
              Mockito.eq(CleanupJob.NAME),
              cron.capture(),
              Mockito.eq(BERLIN));
    } catch (AssertionError e) {
      throw trial.broken(
          "each time addOrUpdate(\"%s\", \"%s\", a cron text, %s) is called"
              .formatted(CleanupJob.ID, CleanupJob.NAME, BERLIN),
          "called: " + Trial.describe(calls(jobs)));
    }
    for (var text : cron.getAllValues()) {
      trial.expectThat(
          "the cron text means daily at 02:30, such as '0 30 2 ? * *'",
          Pattern.matches(
              "0?0 30 0?2 (\\? \\* \\*|\\* \\* \\?)", text.strip().replaceAll("\\s+", " ")),
          "it is '" + text + "'");
    }
    trial.expect("nothing else is called", calls(jobs).size(), 2);
  }

  private static List<String> calls(RecurringJobs jobs) {
    return Mockito.mockingDetails(jobs).getInvocations().stream()
        .map(call -> call.getMethod().getName() + List.of(call.getArguments()))
        .toList();
  }

  /**
   * Thirty days are thirty days.
   *
   * <p>If this fails, check: that the cutoff comes from the clock that was handed in; the
   * comparison: strictly older; that the time is handed to the database as a parameter with its
   * offset.
   */
  @Rule(
      number = "6.36",
      says = "A run MUST delete what is older than the cutoff, and nothing else.",
      lookAt = "run")
  void cutoff(Trial trial) throws SQLException {
    trial.setUp(
        "kept are 30 days; rows a year and 1 ms older, at the cutoff, 1 ms and 29 days younger");
    var bench = new Bench(trial);
    var old = List.of(CUTOFF.minus(Duration.ofDays(365)), CUTOFF.minusMillis(1));
    var young = List.of(CUTOFF, CUTOFF.plusMillis(1), CUTOFF.plus(Duration.ofDays(29)));
    AuditTable.add(bench.database, old);
    AuditTable.add(bench.database, young);
    bench.run();
    trial.expect(
        "left are the row at the cutoff and the younger ones",
        AuditTable.times(bench.database),
        young);
  }

  /**
   * A job that may run twice bears it.
   *
   * <p>If this fails, check: that what is deleted depends on the age of a row only, not on how many
   * there are or on when the last run was.
   */
  @Rule(number = "6.37", says = "A second run MUST delete nothing more.", lookAt = "run")
  void twice(Trial trial) throws SQLException {
    trial.setUp("25 old rows and 25 young ones, batches of 10; two runs; 15 old rows; a run");
    var bench = new Bench(trial);
    bench.add(CUTOFF.minusSeconds(1), 25);
    var young = bench.add(START, 25);
    bench.run();
    trial.expect("after the first run the young rows are left", bench.rows(), young.size());
    bench.run();
    trial.expect("after the second run the young rows are left", bench.rows(), young.size());
    bench.add(CUTOFF.minusSeconds(1), 15);
    bench.run();
    trial.expect("the next old rows are deleted, no others", bench.rows(), young.size());
  }

  private static String runOn(Bench bench) throws Exception {
    bench.cleanup.run(CancellationToken.none());
    return "normally";
  }

  /**
   * A million rows are not one transaction.
   *
   * <p>If this fails, check: the limit in the statement; that each batch is committed before the
   * next; that the batches already deleted stay so when a later one fails.
   */
  @Rule(
      number = "6.38",
      says =
          "Rows MUST be deleted in batches no larger than asked, each in a transaction of its own.",
      lookAt = "run")
  void batches(Trial trial) throws SQLException {
    trial.setUp("35 old rows, batches of 10; the 25th row of them cannot be deleted");
    var bench = new Bench(trial);
    bench.add(CUTOFF.minusSeconds(1), 35);
    bench.execute(
        "create table evidence (id bigint primary key, constraint kept foreign key (id) references"
            + " audit_log (id))");
    bench.execute(
        "insert into evidence select id from audit_log order by id offset 24 rows fetch first row"
            + " only");
    var run = trial.start("runner", () -> runOn(bench));
    trial.expectThrow("the run throws what the database says", run, SQLException.class);
    int left = bench.rows();
    trial.expectThat(
        "two or three batches of 10 are deleted for good",
        left == 15 || left == 5,
        left + " rows are left");
    bench.execute("drop table evidence");
    bench.run();
    trial.expect("the next run deletes the rest", bench.rows(), 0);
  }

  /**
   * Between two batches is a good moment to stop.
   *
   * <p>If this fails, check: that the token is asked before or after each batch; that an early end
   * is a normal one.
   */
  @Rule(
      number = "6.39",
      says = "A cancelled run MUST end after the batch in progress, and the next MUST do the rest.",
      lookAt = "run")
  void cancelled(Trial trial) throws SQLException {
    trial.setUp("35 old rows and 5 young ones, batches of 10; a token that is cancelled already");
    var bench = new Bench(trial);
    bench.add(CUTOFF.minusSeconds(1), 35);
    bench.add(START, 5);
    var cancelled = new CancellationSource();
    cancelled.cancel();
    bench.run(cancelled.token());
    int left = bench.rows();
    trial.expectThat(
        "at most one batch is deleted", left == 40 || left == 30, left + " of 40 rows are left");
    bench.run();
    trial.expect("the next run leaves the young rows", bench.rows(), 5);
  }

  /**
   * The log says what was done.
   *
   * <p>If this fails, check: that it is logged once a run, at info; the sum over all batches.
   */
  @Rule(number = "6.40", says = "A run MUST log how many rows it has deleted.", lookAt = "run")
  void logged(Trial trial) throws SQLException {
    trial.setUp("37 old rows, batches of 10; then none");
    var bench = new Bench(trial);
    bench.add(CUTOFF.minusSeconds(1), 37);
    bench.run();
    expectLogged(trial, 37);
    bench.run();
    expectLogged(trial, 0);
  }

  private static void expectLogged(Trial trial, int number) {
    var lines = trial.log().at(Level.INFO);
    trial.expectThat(
        "an information with the number " + number,
        lines.stream()
            .anyMatch(
                line ->
                    Pattern.compile("(?<![\\d:.-])" + number + "(?![\\d:.-]*\\d)")
                        .matcher(line)
                        .find()),
        "logged: " + Trial.describe(lines));
  }

  /**
   * Wrong arguments are refused at the door, and nothing is left behind.
   *
   * <p>If this fails, check: the arguments of the constructor; that the connection is closed, on
   * failure too.
   */
  @Rule(
      number = "6.41",
      says =
          "Null, a time to keep of zero or less and batches below 1 MUST be refused; a run MUST"
              + " leave no connection open.",
      lookAt = "<init>")
  void arguments(Trial trial) throws SQLException {
    trial.setUp("bad arguments; then a run, and one without the table");
    var bench = new Bench(trial);
    var time = new Standing();
    trial.expectRefused(
        "null as database", () -> create(Trial.noValue(), time, KEEP, BATCH), "database");
    trial.expectRefused(
        "null as time", () -> create(bench.database, Trial.noValue(), KEEP, BATCH), "time");
    trial.expectRefused(
        "null as keep", () -> create(bench.database, time, Trial.noValue(), BATCH), "keep");
    trial.expectRefused(
        "keep of 0", () -> create(bench.database, time, Duration.ZERO, BATCH), "keep", "PT0S");
    trial.expectRefused(
        "keep of -1 h", () -> create(bench.database, time, Duration.ofHours(-1), BATCH), "keep");
    trial.expectRefused(
        "batchSize 0", () -> create(bench.database, time, KEEP, 0), "batchSize", "0");
    try (var own = bench.database.getConnection();
        var statement = own.createStatement()) {
      bench.add(CUTOFF.minusSeconds(1), 15);
      bench.run();
      bench.execute("drop table audit_log");
      var run = trial.start("runner", () -> runOn(bench));
      trial.expectThrow("without the table a run fails", run, SQLException.class);
      try (var sessions =
          statement.executeQuery("select count(*) from information_schema.sessions")) {
        sessions.next();
        trial.expect("no connection is left but that of the rule", sessions.getInt(1), 1);
      }
    }
  }
}
