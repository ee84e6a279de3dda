package workbook.recurring;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;

/**
 * Recurring jobs over db-scheduler: one row in one table for each job that is to run.
 *
 * <p>Order, failures, time, threads and stop are as {@link RecurringJobs} says.
 */
public final class DbRecurringJobs implements RecurringJobs {

  private static final Logger log = LoggerFactory.getLogger(DbRecurringJobs.class);
  private static final Duration NO_LIMIT = Duration.ofDays(1); // stop has a deadline of its own
  private static final Duration LONGEST_DELAY = Duration.ofDays(36_500);
  private static final int HEARTBEATS_IN_A_LEASE = 4; // the fewest that the library takes

  // The library's own stop ends everything in the right order, but waits as long as it was told
  // when it was made. So it is called on a thread of its own, and stop joins that thread.
  private final String name;
  private final DataSource database;
  private final Map<String, Work> jobs;
  private final long attempts;
  private final Duration retryDelay;
  private final TimeSource time;
  private final CancellationSource stopping = new CancellationSource();
  private final Map<Thread, String> running = new ConcurrentHashMap<>();
  private final ExecutorService workers;
  private final CustomTask<String> once;
  private final CustomTask<String> recurring;
  private final Scheduler scheduler;
  private boolean started; // these two guarded by this
  private @Nullable Thread ending;

  /**
   * A scheduler that has not been started.
   *
   * @param name its name, also of its threads
   * @param database where the schedule is kept
   * @param jobs the jobs by their names
   * @param options how it behaves
   * @param time the clock
   */
  public DbRecurringJobs(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time) {
    this.name = Objects.requireNonNull(name, "name");
    this.database = Objects.requireNonNull(database, "database");
    this.jobs = Map.copyOf(Objects.requireNonNull(jobs, "jobs"));
    this.attempts = 1L + Objects.requireNonNull(options, "options").retries();
    this.retryDelay = options.retryDelay();
    this.time = Objects.requireNonNull(time, "time");
    this.workers =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
    this.once =
        Tasks.custom("once", String.class)
            .onFailure((run, row) -> failed(run, row, new CompletionHandler.OnCompleteRemove<>()))
            .onDeadExecution(this::takeOver)
            .execute((instance, _) -> runOnce(instance.getData()));
    this.recurring =
        Tasks.custom("recurring", String.class)
            .onFailure((run, row) -> failed(run, row, this::waitForNextDueTime))
            .onDeadExecution(this::takeOver)
            .execute((instance, _) -> runRecurring(instance.getId(), instance.getData()));
    this.scheduler =
        Scheduler.create(database, once, recurring)
            .clock(time::now)
            .schedulerName(new SchedulerName.Fixed(name))
            .jdbcCustomization(new DefaultJdbcCustomization(false))
            .pollingInterval(options.pollInterval())
            .enableImmediateExecution()
            .heartbeatInterval(options.lease().dividedBy(HEARTBEATS_IN_A_LEASE))
            .missedHeartbeatsLimit(HEARTBEATS_IN_A_LEASE)
            .executorService(workers)
            .shutdownMaxWait(NO_LIMIT)
            .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (started) {
      throw new IllegalStateException("scheduler '" + name + "' was already started");
    }
    requireTable();
    started = true;
    scheduler.start();
  }

  @Override
  public void enqueue(String job) {
    schedule(job, Duration.ZERO);
  }

  @Override
  public void schedule(String job, Duration delay) {
    requireKnown(job);
    if (Objects.requireNonNull(delay, "delay").isNegative() || delay.compareTo(LONGEST_DELAY) > 0) {
      throw new IllegalArgumentException("delay must be 0 to 100 years, was " + delay);
    }
    scheduler.scheduleIfNotExists(
        once.instance(UUID.randomUUID().toString(), job), time.now().plus(delay));
  }

  @Override
  public void addOrUpdate(String id, String job, String cron, ZoneId zone) {
    requireStorable(id);
    requireKnown(job);
    var next = new CivilCron(cron, zone).next(time.now());
    requireTable();
    var instance = recurring.instance(id, new Kept(job, cron, zone.getId()).asText());
    if (scheduler.scheduleIfNotExists(instance, next)) {
      return;
    }
    var known = scheduler.getScheduledExecution(instance).filter(row -> !isPaused(row));
    if (known.isPresent() && known.get().getData().equals(instance.getData())) {
      return; // as at every start: its due time is its own, even one that was missed
    }
    try {
      scheduler.reschedule(instance, next, instance.getData());
    } catch (TaskInstanceCurrentlyExecutingException e) {
      throw running(id, e);
    }
  }

  @Override
  public void trigger(String id) {
    try {
      scheduler.reschedule(idOf(id), time.now());
    } catch (TaskInstanceNotFoundException e) {
      throw new IllegalArgumentException("there is no recurring job with the id '" + id + "'", e);
    } catch (TaskInstanceCurrentlyExecutingException e) {
      throw running(id, e);
    }
  }

