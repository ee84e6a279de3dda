package workbook.proof.recurring;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
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

  private final String name;
  private final ScheduledTasks table;
  private final Map<String, Work> jobs;
  private final RecurringOptions options;
  private final TimeSource time;
  private final String self;
  private final CancellationSource stopping = new CancellationSource();
  private final CancellationSource ended = new CancellationSource();
  private final Map<Thread, String> running = new ConcurrentHashMap<>();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean started;

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
    this.table = new ScheduledTasks(database);
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
    table.rows("1 = 0");
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
    for (var row :
        table.rows("picked = false and execution_time <= ? order by execution_time", now())) {
      if (!stopping.token().isCancelled() && claim(row)) {
        var thread = Thread.ofVirtual().name(name + " " + row.id()).unstarted(() -> run(row));
        running.put(thread, row.job() + " " + row.id());
        thread.start();
      }
    }
  }

  /**
   * Takes a row for itself; one of those who try succeeds.
   *
   * @param row what is due
   * @return whether it is this scheduler's now
   */
  protected boolean claim(ScheduledTasks.Row row) {
    return table.update(
            "update scheduled_tasks set picked = true, picked_by = ?, last_heartbeat = ?,"
                + " version = version + 1"
                + ScheduledTasks.MINE
                + " and version = ? and picked = false",
            self,
            now(),
            row.kind(),
            row.id(),
            row.version())
        == 1;
  }

  /** Renews the lease of what it runs. */
  protected void keepWhatRuns() {
    if (!running.isEmpty()) {
      table.update(
          "update scheduled_tasks set last_heartbeat = ? where picked = true and picked_by = ?",
          now(),
          self);
    }
  }

  private void renew() {
    keepWhatRuns();
    int left =
        table.update(
            "update scheduled_tasks set picked = false, execution_time = ?, version = version + 1"
                + " where picked = true and last_heartbeat <= ?",
            now(),
            now().minus(options.lease()));
    if (left > 0) {
      log.warn("{} rows were left by a scheduler that is dead", left);
    }
  }

  private void run(ScheduledTasks.Row row) {
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

  private void finish(ScheduledTasks.Row row, boolean succeeded) {
    boolean again = !succeeded && row.failed() < options.retries();
    if (!again && row.cron().isEmpty()) {
      table.update("delete from scheduled_tasks" + ScheduledTasks.MINE, row.kind(), row.id());
      return;
    }
    var present = table.rows("task_name = ? and task_instance = ?", row.kind(), row.id());
    if (present.isEmpty()) {
      return; // removed in the meantime
    }
    var current = present.getFirst();
    var next =
        again
            ? time.now().plus(options.retryDelay())
            : new HandMadeCron(current.cron(), ZoneId.of(current.zone()))
                .next(Collections.max(List.of(time.now(), row.due())));
    table.update(
        "update scheduled_tasks set picked = false, execution_time = case when priority = 1 then ?"
            + " else ? end, priority = 0, consecutive_failures = ?, version = version + 1"
            + ScheduledTasks.MINE,
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
    table.insert("once", UUID.randomUUID().toString(), job, "", "", time.now().plus(delay));
  }

  @Override
  public void addOrUpdate(String id, String job, String cron, ZoneId zone) {
    if (Objects.requireNonNull(id, "id").length() > 100) {
      throw new IllegalArgumentException("too long for an id: " + id);
    }
    job(job);
    var next = new HandMadeCron(cron, zone).next(time.now());
    var known = table.rows("task_name = ? and task_instance = ?", "recurring", id);
    if (known.isEmpty()) {
      table.insert("recurring", id, job, cron, zone.getId(), next);
      return;
    }
    var row = known.getFirst();
    if (!row.job().equals(job) || !row.cron().equals(cron) || !row.zone().equals(zone.getId())) {
      table.update(
          "update scheduled_tasks set task_data = ?, execution_time = ?, version = version + 1"
              + ScheduledTasks.MINE
              + " and picked = false",
          ScheduledTasks.data(job, cron, zone.getId()),
          next.atOffset(ZoneOffset.UTC),
          "recurring",
          id);
      table.update(
          "update scheduled_tasks set task_data = ?" + ScheduledTasks.MINE,
          ScheduledTasks.data(job, cron, zone.getId()),
          "recurring",
          id);
    }
  }

  @Override
  public void trigger(String id) {
    Objects.requireNonNull(id, "id");
    // priority is free here: 1 says that a run is wanted when the present one has ended
    int found =
        table.update(
            "update scheduled_tasks set priority = case when picked then 1 else 0 end,"
                + " execution_time = case when picked then execution_time else ? end"
                + ScheduledTasks.MINE,
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
    return table.update("delete from scheduled_tasks" + ScheduledTasks.MINE, "recurring", id) == 1;
  }

  @Override
  public Optional<Instant> nextRun(String id) {
    Objects.requireNonNull(id, "id");
    return table.nextRun("recurring", id);
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
}
