package workbook.proof.recurring;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;

/**
 * Right: no library, but statements by hand. One thread looks for what is due and claims it, one
 * renews the lease and looks for what was left by the dead; both wait on the time source. What is
 * running may be triggered and updated: that takes effect when the run has ended.
 */
public class JdbcRecurringJobs implements RecurringJobs {

  private static final Logger log = LoggerFactory.getLogger(JdbcRecurringJobs.class);
  private static final String MINE = " where task_name = ? and task_instance = ?";

  private final String name;
  private final DataSource database;
  private final Map<String, Work> jobs;
  private final RecurringOptions options;
  private final TimeSource time;
  private final String self;
  private final CancellationSource stopping = new CancellationSource();
  private final CancellationSource ended = new CancellationSource();
  private final Map<Thread, String> running = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean started;

  /** A row. */
  record Row(
      String kind, String id, String job, String cron, String zone, long version, int failed) {}

  /**
   * A scheduler that has not been started.
   *
   * @param name its name
   * @param database where the schedule is kept
   * @param jobs the jobs by their names
   * @param options how it behaves
   * @param time the clock
   */
  public JdbcRecurringJobs(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time) {
    this.name = Objects.requireNonNull(name, "name");
    this.database = Objects.requireNonNull(database, "database");
    this.jobs = Map.copyOf(Objects.requireNonNull(jobs, "jobs"));
    this.options = Objects.requireNonNull(options, "options");
    this.time = Objects.requireNonNull(time, "time");
    this.self = UUID.randomUUID().toString();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (started) {
      throw new IllegalStateException(name + " runs already");
    }
    rows("1 = 0");
    started = true;
    loop("poll", options.pollInterval(), stopping, this::poll);
    loop("lease", options.lease().dividedBy(4), ended, this::renew);
  }

  private void loop(String what, Duration pause, CancellationSource until, Runnable step) {
    threads.add(
        Thread.ofVirtual()
            .name(name + " " + what)
            .start(
                () -> {
                  try {
                    do {
                      try {
                        step.run();
                      } catch (RuntimeException e) {
                        log.error("{} goes on", name, e);
                      }
                    } while (time.sleep(pause, until.token()));
                  } catch (InterruptedException e) {
                    log.error("nobody interrupts this thread", e);
                  }
                }));
  }

  private void poll() {
    for (var row : rows("picked = false and execution_time <= ? order by execution_time", now())) {
      if (!stopping.token().isCancelled() && claim(row)) {
        var thread = Thread.ofVirtual().name(name + " " + row.id()).unstarted(() -> run(row));
        running.put(thread, row.job() + " " + row.id());
        thread.start();
      }
    }
  }

  /** Takes a row for itself; one of those who try succeeds. */
  boolean claim(Row row) {
    return update(
            "update scheduled_tasks set picked = true, picked_by = ?, last_heartbeat = ?,"
                + " version = version + 1"
                + MINE
                + " and version = ? and picked = false",
            self,
            now(),
            row.kind(),
            row.id(),
            row.version())
        == 1;
  }

  /** Renews the lease of what it runs. */
  void keepWhatRuns() {
    if (!running.isEmpty()) {
      update(
          "update scheduled_tasks set last_heartbeat = ? where picked = true and picked_by = ?",
          now(),
          self);
    }
  }

  private void renew() {
    keepWhatRuns();
    int left =
        update(
            "update scheduled_tasks set picked = false, execution_time = ?, version = version + 1"
                + " where picked = true and last_heartbeat <= ?",
            now(),
            now().minus(options.lease()));
    if (left > 0) {
      log.warn("{} rows were left by a scheduler that is dead", left);
    }
  }

  private void run(Row row) {
    boolean succeeded = false;
    try {
      job(row.job()).run(stopping.token());
      succeeded = true;
    } catch (Throwable e) {
      log.warn("{} failed", row.id(), e);
    } finally {
      Thread.interrupted();
      try {
        finish(row, succeeded);
      } catch (RuntimeException e) {
        log.error("{} has ended, and nobody knows", row.id(), e);
      }
      running.remove(Thread.currentThread());
    }
  }

  private void finish(Row row, boolean succeeded) {
    boolean again = !succeeded && row.failed() < options.retries();
    if (!again && row.cron().isEmpty()) {
      update("delete from scheduled_tasks" + MINE, row.kind(), row.id());
      return;
    }
    var present = rows("task_name = ? and task_instance = ?", row.kind(), row.id());
    if (present.isEmpty()) {
      return; // removed in the meantime
    }
    var current = present.getFirst();
    var next =
        again
            ? time.now().plus(options.retryDelay())
            : new HandMadeCron(current.cron(), ZoneId.of(current.zone())).next(time.now());
    update(
        "update scheduled_tasks set picked = false, execution_time = case when priority = 1 then ?"
            + " else ? end, priority = 0, consecutive_failures = ?, version = version + 1"
            + MINE,
        now(),
        next.atOffset(ZoneOffset.UTC),
        again ? row.failed() + 1 : 0,
        row.kind(),
        row.id());
  }

