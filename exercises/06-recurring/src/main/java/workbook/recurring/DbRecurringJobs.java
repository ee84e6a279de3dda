package workbook.recurring;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.sql.DataSource;
import workbook.hosting.Deadline;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;

/**
 * Recurring jobs over db-scheduler: one row in one table for each job that is to run.
 *
 * <p>Order, failures, time, threads and stop are as {@link RecurringJobs} says.
 */
public final class DbRecurringJobs implements RecurringJobs {

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
    // TODO: step 2
    throw new NotStarted("step 2", "the constructor of DbRecurringJobs");
  }

  @Override
  public String name() {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.name");
  }

  @Override
  public void start() {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.start");
  }

  @Override
  public void enqueue(String job) {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.enqueue");
  }

  @Override
  public void schedule(String job, Duration delay) {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.schedule");
  }

  @Override
  public void addOrUpdate(String id, String job, String cron, ZoneId zone) {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.addOrUpdate");
  }

  @Override
  public void trigger(String id) {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.trigger");
  }

  @Override
  public boolean remove(String id) {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.remove");
  }

  @Override
  public Optional<Instant> nextRun(String id) {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.nextRun");
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    // TODO: step 2
    throw new NotStarted("step 2", "DbRecurringJobs.stop");
  }
}
