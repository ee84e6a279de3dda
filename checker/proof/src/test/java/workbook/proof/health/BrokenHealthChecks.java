package workbook.proof.health;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Right;
import workbook.proof.Broken.Table;

/** Wrong reporters, and right ones. */
public final class BrokenHealthChecks {

  static final Table CHECKS = new Table(WorkbookModule.HEALTH, "HealthChecks");

  /** Right ones, each built in another way. */
  public static final List<Right> RIGHT =
      List.of(
          CHECKS.reference(),
          CHECKS.right(FlightHealthChecks.class),
          CHECKS.right(MonitorHealthChecks.class));

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          CHECKS
              .broken("one-after-the-other")
              .why("A check begins when the one before it is done.")
              .change("var runs = probes.stream().map(Probe::run).toList();", "")
              .change(
                  "for (var run : runs) {\n      entries.add(run.entry());",
                  "for (var probe : probes) {\n      entries.add(probe.run().entry());")
              .hangs()
              .fails(
                  "7.11", "7.13", "7.17", "7.18", "7.19", "7.20", "7.21", "7.23", "7.24", "7.25"),
          CHECKS
              .broken("joined-in-turn")
              .why("The limits are waited for one after the other, by whoever asks.")
              .change(
                  "Thread.ofVirtual().name(\"limit of health \" +"
                      + " check.name()).start(this::limit);",
                  "")
              .change("known.await();", "limit(); known.await();")
              .hangs()
              .fails("7.17", "7.18", "7.19", "7.20", "7.21", "7.23", "7.24"),
          CHECKS
              .broken("four-at-a-time")
              .why("Checks run on a pool of four.")
              .change(
                  "private final TimeSource time;",
                  "private final TimeSource time;"
                      + " private final java.util.concurrent.Semaphore pool ="
                      + " new java.util.concurrent.Semaphore(4);")
              .change(
                  "HealthResult result;\n      try {",
                  "HealthResult result;\n      pool.acquireUninterruptibly();\n      try {")
              .change("ended = true; //", "pool.release(); ended = true; //")
              .fails("7.13"),
          CHECKS
              .broken("asked-once")
              .why("The first result is kept.")
              .change("latest == null || latest.ended", "latest == null")
              .fails("7.11", "7.21", "7.22", "7.24"),
          CHECKS
              .broken("fastest-first")
              .why("The entries stand in the order in which the checks ended.")
              .change(
                  "    var worst =\n",
                  "    entries.sort(Comparator.comparing(HealthReport.Entry::duration));\n"
                      + "    var worst =\n")
              .fails("7.11"),
          CHECKS
              .broken("nameless-threads")
              .why("The threads have no names.")
              .change(".name(\"health \" + check.name())", "")
              .fails("7.11"),
          CHECKS
              .broken("up-or-down")
              .why("Degraded is taken for healthy.")
              .change(
                  ".map(entry -> entry.result().status())",
                  ".map(entry -> entry.result().status())"
                      + ".filter(status -> status != HealthStatus.DEGRADED)")
              .fails("7.12"),
          CHECKS
              .broken("best-wins")
              .why("The best of the checks decides.")
              .change(".max(Comparator", ".min(Comparator")
              .fails("7.12", "7.14", "7.17"),
          CHECKS
              .broken("none-is-unhealthy")
              .why("Without a check there is no health.")
              .change(".orElse(HealthStatus.HEALTHY)", ".orElse(HealthStatus.UNHEALTHY)")
              .fails("7.12"),
          CHECKS
              .broken("none-throws")
              .why("Without a check there is no worst one.")
              .change(".orElse(HealthStatus.HEALTHY)", ".orElseThrow()")
              .fails("7.12"),
          CHECKS
              .broken("exceptions-only")
              .why("An Error ends the thread of its check, and nobody hears of it.")
              .change("catch (Throwable e)", "catch (Exception e)")
              .hangs()
              .fails("7.14", "7.15"),
          CHECKS
              .broken("null-result")
              .why("A check that returns null is not thought of.")
              .change(
                  "Objects.requireNonNull(check.check().check(), \"the check returned null\")",
                  "check.check().check()")
              .hangs()
              .fails("7.14", "7.15"),
          CHECKS
              .broken("throws-on")
              .why("A check that fails makes the report fail.")
              .change(
                  "result = HealthResult.unhealthy(\"the check failed, see the log\");",
                  "result = HealthResult.unhealthy(\"the check failed, see the log\"); if"
                      + " (known.getCount() > 0) failure = new IllegalStateException(\"a check"
                      + " failed\", e);")
              .change(
                  "private volatile boolean ended;",
                  "private volatile @Nullable RuntimeException failure;"
                      + " private volatile boolean ended;")
              .change(
                  "      known.await();\n",
                  "      known.await();\n      if (failure != null) { throw failure; }\n")
              .fails("7.14", "7.15", "7.20", "7.25"),
          CHECKS
              .broken("not-logged")
              .why("What a check throws is swallowed.")
              .change("log.warn(\"health check '{}' failed\", check.name(), e);", "")
              .fails("7.15"),
          CHECKS
              .broken("logged-without-cause")
              .why("The log has the exception's text and not the exception.")
              .change(
                  "log.warn(\"health check '{}' failed\", check.name(), e);",
                  "log.warn(\"health check '{}' failed: {}\", check.name(), e.toString());")
              .fails("7.15"),
          CHECKS
              .broken("message-shown")
              .why("The description is the exception's message.")
              .change(
                  "HealthResult.unhealthy(\"the check failed, see the log\")",
                  "HealthResult.unhealthy(String.valueOf(e.getMessage()))")
              .fails("7.15"),
          CHECKS
              .broken("to-string-shown")
              .why("The description is the exception as a text.")
              .change(
                  "HealthResult.unhealthy(\"the check failed, see the log\")",
                  "HealthResult.unhealthy(\"failed: \" + e)")
              .fails("7.15"),
          CHECKS
              .broken("last-name-wins")
              .why("A second check of the same name is taken.")
              .change("if (!names.add(check.name())) {", "if (names.add(check.name()) && false) {")
              .fails("7.16"),
          CHECKS
              .broken("duplicate-not-named")
              .why("The refusal does not say which name.")
              .change(
                  "\"two checks have the name '\" + check.name() + \"': a report could not tell"
                      + " them apart\"",
                  "\"two checks have the same name\"")
              .fails("7.16"),
          CHECKS
              .broken("time-not-checked")
              .why("A time of null is found out later.")
              .change("Objects.requireNonNull(time, \"time\")", "time")
              .fails("7.16"),
          CHECKS
              .broken("no-limit")
              .why("A check is waited for until it ends.")
              .change("if (!time.join(thread, check.limit())) {", "if (limitIsOver()) {")
              .change(
                  "    private void limit() {",
                  "    private boolean limitIsOver() throws InterruptedException { return false;"
                      + " }\n"
                      + "    private void limit() {")
              .hangs()
              .fails("7.17", "7.18", "7.19", "7.20", "7.21", "7.22", "7.23", "7.24", "7.25"),
          CHECKS
              .broken("real-clock")
              .why("The limits are on the machine's clock.")
              .change(
                  "time.join(thread, check.limit())", "thread.join(check.limit().multipliedBy(99))")
              .hangs()
              .fails("7.17", "7.18", "7.19", "7.20", "7.21", "7.22", "7.23", "7.24", "7.25"),
          CHECKS
              .broken("one-limit")
              .why("Every check has a second.")
              .change(
                  "time.join(thread, check.limit())", "time.join(thread, Duration.ofSeconds(1))")
              .hangs()
              .fails("7.17", "7.18", "7.19", "7.20"),
          CHECKS
              .broken("longest-limit")
              .why("All checks have the time of the one that has the longest.")
              .change(
                  "time.join(thread, check.limit())",
                  "time.join(thread, probes.stream().map(p -> p.check.limit())"
                      + ".max(Comparator.naturalOrder()).orElseThrow())")
              .hangs()
              .fails("7.18", "7.19", "7.20", "7.25"),
          CHECKS
              .broken("not-interrupted")
              .why("A check that hangs is given up, and its thread is left to itself.")
              .change("          thread.interrupt();\n", "")
              .hangs()
              .fails("7.19", "7.24", "7.25"),
          CHECKS
              .broken("last-word")
              .why("The check is interrupted, and what it says then counts.")
              .change("          thread.interrupt();\n", "")
              .change(
                  "        if (!time.join(thread, check.limit())) {\n",
                  "        if (!time.join(thread, check.limit())) {\n"
                      + "          thread.interrupt();\n"
                      + "          thread.join();\n")
              .hangs()
              .fails("7.19", "7.21", "7.22"),
          CHECKS
              .broken("measured-when-collected")
              .why("A duration lasts until the report gets round to it.")
              .change(
                  "return Objects.requireNonNull(outcome.get());",
                  "return new HealthReport.Entry(check.name(),"
                      + " Objects.requireNonNull(outcome.get()).result(),"
                      + " Duration.ofNanos(time.nanoTime() - began));")
              .fails("7.20"),
          CHECKS
              .broken("failed-in-no-time")
              .why("A check that fails has a duration of zero.")
              .change(
                  "      settle(result);\n    }",
                  "      settle(result);\n    }\n\n    private boolean failed;")
              .change(
                  "result = HealthResult.unhealthy(\"the check failed, see the log\");",
                  "result = HealthResult.unhealthy(\"the check failed, see the log\");\n"
                      + "        failed = true;")
              .change(
                  "var duration = Duration.ofNanos(time.nanoTime() - began);",
                  "var duration = failed ? Duration.ZERO : Duration.ofNanos(time.nanoTime() -"
                      + " began);")
              .fails("7.20"),
          CHECKS
              .broken("wall-clock")
              .why("A duration is a difference of two times of day.")
              .change(
                  "private final long began = time.nanoTime();",
                  "private final java.time.Instant began = time.now();")
              .change(
                  "Duration.ofNanos(time.nanoTime() - began)",
                  "Duration.between(began, time.now())")
              .fails("7.20"),
          CHECKS
              .broken("a-thread-a-poll")
              .why("Each report begins every check.")
              .change("latest == null || latest.ended", "latest == null || latest.begun")
              .change(
                  "private volatile boolean ended;",
                  "private final boolean begun = true; private volatile boolean ended;")
              .fails("7.21", "7.23", "7.24"),
          CHECKS
              .broken("looks-then-begins")
              .why("Whether a run is on is looked at in one step, and one is begun in another.")
              .change("synchronized Run run()", "Run run()")
              .fails("7.23"),
          CHECKS
              .broken("waited-for-once-more")
              .why("A check that is past its limit is given its limit again, by each report.")
              .change(
                  "      known.await();\n",
                  "      if (known.getCount() == 0 && !ended) { time.sleep(check.limit(),"
                      + " workbook.hosting.CancellationToken.none()); }\n      known.await();\n")
              .fails("7.21"),
          CHECKS
              .broken("written-off")
              .why("A check that was once cut off is never asked again.")
              .change(
                  "latest == null || latest.ended",
                  "latest == null || latest.ended && !Objects.requireNonNull(latest.outcome.get())"
                      + ".result().description().startsWith(\"no answer\")")
              .fails("7.22", "7.24"),
          CHECKS
              .broken("busy")
              .why("Who asks while a check runs is told that it is unhealthy.")
              .change(
                  "        latest.begin();\n      }\n      return latest;",
"""
        latest.begin();
        return latest;
      }
      var busy = new Run(check);
      busy.settle(HealthResult.unhealthy("busy"));
      return busy;\
""")
              .fails("7.23", "7.24"),
          CHECKS
              .broken("interrupt-is-unhealthy")
              .why("An interrupt becomes a report.")
              .change(
                  "      known.await();\n",
"""
      try {
        known.await();
      } catch (InterruptedException e) {
        settle(HealthResult.unhealthy("interrupted"));
      }
""")
              .hangs()
              .fails("7.24"),
          CHECKS
              .broken("interrupt-ends-the-runs")
              .why("Who is interrupted interrupts the checks that others wait for.")
              .change(
                  "      entries.add(run.entry());\n",
"""
      try {
        entries.add(run.entry());
      } catch (InterruptedException e) {
        runs.forEach(each -> each.thread.interrupt());
        throw e;
      }
""")
              .fails("7.24"),
          CHECKS
              .broken("limit-slept-through")
              .why(
                  "The thread that watches a limit stays until the limit, though the check is"
                      + " done.")
              .change(
                  "if (!time.join(thread, check.limit())) {",
                  "if (time.sleep(check.limit(), workbook.hosting.CancellationToken.none())"
                      + " && !ended) {")
              .hangs()
              .fails("7.25"));

  private BrokenHealthChecks() {}
}
