package workbook.contracts.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.VirtualTime;
import workbook.cleanup.AuditLog;
import workbook.cleanup.CleanupPlan;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScope;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/** The rules of when a cleanup runs, and of what a run asks for. */
abstract class RunPlanRules {

  static final Callable<?> FINE = () -> "fine";

  /** For the subclasses in this package. */
  RunPlanRules() {}

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param scopes opens the scope of each run; it knows {@link AuditLog}
   * @param time the clock and the waits
   * @param plan what to delete, and how often
   * @return a new service
   */
  protected abstract HostedService create(
      String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan);

  final CleanupBench bench(Trial trial, CleanupBench.Run run) {
    return new CleanupBench(trial, this::create, run);
  }

  final CleanupBench bench(Trial trial, CleanupBench.Run run, OnePool pool) {
    return new CleanupBench(trial, this::create, run, pool);
  }

  /** At once, and from then on every hour. */
  @Rule(
      number = "3.25",
      says =
          "The first run MUST begin at start, which does not wait for it, and each further one"
              + " after the period.",
      check =
          "that the loop runs first and waits then; that it waits on the time that was handed in,"
              + " on a thread of its own; that start does not wait for the first run; that the wait"
              + " is a duration, and not what is left until a time of the wall clock",
      lookAt = "execute")
  void everyHour(Trial trial) {
    trial.setUp(
        "a plan of every hour; the first run waits at a gate until start has returned; before hour"
            + " 3 the wall clock is set forward by 10 minutes");
    var gate = trial.gate();
    var bench = bench(trial, _ -> gate.pass());
    bench.start();
    gate.open();
    bench.rest();
    trial.expectThat(
        "the run's thread is named after the service, '" + CleanupBench.NAME + "'",
        bench.asked.getFirst().thread().contains(CleanupBench.NAME),
        "its name is '" + bench.asked.getFirst().thread() + "'");
    for (int hour = 1; hour <= 4; hour++) {
      bench.advanceTo(hour * CleanupBench.HOUR - 1);
      if (hour == 3) {
        trial.time().shiftWallClock(Duration.ofMinutes(10));
      }
      bench.expectRuns("no further run 1 ms before hour " + hour, hour);
      bench.advanceTo(hour * CleanupBench.HOUR);
      bench.expectRuns("a run at hour " + hour, hour + 1);
    }
  }

  /** The cutoff moves on with the clock. */
  @Rule(
      number = "3.26",
      says =
          "Each run MUST delete what is older at that moment than the plan keeps, in batches of the"
              + " plan's size.",
      check =
          "that the time is read in each run, from the time that was handed in, and from its wall"
              + " clock; that keep and batchSize come from the plan",
      lookAt = "execute")
  void cutoff(Trial trial) {
    trial.setUp(
        "a plan that keeps 30 days, in batches of 500; runs at 00:00 and 01:00 UTC; then the"
            + " wall clock is set forward by 10 minutes");
    var bench = bench(trial, _ -> {}).start();
    bench.advanceTo(CleanupBench.HOUR);
    trial.time().shiftWallClock(Duration.ofMinutes(10));
    bench.advanceTo(2 * CleanupBench.HOUR);
    bench.expectRuns("three runs", 3);
    trial.expect(
        "the cutoffs lie 30 days before each run",
        bench.asked.stream().map(CleanupBench.Asked::cutoff).toList(),
        List.of(
            Instant.parse("2029-12-02T00:00:00Z"),
            Instant.parse("2029-12-02T01:00:00Z"),
            Instant.parse("2029-12-02T02:10:00Z")));
    trial.expect(
        "the batches have the plan's size",
        bench.asked.stream().map(CleanupBench.Asked::batchSize).toList(),
        List.of(500, 500, 500));
  }

  /** The plan says all that there is to say. */
  @Rule(
      number = "3.40",
      says = "Period, age and batch size MUST be those of the plan, whatever it says, unrounded.",
      check =
          "that period, age and batch size come from the plan; toDays, toHours and their like,"
              + " which round; an int, which holds 24 days of milliseconds",
      lookAt = "execute")
  void anotherPlan(Trial trial) {
    trial.setUp("a plan of every 30 days and 1.5 s that keeps 36 h and 0.25 s, in batches of 7");
    var every = Duration.ofDays(30).plusMillis(1_500);
    var keep = Duration.ofHours(36).plusMillis(250);
    var bench = new CleanupBench(trial, this::create, new CleanupPlan(every, keep, 7));
    bench.start();
    bench.advanceTo(Duration.ofDays(1).toMillis());
    bench.expectRuns("no further run within a day", 1); // an hourly one would be woken 720 times
    bench.advanceTo(every.toMillis() - 1);
    bench.expectRuns("no further run 1 ms before the period is over", 1);
    bench.advanceTo(every.toMillis());
    bench.expectRuns("the second run when it is over", 2);
    var wanted = List.of("2029-12-30T11:59:59.750Z", "2030-01-29T12:00:01.250Z");
    trial.expect(
        "the cutoffs are " + String.join(" and ", wanted),
        bench.asked.stream().map(asked -> asked.cutoff().toString()).toList(),
        wanted);
    trial.expect(
        "the batches have the plan's size, 7",
        bench.asked.stream().map(CleanupBench.Asked::batchSize).toList(),
        List.of(7, 7));
  }

  /** A day is 24 hours here, summer time or not. */
  @Rule(
      number = "3.27",
      says = "The cutoff MUST NOT depend on the zone of the JVM or on summer time.",
      check =
          "that the cutoff is an instant minus a duration; a LocalDateTime or ZonedDateTime in"
              + " between brings the JVM's zone in, and its 23-hour days",
      lookAt = "execute")
  void otherZones(Trial trial) {
    bench(trial, _ -> {}); // the object under test: findings point into its source
    trial.setUp(
        "a JVM of its own in the zone America/New_York, where summer time begins on 2030-03-10; it"
            + " is 2030-03-20T12:00 UTC, and 30 days are kept");
    trial.expect(
        "the cutoff is 2030-02-18T12:00:00Z",
        InAnotherZone.run(trial, this, "America/New_York", "cutoff "),
        List.of("2030-02-18T12:00:00Z"));
  }

  /** What the rule above runs in a JVM of its own. */
  final void runInThisZone() throws Exception {
    var ranOrEnded = new AtomicBoolean();
    AuditLog auditLog =
        (cutoff, _, _) -> {
          System.out.println("cutoff " + cutoff);
          ranOrEnded.set(true);
          return 0;
        };
    ServiceScopeFactory scopes =
        () ->
            new ServiceScope() {
              @Override
              public <T> T get(Class<T> type) {
                return type.cast(auditLog);
              }

              @Override
              public void close() {
                // It has made nothing.
              }
            };
    var plan = new CleanupPlan(Duration.ofHours(1), Duration.ofDays(30), 500);
    var time = new VirtualTime();
    time.shiftWallClock(Duration.between(time.now(), Instant.parse("2030-03-20T12:00:00Z")));
    var service = create(CleanupBench.NAME, scopes, time, plan);
    service
        .completion()
        .whenComplete(
            (_, failure) -> {
              System.out.println("the service ended: " + failure);
              ranOrEnded.set(true);
            });
    service.start();
    time.advanceTo(0); // until all wait or have ended
    if (!ranOrEnded.get()) {
      System.out.println("the service waits before its first run");
    }
  }
}
