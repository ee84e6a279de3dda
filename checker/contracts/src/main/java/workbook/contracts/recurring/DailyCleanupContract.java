package workbook.contracts.recurring;

import static workbook.contracts.recurring.AuditBench.BATCH;
import static workbook.contracts.recurring.AuditBench.KEEP;
import static workbook.contracts.recurring.SchedulerBench.BERLIN;
import static workbook.contracts.recurring.SchedulerBench.START;

import ch.qos.logback.classic.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.recurring.AuditEntries;
import workbook.recurring.CleanupJob;
import workbook.recurring.RecurringJobs;

/** The rules of the daily cleanup. */
@Tag("step-3")
@Step(module = WorkbookModule.RECURRING, number = 3, type = "DailyCleanup")
public abstract class DailyCleanupContract {

  private static final Instant CUTOFF = START.minus(KEEP);

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

  /** One daily job, however often the application starts. */
  @Rule(
      number = "6.35",
      says =
          "Register MUST add one job under the cleanup's id and name, daily at 02:30 in the zone.",
      check = "id, job and zone, in this order; the six fields of the text",
      lookAt = "register")
  void register(Trial trial) throws SQLException {
    trial.setUp("register with Europe/Berlin, twice");
    var bench = new AuditBench(trial, this);
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

  /** Thirty days are thirty days. */
  @Rule(
      number = "6.36",
      says = "A run MUST delete what is older than the cutoff, and nothing else.",
      check =
          "that the cutoff comes from the clock that was handed in, anew for each run; that the"
              + " time to keep is subtracted as it is, not in days of the calendar; the comparison:"
              + " strictly older; that the time is handed to the database as a parameter with its"
              + " offset",
      lookAt = "run")
  void cutoff(Trial trial) throws SQLException {
    trial.setUp(
        "kept are 30 days; rows a year and 1 ms older, at the cutoff, 1 ms and 29 days younger; ten"
            + " days later again; then kept are 90 min, batches of 1; the database's sessions are"
            + " in Tokyo, the JVM in Kolkata");
    var zone = TimeZone.getDefault();
    trial.afterwards(() -> TimeZone.setDefault(zone));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
    var bench = new AuditBench(trial, this, "Asia/Tokyo");
    expectCutOff(trial, bench, bench.cleanup, CUTOFF);
    bench.clock.now = START.plus(Duration.ofDays(10)); // over a change of the clocks
    expectCutOff(trial, bench, bench.cleanup, CUTOFF.plus(Duration.ofDays(10)));
    var keep = Duration.ofMinutes(90);
    CleanupJob brief;
    try {
      brief = create(bench.database, bench.clock, keep, 1);
    } catch (RuntimeException e) {
      throw trial.broken(
          "a time to keep of 90 min and batches of 1 are taken", Trial.describe(e) + " was thrown");
    }
    expectCutOff(trial, bench, brief, bench.clock.now.minus(keep));
  }

  private static void expectCutOff(
      Trial trial, AuditBench bench, CleanupJob cleanup, Instant cutoff) throws SQLException {
    bench.execute("delete from audit_log");
    var young = List.of(cutoff, cutoff.plusMillis(1), cutoff.plus(Duration.ofDays(29)));
    AuditEntries.add(bench.database, young.subList(1, 3));
    AuditEntries.add(bench.database, List.of(cutoff.minus(Duration.ofDays(365))));
    AuditEntries.add(bench.database, young.subList(0, 1));
    AuditEntries.add(bench.database, List.of(cutoff.minusMillis(1)));
    bench.run(cleanup, CancellationToken.none());
    trial.expect(
        "left are the row at the cutoff, " + cutoff + ", and the younger ones",
        AuditEntries.times(bench.database),
        young);
  }

  /** A job that may run twice bears it. */
  @Rule(
      number = "6.37",
      says = "A second run MUST delete nothing more.",
      check =
          "that what is deleted depends on the age of a row only, not on how many there are or on"
              + " when the last run was",
      lookAt = "run")
  void twice(Trial trial) throws SQLException {
    trial.setUp("25 old rows and 25 young ones, batches of 10; two runs; 15 old rows; a run");
    var bench = new AuditBench(trial, this);
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

  private static String runOn(AuditBench bench) throws Exception {
    bench.cleanup.run(CancellationToken.none());
    return "normally";
  }

  /** A million rows are not one transaction. */
  @Rule(
      number = "6.38",
      says =
          "Rows MUST be deleted in batches no larger than asked, each in a transaction of its own.",
      check =
          "the limit in the statement; that each batch is committed before the next; that the"
              + " batches already deleted stay so when a later one fails",
      lookAt = "run")
  void batches(Trial trial) throws SQLException {
    trial.setUp("35 old rows, batches of 10; the 25th row that is deleted cannot be");
    var bench = new AuditBench(trial, this);
    bench.add(CUTOFF.minusSeconds(1), 35);
    var most = new AtomicInteger();
    var watch =
        bench.onDelete(
            nth -> {
              int committed = 35 - bench.rows();
              most.accumulateAndGet(nth - committed, Math::max);
              if (nth == 25) {
                throw new SQLException("this row cannot be deleted");
              }
            });
    var run = trial.start("runner", () -> runOn(bench));
    trial.expectThrow("the run throws what the database says", run, SQLException.class);
    trial.expectThat(
        "a transaction deletes 10 rows at most", most.get() <= BATCH, "one deletes " + most);
    int deleted = 35 - bench.rows();
    trial.expectThat(
        "what was deleted before that batch stays deleted, 15 rows or more",
        deleted >= 25 - BATCH,
        deleted + " rows are deleted for good");
    watch.close();
    bench.run();
    trial.expect("the next run deletes the rest", bench.rows(), 0);
  }

  /** Between two batches is a good moment to stop. */
  @Rule(
      number = "6.39",
      says = "A cancelled run MUST end after the batch in progress, and the next MUST do the rest.",
      check =
          "that the token is asked before or after each batch; that an early end is a normal one",
      lookAt = "run")
  void cancelled(Trial trial) throws SQLException {
    trial.setUp(
        "35 old rows and 5 young ones, batches of 10; a token that is cancelled already, then one"
            + " that is cancelled at the fifth row");
    var bench = new AuditBench(trial, this);
    bench.add(CUTOFF.minusSeconds(1), 35);
    bench.add(START, 5);
    var cancelled = new CancellationSource();
    cancelled.cancel();
    bench.run(cancelled.token());
    int left = bench.rows();
    trial.expectThat(
        "at most one batch is deleted", left >= 30 && left <= 40, left + " of 40 rows are left");
    int deleted = left - runUntilFifthRow(bench);
    trial.expectThat(
        "the batch in progress is deleted, 5 to 10 rows, and no other",
        deleted >= 5 && deleted <= BATCH,
        deleted + " rows are deleted");
    bench.run();
    trial.expect("the next run leaves the young rows", bench.rows(), 5);
  }

  /** Runs with a token that is cancelled in the first batch; returns how many rows are left. */
  private static int runUntilFifthRow(AuditBench bench) throws SQLException {
    var soon = new CancellationSource();
    try (var _ =
        bench.onDelete(
            nth -> {
              if (nth == 5) {
                soon.cancel();
              }
            })) {
      bench.run(soon.token());
    }
    return bench.rows();
  }

  /** The log says what was done. */
  @Rule(
      number = "6.40",
      says = "A run MUST log how many rows it has deleted.",
      check =
          "that it is logged once a run, at info; the sum over all batches; that it is logged after"
              + " an early end, too",
      lookAt = "run")
  void logged(Trial trial) throws SQLException {
    trial.setUp("37 old rows, batches of 10; then none; then 33, and an early end");
    var bench = new AuditBench(trial, this);
    bench.add(CUTOFF.minusSeconds(1), 37);
    bench.run();
    expectLogged(trial, 37);
    bench.run();
    expectLogged(trial, 0);
    bench.add(CUTOFF.minusSeconds(1), 33);
    expectLogged(trial, 33 - runUntilFifthRow(bench));
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

  /** Wrong arguments are refused at the door, and nothing is left behind. */
  @Rule(
      number = "6.41",
      says =
          "Null, a time to keep of zero or less and batches below 1 MUST be refused; a run MUST"
              + " leave no connection open.",
      check = "the arguments of the constructor; that the connection is closed, on failure too",
      lookAt = "<init>")
  void arguments(Trial trial) throws SQLException {
    trial.setUp("bad arguments; then a run, and one without the table");
    var bench = new AuditBench(trial, this);
    var time = bench.clock;
    trial.expectRefused("null as database", () -> create(Trial.noValue(), time, KEEP, BATCH));
    trial.expectRefused("null as time", () -> create(bench.database, Trial.noValue(), KEEP, BATCH));
    trial.expectRefused("null as keep", () -> create(bench.database, time, Trial.noValue(), BATCH));
    trial.expectRefused("keep of 0", () -> create(bench.database, time, Duration.ZERO, BATCH));
    trial.expectRefused(
        "keep of -1 h", () -> create(bench.database, time, Duration.ofHours(-1), BATCH));
    trial.expectRefused("batchSize 0", () -> create(bench.database, time, KEEP, 0));
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
