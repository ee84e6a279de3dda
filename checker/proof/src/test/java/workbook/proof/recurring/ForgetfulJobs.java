package workbook.proof.recurring;

import java.util.Map;
import javax.sql.DataSource;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringOptions;

/** Wrong: a lease is taken and never renewed. */
public final class ForgetfulJobs extends JdbcRecurringJobs {

  /**
   * A scheduler that has not been started.
   *
   * @param name its name
   * @param database where the schedule is kept
   * @param jobs the jobs by their names
   * @param options how it behaves
   * @param time the clock
   */
  public ForgetfulJobs(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time) {
    super(name, database, jobs, options, time);
  }

  @Override
  void keepWhatRuns() {
    // the lease runs out
  }
}
