package workbook.recurring;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.JobKey;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.SchedulerRepository;
import org.quartz.impl.StdSchedulerFactory;
import org.quartz.utils.ConnectionProvider;
import org.quartz.utils.DBConnectionManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;

/**
 * Recurring jobs over Quartz with its clustered JDBC store.
 *
 * <p>As {@link RecurringJobs} says, with three limits of the library. Its clock is the machine's.
 * It looks at the database whenever it expects something to be due, not at intervals. And a daily
 * time that the clocks are set forward over is left out on that day.
 */
public final class QuartzRecurringJobs implements RecurringJobs {

  private static final Logger log = LoggerFactory.getLogger(QuartzRecurringJobs.class);
  private static final String CLUSTER = "workbook"; // one schedule in a database
  private static final String JOB = "job";
  private static final String CRON = "cron";
  private static final String ZONE = "zone";
  private static final String ATTEMPT = "attempt";

  private final String name;
  private final DataSource database;
  private final Map<String, Work> jobs;
  private final int retries;
  private final Duration retryDelay;
  private final CancellationSource stopping = new CancellationSource();
  private final Map<Thread, String> running = new ConcurrentHashMap<>();
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
   * @param time not used: Quartz knows the machine's clock only
   */
  public QuartzRecurringJobs(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time) {
    this.name = Objects.requireNonNull(name, "name");
    this.database = Objects.requireNonNull(database, "database");
    this.jobs = Map.copyOf(Objects.requireNonNull(jobs, "jobs"));
    this.retries = Objects.requireNonNull(options, "options").retries();
    this.retryDelay = options.retryDelay();
    Objects.requireNonNull(time, "time");
    try {
      this.scheduler = newScheduler(name, database, options.lease());
      scheduler.setJobFactory((_, _) -> new WorkJob(this));
    } catch (SchedulerException e) {
      throw new IllegalStateException("scheduler '" + name + "' cannot be made", e);
    }
  }

