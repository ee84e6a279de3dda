package workbook.proof.recurring;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.io.Serializable;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringJobs;
import workbook.recurring.RecurringOptions;

/**
 * Right: db-scheduler in another way. Platform threads, no nudge when something is enqueued, a
 * record as data that counts the attempts itself; stop first ends the polling and then counts what
 * runs.
 */
public final class PlatformThreadJobs implements RecurringJobs {

  /** What is kept of a job. */
  private record Kept(String job, String cron, String zone, int attempt) implements Serializable {

    Kept attempt(int number) {
      return new Kept(job, cron, zone, number);
    }

    Instant next(Instant after) {
      return new PatternCron(cron, ZoneId.of(zone)).next(after);
    }
  }

  private final String name;
  private final DataSource database;
  private final Map<String, Work> jobs;
  private final RecurringOptions options;
  private final TimeSource time;
  private final CancellationSource stopping = new CancellationSource();
  private final Map<Thread, String> running = new ConcurrentHashMap<>();
  private final ExecutorService pool = Executors.newFixedThreadPool(8);
  private final Scheduler scheduler;
  private boolean started;
  private @Nullable Thread stopper;

  /**
   * A scheduler that has not been started.
   *
   * @param name its name
   * @param database where the schedule is kept
   * @param jobs the jobs by their names
   * @param options how it behaves
   * @param time the clock
   */
  public PlatformThreadJobs(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time) {
    this.name = Objects.requireNonNull(name, "name");
    this.database = Objects.requireNonNull(database, "database");
    this.jobs = Objects.requireNonNull(jobs, "jobs");
    this.options = Objects.requireNonNull(options, "options");
    this.time = Objects.requireNonNull(time, "time");
    var task =
        Tasks.custom("job", Kept.class)
            .onFailure(this::failed)
            .onDeadExecution((run, row) -> row.reschedule(run, time.now()))
            .execute(
                (instance, _) -> {
                  run(instance);
                  return this::succeeded;
                });
    scheduler =
        Scheduler.create(database, task)
            .clock(time::now)
            .pollingInterval(options.pollInterval())
            .heartbeatInterval(options.lease().dividedBy(5))
            .missedHeartbeatsLimit(5)
            .executorService(pool)
            .shutdownMaxWait(Duration.ofHours(1))
            .build();
  }

  private void run(TaskInstance<Kept> instance) {
    var thread = Thread.currentThread();
    running.put(thread, instance.getData().job());
    try {
      work(instance.getData().job()).run(stopping.token());
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new RuntimeException(e);
    } finally {
      running.remove(thread);
      Thread.interrupted();
    }
  }

  private static Kept kept(ExecutionComplete run) {
    Execution execution = run.getExecution();
    return (Kept) execution.taskInstance.getData();
  }

  private void succeeded(ExecutionComplete run, ExecutionOperations<Kept> row) {
    goOn(run, row, kept(run));
  }

  private void goOn(ExecutionComplete run, ExecutionOperations<Kept> row, Kept kept) {
    if (kept.cron().isEmpty()) {
      row.remove();
    } else {
      var due = run.getExecution().executionTime;
      var last = run.getTimeDone().isBefore(due) ? due : run.getTimeDone();
      row.reschedule(run, kept.next(last), kept.attempt(1));
    }
  }

  private void failed(ExecutionComplete run, ExecutionOperations<Kept> row) {
    var kept = kept(run);
    if (kept.attempt() <= options.retries()) {
      var later = run.getTimeDone().plus(options.retryDelay());
      row.reschedule(run, later, kept.attempt(kept.attempt() + 1));
    } else {
      goOn(run, row, kept);
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (started) {
      throw new IllegalStateException("twice");
    }
    look();
    started = true;
    scheduler.start();
  }

  @Override
  public void enqueue(String job) {
    schedule(job, Duration.ZERO);
  }

  @Override
  public void schedule(String job, Duration delay) {
    work(job);
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay: " + delay);
    }
    var kept = new Kept(job, "", "", 1);
    scheduler.scheduleIfNotExists(
        new TaskInstance<>("job", "once " + UUID.randomUUID(), kept), time.now().plus(delay));
  }

  @Override
  public void addOrUpdate(String id, String job, String cron, ZoneId zone) {
    var kept =
        new Kept(
            job,
            Objects.requireNonNull(cron, "cron"),
            Objects.requireNonNull(zone, "zone").getId(),
            1);
    work(job);
    var next = kept.next(time.now());
    look();
    var instance = new TaskInstance<>("job", key(id).getId(), kept);
    var known = scheduler.getScheduledExecution(instance);
    if (known.isEmpty()) {
      scheduler.scheduleIfNotExists(instance, next);
    } else if (!((Kept) known.get().getData()).attempt(1).equals(kept)) {
      try {
        scheduler.reschedule(instance, next, kept);
      } catch (TaskInstanceCurrentlyExecutingException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Override
  public void trigger(String id) {
    var key = key(id);
    if (scheduler.getScheduledExecution(key).isEmpty()) {
      throw new IllegalArgumentException("id " + id + "?");
    }
    try {
      scheduler.reschedule(key, time.now());
    } catch (TaskInstanceCurrentlyExecutingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean remove(String id) {
    var key = key(id);
    boolean there = scheduler.getScheduledExecution(key).isPresent();
    if (there) {
      try {
        scheduler.cancel(key);
      } catch (TaskInstanceCurrentlyExecutingException e) {
        throw new IllegalStateException(e);
      }
    }
    return there;
  }

  @Override
  public Optional<Instant> nextRun(String id) {
    return scheduler
        .getScheduledExecution(key(id))
        .map(known -> known.getExecutionTime())
        .filter(due -> due.isBefore(Schedule.NEVER));
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    synchronized (this) {
      if (!started) {
        return;
      }
      stopping.cancel();
      if (stopper == null) {
        stopper = Thread.ofPlatform().daemon().start(scheduler::stop);
      }
    }
    if (!deadline.join(stopper)) {
      var late = running.values().toString();
      pool.shutdownNow();
      throw new TimeoutException(name + ": " + late);
    }
  }

  private Work work(String job) {
    return Optional.ofNullable(jobs.get(Objects.requireNonNull(job, "job")))
        .orElseThrow(() -> new IllegalArgumentException(job + " is no job"));
  }

  private static TaskInstanceId key(String id) {
    if (Objects.requireNonNull(id, "id").length() > 100) {
      throw new IllegalArgumentException(id + " has " + id.length() + " characters, of 100");
    }
    return TaskInstanceId.of("job", id);
  }

  private void look() {
    try (var connection = database.getConnection()) {
      connection.prepareStatement("select count(*) from scheduled_tasks").close();
    } catch (SQLException e) {
      throw new IllegalStateException("scheduled_tasks has to be created", e);
    }
  }
}
