package workbook.proof.recurring;

import java.util.List;
import java.util.stream.Stream;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Table;

/** Recurring jobs that are wrong: in what they are asked, and in what they make of due times. */
public final class BrokenDbRecurringJobs {

  static final Table JOBS = new Table(WorkbookModule.RECURRING, "DbRecurringJobs");

  private static final String DELAYED = "time.now().plus(delay)";
  private static final String NEXT = "var next = new CivilCron(cron, zone).next(time.now());";
  private static final String SAME =
      "if (known.isPresent() && known.get().getData().equals(instance.getData())) {";
  private static final String RESCHEDULE =
      "scheduler.reschedule(instance, next, instance.getData());";
  private static final String REMOVED = "scheduler.cancel(idOf(id));";
  private static final String TRIGGERED = "scheduler.reschedule(idOf(id), time.now());";
  private static final String FROM = "schedule.next(due.isAfter(done) ? due : done)";
  private static final String REQUIRE = "    requireTable();\n    started = true;";
  private static final String START = "    scheduler.start();";
  private static final String DEAD = "row.reschedule(run, time.now());";
  private static final String LEASE =
      ".heartbeatInterval(options.lease().dividedBy(HEARTBEATS_IN_A_LEASE))";

  private static final List<Broken> ASKED =
      List.of(
          JOBS.broken("enqueue-before-start-lost")
              .why("Start begins with an empty table.")
              .change(
                  REQUIRE,
                  "    requireTable();\n"
                      + "    try (var connection = database.getConnection();\n"
                      + "        var statement = connection.createStatement()) {\n"
                      + "      statement.execute(\"delete from scheduled_tasks\");\n"
                      + "    } catch (SQLException e) {\n"
                      + "      throw new IllegalStateException(e);\n"
                      + "    }\n"
                      + "    started = true;")
              .neverDoes()
              .fails(
                  "6.9", "6.19", "6.20", "6.21", "6.23", "6.25", "6.26", "6.30", "6.31", "6.32",
                  "6.43"),
          JOBS.broken("delay-ignored")
              .why("What is scheduled for later runs at once.")
              .change(DELAYED, "time.now()")
              .fails("6.10"),
          JOBS.broken("zero-is-no-delay")
              .why("A delay of zero is refused.")
              .change("schedule(job, Duration.ZERO);", "schedule(job, Duration.ofNanos(1));")
              .change(
                  "if (Objects.requireNonNull(delay, \"delay\").isNegative()) {",
                  "if (!Objects.requireNonNull(delay, \"delay\").isPositive()) {")
              .fails("6.10"),
          JOBS.broken("delay-on-another-clock")
              .why("The delay is added to the machine's clock.")
              .change(DELAYED, "Instant.now().plus(delay)")
              .fails("6.10"),
          JOBS.broken("library-on-another-clock")
              .why("The library is not told of the clock.")
              .change(".clock(time::now)", ".clock(Instant::now)")
              .neverDoes()
              .fails(
                  "6.9", "6.10", "6.11", "6.12", "6.13", "6.14", "6.18", "6.19", "6.20", "6.21",
                  "6.22", "6.23", "6.24", "6.25", "6.26", "6.27", "6.28", "6.29", "6.30", "6.31",
                  "6.32", "6.33", "6.34", "6.42", "6.43", "6.44"),
          JOBS.broken("known-id-is-left-alone")
              .why("Under a known id nothing is changed.")
              .change(RESCHEDULE, "log.debug(\"{} is known\", id);")
              .fails("6.12", "6.43"),
          JOBS.broken("due-time-stays")
              .why("A new text counts from the next run on.")
              .change(
                  RESCHEDULE,
                  "scheduler.reschedule(\n"
                      + "          instance, known.get().getExecutionTime(), instance.getData());")
              .fails("6.12"),
          JOBS.broken("zone-not-kept")
              .why("The zone is not in the row.")
              .change("job, cron, zone.getId());", "job, cron, \"UTC\");")
              .neverDoes()
              .fails("6.12", "6.18"),
          JOBS.broken("remove-only-looks")
              .why("Remove looks for the row and leaves it.")
              .change(REMOVED, "if (nextRun(id).isEmpty()) {\n        return false;\n      }")
              .fails("6.13", "6.43"),
          JOBS.broken("remove-says-yes")
              .why("Remove says true, whatever was there.")
              .change(
                  "return true;\n"
                      + "    } catch (TaskInstanceNotFoundException e) {\n"
                      + "      return false;",
                  "return true;\n"
                      + "    } catch (TaskInstanceNotFoundException e) {\n"
                      + "      return true;")
              .fails("6.13"),
          JOBS.broken("triggered-as-another-job")
              .why("A triggered run is a row of its own beside the recurring one.")
              .change(
                  TRIGGERED,
                  "scheduler.scheduleIfNotExists(\n"
                      + "          once.instance(\n"
                      + "              UUID.randomUUID().toString(),\n"
                      + "              Schedule.of(\n"
                      + "                      (String)\n"
                      + "                          scheduler\n"
                      + "                              .getScheduledExecution(idOf(id))\n"
                      + "                              .orElseThrow(\n"
                      + "                                  () -> new"
                      + " TaskInstanceNotFoundException(\"recurring\", id))\n"
                      + "                              .getData())\n"
                      + "                  .job()),\n"
                      + "          time.now());")
              .fails("6.24"),
          JOBS.broken("every-second-due-time")
              .why("After a run the next due time but one is stored.")
              .change(FROM, "schedule.next(schedule.next(due.isAfter(done) ? due : done))")
              .neverDoes()
              .fails(
                  "6.11", "6.14", "6.18", "6.19", "6.20", "6.21", "6.22", "6.23", "6.24", "6.25",
                  "6.26", "6.29", "6.43"),
          JOBS.broken("trigger-does-nothing")
              .why("Trigger looks for the row only.")
              .change(
                  TRIGGERED,
                  "if (nextRun(id).isEmpty()) {\n"
                      + "        throw new TaskInstanceNotFoundException(\"recurring\", id);\n"
                      + "      }")
              .neverDoes()
              .fails("6.14", "6.19", "6.24", "6.25", "6.26", "6.34", "6.43"),
          JOBS.broken("the-library-checks-the-text")
              .why("The text is the library's affair: it says no position and knows a minus.")
              .change(
                  NEXT,
                  "var next =\n"
                      + "        new"
                      + " com.github.kagkarlsson.scheduler.task.schedule.CronSchedule(cron, zone)\n"
                      + "            .getInitialExecutionTime(time.now());")
              .neverDoes()
              .fails("6.15", "6.16"),
          JOBS.broken("unknown-job-taken")
              .why("A job's name is looked up when it is due.")
              .change(
                  "public void schedule(String job, Duration delay) {\n    requireKnown(job);",
                  "public void schedule(String job, Duration delay) {\n"
                      + "    Objects.requireNonNull(job, \"job\");")
              .fails("6.16"),
          JOBS.broken("unknown-id-ignored")
              .why("A trigger of nothing is ignored.")
              .change(
                  "throw new IllegalArgumentException(\"there is no recurring job with the id '\" +"
                      + " id + \"'\", e);",
                  "log.warn(\"no such job: {}\", id);")
              .fails("6.16"),
          JOBS.broken("negative-delay-taken")
              .why("A negative delay is taken for none.")
              .change(
                  "if (Objects.requireNonNull(delay, \"delay\").isNegative()) {",
                  "if (Objects.requireNonNull(delay, \"delay\").toDays() < -9999) {")
              .fails("6.16"),
          JOBS.broken("null-as-id")
              .why("Null as id is found by the library.")
              .change("Objects.requireNonNull(id, \"id\"));\n  }", "id);\n  }")
              .fails("6.16"),
          JOBS.broken("starts-without-tables")
              .why("Start does not look; the library logs an error at each poll, for ever.")
              .change(REQUIRE, "    started = true;")
              .fails("6.17"),
          JOBS.broken("the-database-says-it")
              .why("What the library throws is thrown on: it says that something is not found.")
              .change(".next(time.now());\n    requireTable();", ".next(time.now());")
              .fails("6.17"),
          JOBS.broken("cause-left-out")
              .why("The database's exception is not attached.")
              .change("check the database\",\n          e);", "check the database\");")
              .fails("6.17"),
          JOBS.broken("what-to-do-left-out")
              .why("The message says what is missing, not what to do.")
              .change(
                  "\" cannot be read: create it with SchedulerTable.create, or check the"
                      + " database\"",
                  "\" is missing\"")
              .fails("6.17"));