  private static synchronized Scheduler newScheduler(
      String name, DataSource database, Duration lease) throws SchedulerException {
    var id = name + "-" + UUID.randomUUID();
    DBConnectionManager.getInstance().addConnectionProvider(id, new Provider(database));
    var store = "org.quartz.jobStore.";
    var properties = new Properties();
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_NAME, CLUSTER);
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_INSTANCE_ID, id);
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_THREAD_NAME, name);
    properties.setProperty(StdSchedulerFactory.PROP_SCHED_MAKE_SCHEDULER_THREAD_DAEMON, "true");
    properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
    properties.setProperty("org.quartz.threadPool.threadCount", "10");
    properties.setProperty("org.quartz.threadPool.makeThreadsDaemons", "true");
    properties.setProperty("org.quartz.threadPool.threadNamePrefix", name);
    properties.setProperty(store + "class", "org.quartz.impl.jdbcjobstore.JobStoreTX");
    properties.setProperty(
        store + "driverDelegateClass", "org.quartz.impl.jdbcjobstore.StdJDBCDelegate");
    properties.setProperty(store + "dataSource", id);
    properties.setProperty(store + "useProperties", "true");
    properties.setProperty(store + "isClustered", "true");
    properties.setProperty(store + "clusterCheckinInterval", String.valueOf(lease.toMillis() / 2));
    var scheduler = new StdSchedulerFactory(properties).getScheduler();
    // It keeps one scheduler under a name in a JVM; those of a cluster share theirs.
    SchedulerRepository.getInstance().remove(CLUSTER);
    return scheduler;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() throws SchedulerException {
    if (started) {
      throw new IllegalStateException("scheduler '" + name + "' was already started");
    }
    requireTables();
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
    if (Objects.requireNonNull(delay, "delay").isNegative()) {
      throw new IllegalArgumentException("delay must not be negative, was " + delay);
    }
    var key = JobKey.jobKey(UUID.randomUUID().toString(), "once");
    var trigger = TriggerBuilder.newTrigger().startAt(in(delay)).build();
    ask(() -> scheduler.scheduleJob(detail(key).usingJobData(JOB, job).build(), trigger));
  }

  @Override
  public void addOrUpdate(String id, String job, String cron, ZoneId zone) {
    var key = keyOf(id);
    requireKnown(job);
    QuartzCron.checked(Objects.requireNonNull(cron, "cron"));
    Objects.requireNonNull(zone, "zone");
    requireTables();
    var detail =
        detail(key)
            .storeDurably()
            .usingJobData(JOB, job)
            .usingJobData(CRON, cron)
            .usingJobData(ZONE, zone.getId())
            .build();
    var known = ask(() -> scheduler.getJobDetail(key));
    if (known != null && known.getJobDataMap().equals(detail.getJobDataMap())) {
      return;
    }
    var trigger =
        TriggerBuilder.newTrigger()
            .withIdentity(triggerOf(id))
            .withSchedule(
                CronScheduleBuilder.cronSchedule(cron)
                    .inTimeZone(TimeZone.getTimeZone(zone))
                    .withMisfireHandlingInstructionFireAndProceed())
            .build();
    ask(
        () -> {
          scheduler.scheduleJob(detail, Set.of(trigger), true);
          return true;
        });
  }

  @Override
  public void trigger(String id) {
    var key = keyOf(id);
    if (!ask(() -> scheduler.checkExists(key))) {
      throw new IllegalArgumentException("there is no recurring job with the id '" + id + "'");
    }
    ask(() -> scheduler.scheduleJob(TriggerBuilder.newTrigger().forJob(key).build()));
  }

  @Override
  public boolean remove(String id) {
    var key = keyOf(id);
    return ask(() -> scheduler.deleteJob(key));
  }

  @Override
  public Optional<Instant> nextRun(String id) {
    Objects.requireNonNull(id, "id");
    return Optional.ofNullable(ask(() -> scheduler.getTrigger(triggerOf(id))))
        .map(trigger -> trigger.getNextFireTime().toInstant());
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    Thread end;
    synchronized (this) {
      if (!started) {
        return;
      }
      if (ending == null) {
        ending = Thread.ofVirtual().name(name + "-stop").start(this::shutDown);
      }
      end = ending;
    }
    stopping.cancel();
    if (!deadline.join(end)) {
      var interrupted = new TreeSet<>(running.values());
      running.keySet().forEach(Thread::interrupt);
      throw new TimeoutException(
          "scheduler '" + name + "' stopped at its deadline and interrupted " + interrupted);
    }
  }

  private void shutDown() {
    try {
      scheduler.shutdown(true);
    } catch (SchedulerException e) {
      log.error("scheduler '{}' did not stop cleanly", name, e);
    }
  }

  /** A run, on a thread of the library. */
  void run(JobExecutionContext context) {
    var shownAs = context.getJobDetail().getKey().getName();
    var job = context.getJobDetail().getJobDataMap().getString(JOB);
    running.put(Thread.currentThread(), shownAs);
    try {
      requireKnown(job).run(stopping.token());
    } catch (Throwable e) {
      log.error("job '{}' failed", job, e);
      tryAgain(context);
    } finally {
      running.remove(Thread.currentThread());
      Thread.interrupted();
    }
  }

  /** Quartz has no retries: a trigger of its own makes one, and counts. */
  private void tryAgain(JobExecutionContext context) {
    Thread.interrupted(); // what is written next must not be interrupted
    var data = context.getTrigger().getJobDataMap();
    int attempt = data.containsKey(ATTEMPT) ? Integer.parseInt(data.getString(ATTEMPT)) : 1;
    if (attempt > retries) {
      log.error("{} was tried {} times in vain", context.getJobDetail().getKey(), attempt);
      return;
    }
    var retry =
        TriggerBuilder.newTrigger()
            .forJob(context.getJobDetail())
            .usingJobData(ATTEMPT, String.valueOf(attempt + 1))
            .startAt(in(retryDelay))
            .build();
    ask(() -> scheduler.scheduleJob(retry));
  }

  private static JobBuilder detail(JobKey key) {
    return JobBuilder.newJob(WorkJob.class).withIdentity(key).requestRecovery();
  }

  private static Date in(Duration delay) {
    return Date.from(Instant.now().plus(delay));
  }

  private static JobKey keyOf(String id) {
    return JobKey.jobKey(Objects.requireNonNull(id, "id"), "recurring");
  }

  private static TriggerKey triggerOf(String id) {
    return TriggerKey.triggerKey(id, "recurring");
  }

  private Work requireKnown(String job) {
    var work = jobs.get(Objects.requireNonNull(job, "job"));
    if (work == null) {
      throw new IllegalArgumentException(
          "there is no job '" + job + "', only " + new TreeSet<>(jobs.keySet()));
    }
    return work;
  }

  private void requireTables() {
    try (var connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.executeQuery("select 1 from " + QuartzTables.ONE + " where 1 = 0").close();
    } catch (SQLException e) {
      throw new IllegalStateException(
          "the table "
              + QuartzTables.ONE
              + " cannot be read: create it with QuartzTables.create, or check the database",
          e);
    }
  }

  private interface Question<T extends @Nullable Object> {
    T ask() throws SchedulerException;
  }

  private <T extends @Nullable Object> T ask(Question<T> question) {
    try {
      return question.ask();
    } catch (SchedulerException e) {
      throw new IllegalStateException("scheduler '" + name + "': " + e.getMessage(), e);
    }
  }

  /** Quartz asks for connections by the name of a provider. */
  private record Provider(DataSource database) implements ConnectionProvider {

    @Override
    public Connection getConnection() throws SQLException {
      return database.getConnection();
    }

    @Override
    public void shutdown() {
      // the data source is whoever made it's
    }

    @Override
    public void initialize() {
      // there is nothing to do
    }
  }
}
