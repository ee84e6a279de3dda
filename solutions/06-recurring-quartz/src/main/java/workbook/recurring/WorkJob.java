package workbook.recurring;

import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobExecutionContext;

/** What Quartz runs: it keeps this class's name in the database, so the name must stay. */
@DisallowConcurrentExecution
public final class WorkJob implements Job {

  private final QuartzRecurringJobs jobs;

  WorkJob(QuartzRecurringJobs jobs) {
    this.jobs = jobs;
  }

  @Override
  public void execute(JobExecutionContext context) {
    jobs.run(context);
  }
}
