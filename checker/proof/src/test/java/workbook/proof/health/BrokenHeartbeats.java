package workbook.proof.health;

import java.util.List;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken;
import workbook.proof.Broken.Right;
import workbook.proof.Broken.Table;

/** Wrong signs of life, and right ones. */
public final class BrokenHeartbeats {

  static final Table HEARTBEAT = new Table(WorkbookModule.HEALTH, "Heartbeat");

  /** Right ones, each built in another way. */
  public static final List<Right> RIGHT =
      List.of(
          HEARTBEAT.reference(),
          HEARTBEAT.right(ListeningHeartbeat.class),
          HEARTBEAT.right(StateHeartbeat.class));

  /** The table. */
  public static final List<Broken> ALL =
      List.of(
          HEARTBEAT
              .broken("a-flag")
              .why("Who has beaten once is well for ever, as with a flag that nobody resets.")
              .change("age.compareTo(limit) > 0", "age.isNegative()")
              .fails("7.1", "7.3", "7.7"),
          HEARTBEAT
              .broken("limit-is-exclusive")
              .why("At the limit itself the service is stale.")
              .change("age.compareTo(limit) > 0", "age.compareTo(limit) >= 0")
              .fails("7.1"),
          HEARTBEAT
              .broken("in-whole-seconds")
              .why("The limit is rounded down to seconds.")
              .change(
                  "age.compareTo(limit) > 0",
                  "age.compareTo(Duration.ofSeconds(limit.toSeconds())) > 0")
              .fails("7.1"),
          HEARTBEAT
              .broken("beats-are-saved")
              .why("A beat soon after another is left out.")
              .change(
                  "    lastBeat = time.nanoTime();",
                  "    var last = lastBeat;\n"
                      + "    if (last == null || time.nanoTime() - last > limit.toNanos() / 2) {\n"
                      + "      lastBeat = time.nanoTime();\n"
                      + "    }")
              .fails("7.1"),
          HEARTBEAT
              .broken("wall-clock")
              .why("The age is a difference of two times of day.")
              .change("lastBeat = time.nanoTime();", "lastBeat = time.now().toEpochMilli();")
              .change(
                  "Duration.ofNanos(time.nanoTime() - last)",
                  "Duration.ofMillis(time.now().toEpochMilli() - last)")
              .fails("7.7"),
          HEARTBEAT
              .broken("system-clock")
              .why("The machine's clock is read, not the one that was handed in.")
              .change("lastBeat = time.nanoTime();", "lastBeat = System.nanoTime();")
              .change("time.nanoTime() - last", "System.nanoTime() - last")
              .change(
                  "last beat \" + age.toMillis() + \" ms ago, limit", // it would differ in each run
                  "last beat some time ago, limit")
              .fails("7.1", "7.3", "7.7"),
          HEARTBEAT
              .broken("sum-overflows")
              .why("The clock is compared with a sum, which overflows before the clock does.")
              .change("age.compareTo(limit) > 0", "time.nanoTime() > last + limit.toNanos()")
              .fails("7.7"),
          HEARTBEAT
              .broken("begins-with-a-beat")
              .why("Making the pulse counts as a beat.")
              .change(
                  "this.time = Objects.requireNonNull(time, \"time\");",
                  "this.time = Objects.requireNonNull(time, \"time\");"
                      + " lastBeat = time.nanoTime();")
              .fails("7.2", "7.4", "7.7"),
          HEARTBEAT
              .broken("waiting-is-ready")
              .why("Who has not begun is ready.")
              .change(
                  "new HealthResult(idle, \"waiting for the first beat\")",
                  "HealthResult.healthy(\"waiting for the first beat\")")
              .fails("7.2", "7.4", "7.7"),
          HEARTBEAT
              .broken("waiting-is-not-live")
              .why("Who has not begun is restarted.")
              .change(
                  "new HealthResult(idle, \"waiting for the first beat\")",
                  "HealthResult.unhealthy(\"waiting for the first beat\")")
              .fails("7.2", "7.4", "7.7"),
          HEARTBEAT
              .broken("waiting-gets-stale")
              .why("Who takes longer than the limit to begin is stale.")
              .change(
                  "private final TimeSource time;",
                  "private final TimeSource time; private final long made;")
              .change(
                  "this.time = Objects.requireNonNull(time, \"time\");",
                  "this.time = Objects.requireNonNull(time, \"time\"); made = time.nanoTime();")
              .change(
                  "if (last == null) {",
                  "if (last == null && time.nanoTime() - made > limit.toNanos()) {"
                      + " last = made; } else if (last == null) {")
              .fails("7.2"),
          HEARTBEAT
              .broken("zero-is-no-beat")
              .why("A clock that is not above zero is taken for no beat.")
              .change("volatile @Nullable Long lastBeat;", "volatile long lastBeat;")
              .change("if (last == null) {", "if (last <= 0) {")
              .fails("7.1", "7.2", "7.3", "7.4", "7.7"),
          HEARTBEAT
              .broken("stale-for-good")
              .why("A verdict is remembered, and nobody takes it back.")
              .change(
                  "private HealthResult check(",
                  "private boolean stale; private HealthResult check(")
              .change(
                  "return age.compareTo(limit) > 0", "return (stale |= age.compareTo(limit) > 0)")
              .fails("7.3"),
          HEARTBEAT
              .broken("one-for-all")
              .why("The last beat is static: any service's beat counts.")
              .change(
                  "private volatile @Nullable Long lastBeat;",
                  "private static volatile @Nullable Long lastBeat;")
              .fails("7.2", "7.3", "7.4", "7.7"),
          HEARTBEAT
              .broken("a-snapshot")
              .why("The check says what was so when it was made.")
              .change(
                  "return () -> check(HealthStatus.HEALTHY);",
                  "var now = check(HealthStatus.HEALTHY); return () -> now;")
              .fails("7.1", "7.2", "7.3", "7.4", "7.5", "7.7"),
          HEARTBEAT
              .broken("live-is-ready")
              .why("Both checks are the same: who has not begun is restarted.")
              .change(
                  "return () -> check(HealthStatus.HEALTHY);",
                  "return () -> check(HealthStatus.UNHEALTHY);")
              .fails("7.2", "7.4", "7.5", "7.7"),
          HEARTBEAT
              .broken("end-not-watched")
              .why("Only beats count: who has failed is beating, then stale.")
              .change(
                  "end = Objects.requireNonNull(service,"
                      + " \"service\").completion().toCompletableFuture();",
                  "Objects.requireNonNull(service, \"service\");")
              .fails("7.4", "7.5"),
          HEARTBEAT
              .broken("watched-once")
              .why("The end is looked at once, when the watch begins.")
              .change(
                  "end = Objects.requireNonNull(service,"
                      + " \"service\").completion().toCompletableFuture();",
                  "var now = Objects.requireNonNull(service, \"service\").completion()"
                      + ".toCompletableFuture(); if (now.isDone()) { end = now; }")
              .fails("7.4", "7.5"),
          HEARTBEAT
              .broken("beat-before-end")
              .why("A fresh beat hides a failure.")
              .change(
                  "if (end.isCompletedExceptionally()) {",
                  "if (end.isCompletedExceptionally() && lastBeat == null) {")
              .change(
                  "if (end.isDone()) {", "if (end.isDone() && !end.isCompletedExceptionally()) {")
              .fails("7.4"),
          HEARTBEAT
              .broken("failed-has-ended")
              .why("A failure is an end like any other.")
              .change("if (end.isCompletedExceptionally()) {", "if (end.isCancelled()) {")
              .fails("7.4"),
          HEARTBEAT
              .broken("ended-is-dead")
              .why("Who was stopped is restarted.")
              .change("if (end.isCompletedExceptionally()) {", "if (end.isDone()) {")
              .fails("7.5"),
          HEARTBEAT
              .broken("ended-is-ready")
              .why("Who has ended is ready.")
              .change(
                  "new HealthResult(idle, \"ended",
                  "new HealthResult(HealthStatus.HEALTHY, \"ended")
              .fails("7.5"),
          HEARTBEAT
              .broken("message-shown")
              .why("The description tells the exception's message.")
              .change(
                  "\"dead: the service has failed, see the log\"",
                  "\"dead: \" + end.exceptionNow().getMessage()")
              .fails("7.6"),
          HEARTBEAT
              .broken("cast")
              .why("The completion is cast to a future, which it only looks like.")
              .change(
                  "Objects.requireNonNull(service,"
                      + " \"service\").completion().toCompletableFuture();",
                  "(CompletableFuture<?>) Objects.requireNonNull(service,"
                      + " \"service\").completion();")
              .fails("7.4", "7.5", "7.6", "7.9"),
          HEARTBEAT
              .broken("waits-for-the-end")
              .why("The check waits until the service has ended.")
              .change(
                  "end = new CompletableFuture<>();",
                  "end = CompletableFuture.completedFuture(null);")
              .change(
                  "if (end.isCompletedExceptionally()) {",
                  "if (end.handle((v, e) -> e != null).join()) {")
              .change(
                  "if (end.isDone()) {", "if (end.isDone() && lastBeat == null && limit == null) {")
              .hangs()
              .fails("7.4", "7.5", "7.9"),
          HEARTBEAT
              .broken("two-fields")
              .why("A beat sets two fields, and a check sees the first without the second.")
              .change(
                  "private volatile @Nullable Long lastBeat;",
                  "private volatile boolean beaten; private volatile long lastBeat;")
              .change(
                  "lastBeat = time.nanoTime();", "beaten = true;\n    lastBeat = time.nanoTime();")
              .change("if (last == null) {", "if (!beaten) {")
              .change("    var last = lastBeat;\n", "")
              .change(
                  "Duration.ofNanos(time.nanoTime() - last)",
                  "Duration.ofNanos(time.nanoTime() - lastBeat)")
              .fails("7.8"),
          HEARTBEAT
              .broken("watchdog")
              .why("A thread watches the beats and is never told to end.")
              .change(
                  "end = Objects.requireNonNull(service,"
                      + " \"service\").completion().toCompletableFuture();",
"""
end = Objects.requireNonNull(service, "service").completion().toCompletableFuture();
    Thread.ofVirtual()
        .name("watchdog")
        .start(
            () -> {
              try {
                time.sleep(Duration.ofDays(1000), workbook.hosting.CancellationToken.none());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });\
""")
              .hangs()
              .fails("7.9"),
          HEARTBEAT
              .broken("any-limit")
              .why("The limit is not checked.")
              .change("Arguments.positive(limit, \"limit\")", "limit")
              .fails("7.10"),
          HEARTBEAT
              .broken("service-ignored")
              .why("A null service is taken for none.")
              .change(
                  "end = Objects",
                  "if (service == null) {\n      return;\n    }\n    end = Objects")
              .fails("7.10"));

  private BrokenHeartbeats() {}
}
