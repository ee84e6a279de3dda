package workbook.contracts.recurring;

import static workbook.contracts.recurring.SchedulerBench.BERLIN;

import java.sql.SQLException;
import java.util.List;
import org.mockito.ArgumentCaptor;
import org.mockito.Mockito;
import workbook.checker.Trial;
import workbook.recurring.CleanupJob;
import workbook.recurring.RecurringJobs;

/** What a cleanup adds to the recurring jobs. */
final class Registration {

  private Registration() {}

  static void register(Trial trial, DailyCleanupContract page) throws SQLException {
    trial.setUp("register with Europe/Berlin, twice");
    var bench = new AuditBench(trial, page);
    var jobs = Mockito.mock(RecurringJobs.class);
    bench.cleanup.register(jobs, BERLIN);
    bench.cleanup.register(jobs, BERLIN);
    var cron = ArgumentCaptor.forClass(String.class);
    try {
      Mockito.verify(jobs, Mockito.times(2))
          .addOrUpdate(
              Mockito.eq(CleanupJob.ID),
              Mockito.eq(CleanupJob.NAME),
              cron.capture(),
              Mockito.eq(BERLIN));
    } catch (AssertionError e) {
      throw trial.broken(
          "each time addOrUpdate(\"%s\", \"%s\", a cron text, %s) is called"
              .formatted(CleanupJob.ID, CleanupJob.NAME, BERLIN),
          "called: " + Trial.describe(calls(jobs)));
    }
    for (var text : cron.getAllValues()) {
      trial.expectThat(
          "the cron text means daily at 02:30, such as '0 30 2 ? * *'",
          CronFields.isDailyAt(text, 2, 30),
          "it is '" + text + "'");
    }
    trial.expect("nothing else is called", calls(jobs).size(), 2);
  }

  private static List<String> calls(RecurringJobs jobs) {
    return Mockito.mockingDetails(jobs).getInvocations().stream()
        .map(call -> call.getMethod().getName() + List.of(call.getArguments()))
        .toList();
  }
}
