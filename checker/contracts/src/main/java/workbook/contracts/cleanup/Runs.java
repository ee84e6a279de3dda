package workbook.contracts.cleanup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.cleanup.CleanupPlan;
import workbook.contracts.shared.ServiceEnds;

/** When a run begins, and what it asks the audit log for. */
final class Runs {

  private Runs() {}

  static void everyHour(Trial trial, DbCleanupServiceContract page) {
    trial.setUp(
        "an hourly plan; the first run waits at a gate until start has returned; before hour"
            + " 3 the wall clock is set forward by 10 minutes");
    var gate = trial.gate();
    var bench = page.bench(trial, _ -> gate.pass());
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

  static void cutoff(Trial trial, DbCleanupServiceContract page) {
    trial.setUp(
        "a plan that keeps 30 days, in batches of 500; runs at 00:00 and 01:00 UTC; then the"
            + " wall clock is set forward by 10 minutes");
    var bench = page.bench(trial, _ -> {}).start();
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

  static void noOverlap(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("an hourly plan; the first run takes two and a half");
    var gate = trial.gate();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var bench =
        page.bench(
            trial,
            _ -> {
              most.accumulateAndGet(running.incrementAndGet(), Math::max);
              gate.pass();
              running.decrementAndGet();
            });
    bench.start();
    bench.advanceTo(2 * CleanupBench.HOUR + CleanupBench.HOUR / 2);
    bench.expectRuns("no other run begins while the first goes on", 1);
    gate.open();
    bench.rest();
    bench.advanceTo(4 * CleanupBench.HOUR);
    trial.expectThat(
        "after it, runs begin again",
        bench.runs() >= 2,
        "none, one and a half hours after its end");
    trial.expect("one run at a time", most.get(), 1);
  }

  static void anotherPlan(Trial trial, DbCleanupServiceContract page) {
    trial.setUp(
        "a plan of every 30 days and 1.500001 s that keeps 36 h and 0.250001 s, in batches of 7");
    var every = Duration.ofDays(30).plusMillis(1_500).plusNanos(1_000);
    var keep = Duration.ofHours(36).plusMillis(250).plusNanos(1_000);
    var bench = page.bench(trial, new CleanupPlan(every, keep, 7));
    bench.start();
    bench.advanceTo(Duration.ofDays(1).toMillis());
    bench.expectRuns("no further run within a day", 1); // an hourly one would be woken 720 times
    bench.advanceTo(every.toMillis());
    bench.expectRuns("no further run 1 microsecond before the period is over", 1);
    bench.advanceTo(every.toMillis() + 1);
    bench.expectRuns("the second run when it is over", 2);
    var wanted = List.of("2029-12-30T11:59:59.749999Z", "2030-01-29T12:00:01.250Z");
    trial.lookAt("now", "execute");
    trial.expect(
        "the cutoffs are " + String.join(" and ", wanted),
        bench.asked.stream().map(asked -> asked.cutoff().toString()).toList(),
        wanted);
    trial.expect(
        "the batches have the plan's size, 7",
        bench.asked.stream().map(CleanupBench.Asked::batchSize).toList(),
        List.of(7, 7));
    longPlan(trial, page);
  }

  /** More than nanoseconds in a long, which end after 292 years: what is never due again. */
  private static void longPlan(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("a plan of every 200,000 days that keeps 200,000 days");
    var days = Duration.ofDays(200_000);
    var bench = page.bench(trial, new CleanupPlan(days, days, 7));
    var cutoff = trial.time().now().minus(days);
    bench.start();
    trial.expect("the cutoff is " + cutoff, bench.asked.getFirst().cutoff(), cutoff);
    bench.advanceTo(trial.time().millis() + Duration.ofDays(1).toMillis());
    bench.expectRuns("no further run within a day", 1);
    ServiceEnds.expectNoFailure(trial, bench.service);
    trial.expectReturn("stop returns", bench.stop());
    ServiceEnds.expectNormal(trial, bench.service);
  }
}