  private static final List<Broken> DUE =
      List.of(
          JOBS.broken("the-library-counts-the-days")
              .why("After a run the library alone says what is next: it leaves out a day in March.")
              .change(
                  "return new CivilCron(cron, zone).next(after);",
                  "return new com.github.kagkarlsson.scheduler.task.schedule.CronSchedule(cron,"
                      + " zone)\n"
                      + "          .getInitialExecutionTime(after);")
              .fails("6.18"),
          JOBS.broken("makes-up-for-all")
              .why(
                  "The next due time is counted from the last one: five missed days are five runs.")
              .change(FROM, "schedule.next(due)")
              .neverDoes()
              .fails("6.18", "6.20"),
          JOBS.broken("missed-is-missed")
              .why("At its start everything that is overdue is put off to its next due time.")
              .change(
                  START,
                  "    for (var late : scheduler.getScheduledExecutionsForTask(\"recurring\")) {\n"
                      + "      if (late.getExecutionTime().isBefore(time.now())) {\n"
                      + "        scheduler.reschedule(\n"
                      + "            late.getTaskInstance(),\n"
                      + "            Schedule.of((String) late.getData()).next(time.now()));\n"
                      + "      }\n"
                      + "    }\n"
                      + "    scheduler.start();")
              .neverDoes()
              .fails("6.20", "6.21", "6.26", "6.31"),
          JOBS.broken("counted-anew-at-each-start")
              .why("Adding a job again counts its due time from now.")
              .change(SAME, "if (known.isEmpty()) {")
              .fails("6.21", "6.23", "6.43"),
          JOBS.broken("one-job-for-each-start")
              .why("The scheduler's name is part of the key: each start adds another job.")
              .change(
                  "return TaskInstanceId.of(recurring.getName(), Objects.requireNonNull(id,"
                      + " \"id\"));",
                  "return TaskInstanceId.of(recurring.getName(), Objects.requireNonNull(id, \"id\")"
                      + " + name);")
              .change(
                  "recurring.instance(id, new Schedule",
                  "recurring.instance(id + name, new Schedule")
              .neverDoes()
              .fails("6.19", "6.20", "6.21", "6.22", "6.23", "6.24", "6.43"),
          JOBS.broken("claimed-in-memory")
              .why("What is due is claimed in memory, where the other process cannot see it.")
              .is(UnclaimedJobs.class)
              .neverDoes()
              .fails("6.22", "6.24", "6.25", "6.26", "6.43"),
          JOBS.broken("lease-not-renewed")
              .why("The lease runs out under a run that goes on.")
              .is(ForgetfulJobs.class)
              .neverDoes()
              .fails("6.25"),
          JOBS.broken("start-takes-over")
              .why("Start takes every row that is claimed for one of its own from before.")
              .change(
                  REQUIRE,
                  "    requireTable();\n"
                      + "    try (var connection = database.getConnection();\n"
                      + "        var statement = connection.createStatement()) {\n"
                      + "      statement.execute(\n"
                      + "          \"update scheduled_tasks set picked = false, version = version +"
                      + " 1 where picked\");\n"
                      + "    } catch (SQLException e) {\n"
                      + "      throw new IllegalStateException(e);\n"
                      + "    }\n"
                      + "    started = true;")
              .neverDoes()
              .fails("6.25", "6.26"),
          JOBS.broken("nobody-takes-over")
              .why("The lease is a year, whatever was asked.")
              .change(LEASE, ".heartbeatInterval(Duration.ofDays(365))")
              .fails("6.26"),
          JOBS.broken("the-dead-are-buried")
              .why("What a dead scheduler ran is removed.")
              .change(DEAD, "row.remove();")
              .fails("6.26"));

  /** The table. */
  public static final List<Broken> ALL =
      Stream.of(ASKED, DUE, BrokenRuns.ALL).flatMap(List::stream).toList();

  private BrokenDbRecurringJobs() {}
}
