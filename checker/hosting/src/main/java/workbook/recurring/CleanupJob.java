package workbook.recurring;

import java.time.ZoneId;
import workbook.hosting.CancellationToken;
import workbook.hosting.Work;

/**
 * A job that deletes from the audit log what is older than it is kept.
 *
 * <p><b>Again and again.</b> A run does no harm however often it is repeated: with nothing new to
 * delete it deletes nothing, and what a run that broke off has left is deleted by the next.
 *
 * <p><b>Batches.</b> At most as many rows as asked are deleted at a time, each batch in a
 * transaction of its own. Between two batches the run looks at its token; when that is cancelled it
 * returns early, as if all were done. The order of the rows is up to it.
 *
 * <p><b>Failures</b> of the database are thrown on: a scheduler then tries again.
 *
 * <p><b>Connections</b> are given back at the end of a run, also of a failed one.
 */
public interface CleanupJob extends Work {

  /** The job's name. */
  String NAME = "cleanup";

  /** The id under which it recurs. */
  String ID = "daily-cleanup";

  /**
   * Has it run daily at 02:30. To be called at each start of the application.
   *
   * @param jobs where it recurs, made with this job under its {@link #NAME}
   * @param zone the zone in which it is 02:30
   */
  void register(RecurringJobs jobs, ZoneId zone);

  /**
   * Deletes every row that is older than the cutoff, which is now minus the time that rows are
   * kept; a row exactly at the cutoff stays. Logs how many it has deleted, also when it ends early.
   *
   * @param stop cancelled when the run should end early
   */
  @Override
  void run(CancellationToken stop) throws Exception;
}
