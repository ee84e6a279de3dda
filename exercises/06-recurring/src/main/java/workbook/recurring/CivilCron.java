package workbook.recurring;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.CronSchedule;
import java.time.Instant;
import java.time.ZoneId;
import workbook.hosting.NotStarted;

/**
 * The due times of a cron text in a zone, with the parser that comes with db-scheduler.
 *
 * <p>The dialect, wrong texts and changes of the clocks are as {@link DueTimes} says.
 */
public final class CivilCron implements DueTimes {

  /**
   * The due times of a text.
   *
   * @param cron six fields
   * @param zone the zone that they are meant in
   * @throws IllegalArgumentException if the text is wrong
   */
  public CivilCron(String cron, ZoneId zone) {
    // TODO: step 1
    throw new NotStarted("step 1", "the constructor of CivilCron");
  }

  @Override
  public Instant next(Instant after) {
    // TODO: step 1
    throw new NotStarted("step 1", "CivilCron.next");
  }

  // given: what the library says comes next; it wants to know when a run has ended
  private static Instant next(CronSchedule schedule, Instant after) {
    return schedule.getNextExecutionTime(ExecutionComplete.simulatedSuccess(after));
  }
}