  @Override
  public void enqueue(String job) {
    schedule(job, Duration.ZERO);
  }

  @Override
  public void schedule(String job, Duration delay) {
    job(job);
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay " + delay + " is negative");
    }
    insert("once", UUID.randomUUID().toString(), job, "", "", time.now().plus(delay));
  }

  @Override
  public void addOrUpdate(String id, String job, String cron, ZoneId zone) {
    Objects.requireNonNull(id, "id");
    job(job);
    var next = new HandMadeCron(cron, zone).next(time.now());
    var known = rows("task_name = ? and task_instance = ?", "recurring", id);
    if (known.isEmpty()) {
      insert("recurring", id, job, cron, zone.getId(), next);
      return;
    }
    var row = known.getFirst();
    if (!row.job().equals(job) || !row.cron().equals(cron) || !row.zone().equals(zone.getId())) {
      update(
          "update scheduled_tasks set task_data = ?, execution_time = ?, version = version + 1"
              + MINE
              + " and picked = false",
          data(job, cron, zone.getId()),
          next.atOffset(ZoneOffset.UTC),
          "recurring",
          id);
      update(
          "update scheduled_tasks set task_data = ?" + MINE,
          data(job, cron, zone.getId()),
          "recurring",
          id);
    }
  }

  @Override
  public void trigger(String id) {
    Objects.requireNonNull(id, "id");
    // priority is free here: 1 says that a run is wanted when the present one has ended
    int found =
        update(
            "update scheduled_tasks set priority = case when picked then 1 else 0 end,"
                + " execution_time = case when picked then execution_time else ? end"
                + MINE,
            now(),
            "recurring",
            id);
    if (found == 0) {
      throw new IllegalArgumentException("no job has the id " + id);
    }
  }

  @Override
  public boolean remove(String id) {
    Objects.requireNonNull(id, "id");
    return update("delete from scheduled_tasks" + MINE, "recurring", id) == 1;
  }

  @Override
  public Optional<Instant> nextRun(String id) {
    Objects.requireNonNull(id, "id");
    return query(
            "select execution_time from scheduled_tasks" + MINE,
            row -> row.getObject(1, OffsetDateTime.class).toInstant(),
            "recurring",
            id)
        .stream()
        .findFirst();
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    if (!started) {
      return;
    }
    stopping.cancel();
    for (var thread : threads) {
      if (thread.getName().endsWith(" poll")) {
        deadline.join(thread);
      }
    }
    for (var run : List.copyOf(running.keySet())) {
      if (!deadline.join(run)) {
        var late = List.copyOf(running.values());
        for (var interrupted : List.copyOf(running.keySet())) {
          interrupted.interrupt();
          TimeSource.system().join(interrupted, Duration.ofSeconds(1)); // to see it written down
        }
        ended.cancel();
        throw new TimeoutException(name + " was too late with " + late);
      }
    }
    ended.cancel();
    for (var thread : threads) {
      deadline.join(thread);
    }
  }

  private Work job(String job) {
    var work = jobs.get(Objects.requireNonNull(job, "job"));
    if (work == null) {
      throw new IllegalArgumentException("unknown job " + job);
    }
    return work;
  }

  private OffsetDateTime now() {
    return time.now().atOffset(ZoneOffset.UTC);
  }

  // statements

  private void insert(String kind, String id, String job, String cron, String zone, Instant at) {
    update(
        "insert into scheduled_tasks (task_name, task_instance, task_data, execution_time, picked,"
            + " version, consecutive_failures, priority) values (?, ?, ?, ?, false, 1, 0, 0)",
        kind,
        id,
        data(job, cron, zone),
        at.atOffset(ZoneOffset.UTC));
  }

  private static byte[] data(String... parts) {
    return String.join("|", parts).getBytes(UTF_8);
  }

  private List<Row> rows(String where, Object... arguments) {
    return query(
        "select task_name, task_instance, task_data, version, consecutive_failures from"
            + " scheduled_tasks where "
            + where,
        row -> {
          var parts = new String(row.getBytes(3), UTF_8).split("\\|", -1);
          return new Row(
              row.getString(1),
              row.getString(2),
              parts[0],
              parts[1],
              parts[2],
              row.getLong(4),
              row.getInt(5));
        },
        arguments);
  }

  private interface Reader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> List<T> query(String sql, Reader<T> reader, Object... arguments) {
    try (var connection = database.getConnection();
        var statement = prepared(connection, sql, arguments);
        var result = statement.executeQuery()) {
      var all = new ArrayList<T>();
      while (result.next()) {
        all.add(reader.read(result));
      }
      return all;
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private int update(String sql, Object... arguments) {
    try (var connection = database.getConnection();
        var statement = prepared(connection, sql, arguments)) {
      return statement.executeUpdate();
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static PreparedStatement prepared(Connection connection, String sql, Object... arguments)
      throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int n = 0; n < arguments.length; n++) {
      statement.setObject(n + 1, arguments[n]);
    }
    return statement;
  }

  private static IllegalStateException failed(SQLException e) {
    return new IllegalStateException("run the create script of scheduled_tasks first", e);
  }
}
