package workbook.contracts.recurring;

import static java.time.ZoneOffset.UTC;
import static workbook.contracts.recurring.SchedulerBench.AT_THREE;
import static workbook.contracts.recurring.SchedulerBench.NIGHTLY;
import static workbook.contracts.recurring.SchedulerBench.REPORT;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Trial;
import workbook.recurring.RecurringJobs;

/** What a scheduler refuses. */
final class Refusals {

  private Refusals() {}

  static void wrongText(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a job daily at 03:00 UTC; wrong texts for it and for a new one");
    var bench = new SchedulerBench(trial, page);
    var jobs = bench.make("a");
    jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC);
    var due = jobs.nextRun(NIGHTLY);
    refused(trial, jobs, "0 61 3 ? * *", "position 3");
    refused(trial, jobs, "30 2 * * *", "position 11");
    refused(trial, jobs, "-", "position ");
    trial.expect("nothing is registered", jobs.nextRun("new"), Optional.empty());
    trial.expect("the known one is due as before", jobs.nextRun(NIGHTLY), due);
  }

  private static void refused(Trial trial, RecurringJobs jobs, String cron, String position) {
    for (var id : new String[] {"new", NIGHTLY}) {
      trial.expectRefused(
          "the cron text '" + cron + "'",
          () -> jobs.addOrUpdate(id, REPORT, cron, UTC),
          cron,
          position);
    }
  }

  static void refusals(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("an unknown job, an unknown id, a negative delay, null");
    var bench = new SchedulerBench(trial, page);
    var jobs = bench.make("a");
    refusedUnknown(trial, "an unknown job", () -> jobs.enqueue("rapport"), "rapport");
    refusedUnknown(
        trial, "an unknown job", () -> jobs.schedule("rapport", Duration.ofHours(1)), "rapport");
    refusedUnknown(
        trial,
        "an unknown job",
        () -> jobs.addOrUpdate(NIGHTLY, "rapport", AT_THREE, UTC),
        "rapport");
    trial.lookAt("trigger");
    refusedUnknown(trial, "an unknown id", () -> jobs.trigger("nihgtly"), "nihgtly");
    trial.lookAt();
    refusedUnknown(
        trial, "a negative delay", () -> jobs.schedule(REPORT, Duration.ofSeconds(-1)), "delay");
    trial.expectRefused("null", () -> jobs.enqueue(Trial.noValue()), "job");
    trial.expectRefused("null", () -> jobs.schedule(REPORT, Trial.noValue()), "delay");
    trial.expectRefused(
        "null", () -> jobs.addOrUpdate(Trial.noValue(), REPORT, AT_THREE, UTC), "id");
    trial.expectRefused(
        "null", () -> jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, Trial.noValue()), "zone");
    trial.expectRefused(
        "null", () -> jobs.addOrUpdate(NIGHTLY, Trial.noValue(), AT_THREE, UTC), "job");
    trial.expectRefused(
        "null", () -> jobs.addOrUpdate(NIGHTLY, REPORT, Trial.noValue(), UTC), "cron");
    trial.expectRefused("null", () -> jobs.nextRun(Trial.noValue()), "id");
    trial.expectRefused("null", () -> jobs.trigger(Trial.noValue()), "id");
    trial.expectRefused("null", () -> jobs.remove(Trial.noValue()), "id");
    for (var argument : new String[] {"name", "database", "jobs", "options", "time"}) {
      trial.expectRefused("null as " + argument, () -> withNull(page, bench, argument), argument);
    }
    trial.expect("nothing is registered", jobs.nextRun(NIGHTLY), Optional.empty());
  }

  private static void refusedUnknown(
      Trial trial, String call, Executable executable, String which) {
    try {
      executable.execute();
    } catch (IllegalStateException e) {
      throw trial.broken(
          call + " is refused with an IllegalArgumentException", Trial.describe(e) + " was thrown");
    } catch (Throwable e) {
      // looked at below
    }
    trial.expectRefused(call, executable, which);
  }

  private static void withNull(RecurringJobsContract page, SchedulerBench bench, String argument) {
    page.create(
        argument.equals("name") ? Trial.noValue() : "a",
        argument.equals("database") ? Trial.noValue() : bench.database,
        argument.equals("jobs") ? Trial.noValue() : Map.of(),
        argument.equals("options") ? Trial.noValue() : bench.options(),
        argument.equals("time") ? Trial.noValue() : bench.clock);
  }

  static void noTables(Trial trial, RecurringJobsContract page) throws SQLException {
    trial.setUp("a database without tables; addOrUpdate, then start");
    var full = new SchedulerBench(trial, page);
    var bench = new SchedulerBench(trial, page, false);
    var jobs = bench.make("a");
    trial.watchThreads();
    expectNoTables(
        trial, full, "addOrUpdate", () -> jobs.addOrUpdate(NIGHTLY, REPORT, AT_THREE, UTC));
    trial.lookAt("start");
    expectNoTables(trial, full, "start", jobs::start);
    trial.expectNoNewThread("the start that failed leaves no thread behind");
  }

  private static void expectNoTables(
      Trial trial, SchedulerBench full, String call, Executable executable) throws SQLException {
    var expected =
        call
            + " throws an IllegalStateException that names a missing table and says how to create"
            + " it, with the database's exception as its cause";
    try {
      executable.execute();
    } catch (IllegalStateException e) {
      var message = String.valueOf(e.getMessage()).toUpperCase(Locale.ROOT);
      boolean named =
          Tables.names(full.database).stream()
              .anyMatch(table -> message.contains(table.toUpperCase(Locale.ROOT)));
      if (!named || !message.contains("CREATE") || e.getCause() == null) {
        var cause = e.getCause() == null ? "none" : "attached";
        throw trial.broken(expected, Trial.describe(e) + ", cause: " + cause, e.getStackTrace());
      }
      return;
    } catch (Throwable e) {
      throw trial.broken(expected, Trial.describe(e) + " was thrown", e.getStackTrace());
    }
    throw trial.broken(expected, "nothing was thrown");
  }
}
