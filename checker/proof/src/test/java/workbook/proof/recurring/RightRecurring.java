package workbook.proof.recurring;

import java.util.List;
import workbook.proof.Broken.Right;

/** Right implementations of module 06, each built in another way. */
public final class RightRecurring {

  /** The table. */
  public static final List<Right> ALL =
      List.of(
          BrokenCivilCrons.CRON.reference(),
          BrokenCivilCrons.CRON.right(HandMadeCron.class),
          BrokenCivilCrons.CRON.right(PatternCron.class),
          BrokenDbRecurringJobs.JOBS.reference(),
          BrokenDbRecurringJobs.JOBS.right(JdbcRecurringJobs.class),
          BrokenDbRecurringJobs.JOBS.right(PlatformThreadJobs.class),
          BrokenDailyCleanups.CLEANUP.reference(),
          BrokenDailyCleanups.CLEANUP.right(SelectingCleanup.class),
          BrokenDailyCleanups.CLEANUP.right(CountingCleanup.class),
          BrokenDailyCleanups.CLEANUP.right(OldestFirstCleanup.class));

  private RightRecurring() {}
}
