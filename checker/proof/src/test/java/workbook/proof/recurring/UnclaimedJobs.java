package workbook.proof.recurring;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.recurring.RecurringOptions;

/** Wrong: what is due is claimed in memory, where another process cannot see it. */
public final class UnclaimedJobs extends JdbcRecurringJobs {

  private final Set<String> claimed = ConcurrentHashMap.newKeySet();

  /**
   * A scheduler that has not been started.
   *
   * @param name its name
   * @param database where the schedule is kept
   * @param jobs the jobs by their names
   * @param options how it behaves
   * @param time the clock
   */
  public UnclaimedJobs(
      String name,
      DataSource database,
      Map<String, Work> jobs,
      RecurringOptions options,
      TimeSource time) {
    super(name, database, jobs, options, time);
  }

  @Override
  boolean claim(Row row) {
    return claimed.add(row.kind() + row.id() + row.version());
  }
}