  @Override
  public boolean remove(String id) {
    try {
      scheduler.cancel(idOf(id));
      return true;
    } catch (TaskInstanceNotFoundException e) {
      return false;
    } catch (TaskInstanceCurrentlyExecutingException e) {
      throw running(id, e);
    }
  }

  @Override
  public Optional<Instant> nextRun(String id) {
    return scheduler
        .getScheduledExecution(idOf(id))
        .filter(known -> !isPaused(known))
        .map(known -> known.getExecutionTime());
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    Thread end;
    synchronized (this) {
      if (!started) {
        return;
      }
      if (ending == null) {
        ending = Thread.ofVirtual().name(name + "-stop").start(scheduler::stop);
      }
      end = ending;
    }
    stopping.cancel();
    if (!deadline.join(end)) {
      var interrupted = new TreeSet<>(running.values());
      workers.shutdownNow();
      throw new TimeoutException(
          "scheduler '" + name + "' stopped at its deadline and interrupted " + interrupted);
    }
  }

  // what a run is

  private CompletionHandler<String> runOnce(String job) {
    run(job, job);
    return new CompletionHandler.OnCompleteRemove<>();
  }

  private CompletionHandler<String> runRecurring(String id, String data) {
    run(id, Kept.of(data).job());
    return this::waitForNextDueTime;
  }

  private void run(String shownAs, String job) {
    running.put(Thread.currentThread(), shownAs);
    try {
      requireKnown(job).run(stopping.token());
    } catch (Exception e) {
      throw new IllegalStateException("job '" + shownAs + "' failed", e);
    } finally {
      running.remove(Thread.currentThread());
      Thread.interrupted(); // what the library writes next must not be interrupted
    }
  }

  private void waitForNextDueTime(ExecutionComplete run, ExecutionOperations<String> row) {
    var due = run.getExecution().executionTime;
    var done = run.getTimeDone();
    row.reschedule(run, next(run, due.isAfter(done) ? due : done)); // a clock may go back
  }

  private static Instant next(ExecutionComplete run, Instant after) {
    var instance = run.getExecution().taskInstance;
    try {
      return Kept.of((String) instance.getData()).next(after);
    } catch (RuntimeException e) {
      // A row that stayed claimed would be taken for that of a dead scheduler, and run again.
      log.error("{} is paused until it is added again: no due time", instance.getId(), e);
      return Schedule.NEVER;
    }
  }

  private static boolean isPaused(ScheduledExecution<?> row) {
    return !row.getExecutionTime().isBefore(Schedule.NEVER);
  }

  private void failed(
      ExecutionComplete run, ExecutionOperations<String> row, CompletionHandler<String> givenUp) {
    // The library counts failures until a run succeeds, over all due times.
    int failures = run.getExecution().consecutiveFailures + 1;
    if (failures % attempts != 0) {
      row.reschedule(run, run.getTimeDone().plus(retryDelay));
    } else {
      log.error("{} was tried {} times in vain", run.getExecution().taskInstance.getId(), attempts);
      givenUp.complete(run, row);
    }
  }

  private void takeOver(ExecutionComplete run, ExecutionOperations<String> row) {
    // The library's own handler asks the machine's clock.
    log.warn("{}: its scheduler is dead, it runs again", run.getExecution().taskInstance.getId());
    row.reschedule(run, time.now());
  }

  // checks

  private Work requireKnown(String job) {
    var work = jobs.get(Objects.requireNonNull(job, "job"));
    if (work == null) {
      throw new IllegalArgumentException(
          "no job '" + job + "', only " + new TreeSet<>(jobs.keySet()));
    }
    return work;
  }

  private static void requireStorable(String id) {
    if (Objects.requireNonNull(id, "id").length() > 100 || id.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "id must have at most 100 characters, none of them NUL, was '" + id + "'");
    }
  }

  private TaskInstanceId idOf(String id) {
    return TaskInstanceId.of(recurring.getName(), Objects.requireNonNull(id, "id"));
  }

  private static IllegalStateException running(String id, RuntimeException cause) {
    return new IllegalStateException("'" + id + "' is running: try again when it has ended", cause);
  }

  private void requireTable() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeQuery("select 1 from " + SchedulerTable.NAME + " where 1 = 0").close();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the table "
              + SchedulerTable.NAME
              + " cannot be read: create it with SchedulerTable.create, or check the database",
          e);
    }
  }

  /** What is in the row of a recurring job besides its due time: a line each. */
  private record Kept(String job, String cron, String zone) {

    static Kept of(String text) {
      var lines = text.lines().map(String::translateEscapes).toList();
      return new Kept(lines.get(0), lines.get(1), lines.get(2));
    }

    String asText() {
      return Stream.of(job, cron, zone)
          .map(line -> line.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"))
          .collect(Collectors.joining("\n"));
    }

    Instant next(Instant after) {
      return new CivilCron(cron, ZoneId.of(zone)).next(after);
    }
  }
}
