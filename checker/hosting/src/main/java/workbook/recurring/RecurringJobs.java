package workbook.recurring;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/**
 * Jobs that run now, later, or again and again, and whose schedule is kept in a database: it
 * outlives the process, and several processes share it. Counterpart of {@code BackgroundJob} and
 * {@code RecurringJob} of Hangfire, and of a Quartz.NET scheduler.
 *
 * <p><b>Jobs</b> are code: a scheduler is made with its jobs, each under a name. The database holds
 * names, never code, so every scheduler on the same database is made with the same jobs.
 *
 * <p><b>Order.</b> What is due is run by one of the schedulers that are started on the database,
 * once: a due time is one run, however many schedulers there are, even when their clocks differ or
 * are set back during the run. Due times that passed while none was started are one run together,
 * as soon as one is. The next due time is then the next one on the clock.
 *
 * <p><b>Side by side.</b> One scheduler carries out at least four runs at the same time. Two runs
 * of the same recurring job never overlap, not even in two schedulers: a due time that comes while
 * the job runs is left out, or run when that run has ended.
 *
 * <p><b>Failures.</b> Whatever a job throws is logged as a warning or an error with the throwable
 * attached. The run is retried after {@link RecurringOptions#retryDelay}, at most {@link
 * RecurringOptions#retries} times for each due time; then a recurring job waits for its next due
 * time, and a job that was to run once is forgotten. A job whose next due time cannot be computed
 * is logged as an error, too, and paused: it is not due until it is added again.
 *
 * <p><b>A scheduler that dies</b> in a run, by a kill or a power cut, loses it after its {@link
 * RecurringOptions#lease}: another one repeats it, or the same one after a restart. So a job may
 * run twice for one due time, and must bear it. A live scheduler keeps its run however long it
 * takes.
 *
 * <p><b>Names</b> of jobs, ids, cron texts and zones come back from the database as they were
 * given, whatever characters they have. What cannot be kept, such as an id that is too long for its
 * column, is refused with a message that names it.
 *
 * <p><b>Time.</b> The time source that was passed in says what time it is: no other clock decides
 * what is due, when a retry comes or when a lease is over. Only the pauses between two looks at the
 * database may be measured on another.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, those that change the schedule from
 * before {@link #start} until {@link #stop}. They return when the database has it, and do not wait
 * for a run. Runs are made on threads of the scheduler.
 *
 * <p><b>A job that runs</b> at the moment: {@link #trigger}, {@link #remove} and an {@link
 * #addOrUpdate} that changes something either are refused with an IllegalStateException and change
 * nothing, or take effect when that run has ended.
 *
 * <p><b>Null</b> is refused with a NullPointerException whose message names the argument, an
 * unknown job or id with an IllegalArgumentException whose message names it.
 *
 * <p><b>Without the scheduler's tables</b> in the database, {@code start} and {@code addOrUpdate}
 * throw an IllegalStateException whose message names a table that is missing and how it is created,
 * with the database's exception as its cause.
 */
public interface RecurringJobs extends HostedService {

  /**
   * Runs a job once, as soon as possible.
   *
   * @param job the job's name
   */
  void enqueue(String job);

  /**
   * Runs a job once, later.
   *
   * @param job the job's name
   * @param delay how much later by the clock; zero is now
   * @throws IllegalArgumentException if the delay is negative, or so long that its end cannot be
   *     kept; the message names it
   */
  void schedule(String job, Duration delay);

  /**
   * Runs a job again and again. Under an id that is known already, with the same job, cron text and
   * zone, nothing changes: a due time that has passed and was not run yet is not lost. With other
   * ones they replace what was, and the next due time is the next one of the new text.
   *
   * @param id the recurring job's own name
   * @param job the job's name
   * @param cron when it is due, as {@link DueTimes} says
   * @param zone the zone that the text is meant in
   * @throws IllegalArgumentException if the cron text is wrong; nothing is changed then
   */
  void addOrUpdate(String id, String job, String cron, ZoneId zone);

  /**
   * Runs a recurring job once, as soon as possible. Its due times stay as they are.
   *
   * @param id its id
   */
  void trigger(String id);

  /**
   * Forgets a recurring job.
   *
   * @param id its id
   * @return true if it was there
   */
  boolean remove(String id);

  /**
   * When a recurring job is due next.
   *
   * @param id its id
   * @return the next due time; empty if there is no such job, or if it is paused. While a run is
   *     due, in progress or to be tried again it may be the time of that
   */
  Optional<Instant> nextRun(String id);

  /**
   * Takes no more runs and waits for those in progress. Their token is cancelled at once, so that
   * they may come to an end; a run that returns then counts as done. At the deadline their threads
   * are interrupted; a run that then ends with an exception has failed and is retried later, by any
   * scheduler that is started. Without a start there is nothing to do. Several calls, one after the
   * other or from several threads, all wait for the same end. A stop that meets a {@code start} may
   * count as the earlier of the two; the next stop then ends what was started.
   *
   * @throws java.util.concurrent.TimeoutException if a run had not ended at the deadline; the
   *     message names the scheduler and each job that had not ended, and no other
   */
  @Override
  void stop(Deadline deadline) throws Exception;
}
