package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.health.HealthResult;
import workbook.hosting.CancellationToken;

/** What a limit does. */
final class Limits {

  private Limits() {}

  static void hanging(Trial trial, HealthChecksContract contract) {
    trial.setUp("db takes 30 ms, mail hangs with a limit of 2000 ms, disk takes no time");
    var bench = contract.bench(trial);
    bench
        .add("db", 1_000, bench.takes(30))
        .add("mail", 2_000, bench.hangs("mail"))
        .add("disk", 1_000, bench.takes(0))
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_999);
    bench.expectWaiting("at 1999 ms the report has not returned", asker);
    trial.advanceTo(2_000);
    trial.lookAt("join", "report");
    var report = bench.report("the report returns at 2000 ms", asker);
    trial.lookAt();
    bench.expect("in the report", report, "mail", UNHEALTHY);
    bench.expect("in the report", report, "db", HEALTHY);
    bench.expect("in the report", report, "disk", HEALTHY);
    trial.expect("the report's status is UNHEALTHY", report.status(), UNHEALTHY);
  }

  static void ownLimits(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "slow takes 900 of 1000 ms; late takes 500 ms with a limit of 100 ms; brief takes 1.5 of"
            + " 1.9 ms");
    var bench = contract.bench(trial);
    bench.add("slow", 1_000, bench.takes(900)).add("late", 100, bench.takes(500));
    bench
        .add("brief", Duration.ofNanos(1_900_000), bench.takes(Duration.ofNanos(1_500_000)))
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(899);
    bench.expectWaiting("at 899 ms the report has not returned", asker);
    trial.advanceTo(900);
    var report = bench.report("the report returns at 900 ms", asker);
    bench.expect("in the report", report, "slow", HEALTHY);
    bench.expect("in the report", report, "late", UNHEALTHY);
    bench.expect("in the report", report, "brief", HEALTHY);
  }

  // An interrupt is the only way to end a check that hangs.
  static void interrupted(Trial trial, HealthChecksContract contract) {
    // first: where the scheduler decides, nobody can say who is faster
    for (boolean checkFirst : List.of(true, false)) {
      bothEndAtOnce(trial, contract, checkFirst);
    }
    trial.setUp("mail hangs with a limit of 1000 ms and is healthy when interrupted; db takes 3 s");
    var at = new long[] {-1};
    var bench = contract.bench(trial);
    bench
        .add("db", 5_000, bench.takes(3_000))
        .add(
            "mail",
            1_000,
            () -> {
              try {
                trial.time().sleep(Duration.ofDays(1), CancellationToken.none());
              } catch (InterruptedException e) {
                trial.note("mail is interrupted");
                at[0] = trial.time().millis();
              }
              return HealthResult.healthy("fine, in the end");
            })
        .make();
    long begin = trial.time().millis();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(begin + 3_000);
    var report = bench.report("the report returns at 3000 ms", asker);
    trial.expectThat(
        "mail is interrupted at 1000 ms",
        at[0] == begin + 1_000,
        at[0] < 0 ? "it was not interrupted" : "it was interrupted at " + (at[0] - begin) + " ms");
    bench.expect("after its limit", report, "mail", UNHEALTHY);
    bench.expect("within its limit", report, "db", HEALTHY);
    limitOfAnEarlierRun(trial, contract);
  }

  // At the limit two threads are on their way to the outcome: neither order may change it.
  private static void bothEndAtOnce(
      Trial trial, HealthChecksContract contract, boolean checkFirst) {
    trial.setUp(
        "mail hangs with a limit of 1000 ms and is healthy at once when interrupted; from then on "
            + (checkFirst
                ? "the reporter's thread goes on only while mail's thread rests"
                : "mail's thread goes on only while the reporter's thread rests"));
    var mail = new Interrupted(trial);
    var time = new GivesWay.AfterAWait(trial.time(), () -> !checkFirst || mail.rests());
    var bench = ReportBench.ofTwin(trial, contract, time);
    bench
        .add(
            "mail",
            1_000,
            () ->
                mail.check(
                    () -> {
                      if (!checkFirst) {
                        GivesWay.to(() -> GivesWay.rests(time.waiter()));
                      }
                    }))
        .make();
    long begin = trial.time().millis();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(begin + 1_000);
    bench.expect("at its limit", bench.report("the report returns", asker), "mail", UNHEALTHY);
  }

  /** A check that hangs until it is interrupted, and is healthy then. */
  private static final class Interrupted {

    private final Trial trial;
    private volatile @Nullable Thread thread;
    private volatile boolean caught; // an interrupt
    private volatile boolean left;

    Interrupted(Trial trial) {
      this.trial = trial;
    }

    HealthResult check(Runnable whenCaught) {
      thread = Thread.currentThread();
      try {
        trial.time().sleep(Duration.ofDays(1), CancellationToken.none());
      } catch (InterruptedException e) {
        caught = true;
        trial.note("mail is interrupted");
        whenCaught.run();
      }
      left = true;
      return HealthResult.healthy("fine, in the end");
    }

    boolean rests() {
      return GivesWay.rests(thread) && (!caught || left);
    }
  }

  private static void limitOfAnEarlierRun(Trial trial, HealthChecksContract contract) {
    trial.setUp("db, limit 1000 ms, takes 500 ms; asked again at 600 ms, it takes 900 ms");
    var bench = contract.bench(trial);
    var took = new ArrayDeque<>(List.of(500L, 900L));
    bench.add("db", 1_000, () -> bench.takes(took.remove()).check()).make();
    long begin = trial.time().millis();
    var first = bench.ask("first");
    trial.advanceTo(begin + 600);
    bench.expect("within its limit", bench.report("the report returns", first), "db", HEALTHY);
    var second = bench.ask("second");
    trial.advanceTo(begin + 1_500);
    bench.expect(
        "within the limit of its second run",
        bench.report("the second report returns at 1500 ms", second),
        "db",
        HEALTHY);
  }

  static void durations(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "db takes 70 ms, disk 30 ms, cache no time, dns 40 ms and fails, mail hangs; meanwhile the"
            + " wall clock is changed");
    var bench = contract.bench(trial);
    bench
        .add("db", 1_000, bench.takes(70))
        .add("disk", 1_000, bench.takes(30))
        .add("cache", 1_000, bench.takes(0))
        .add(
            "dns",
            1_000,
            () -> {
              bench.takes(40).check();
              throw new IllegalStateException("no such name");
            })
        .add("mail", 100, bench.hangs("mail"))
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.time().shiftWallClock(Duration.ofHours(1));
    trial.advanceTo(100);
    var report = bench.report("the report returns at 100 ms", asker);
    Map.of("db", 70, "disk", 30, "cache", 0, "dns", 40, "mail", 100).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            wanted ->
                trial.expect(
                    "the duration of " + wanted.getKey() + " is " + wanted.getValue() + " ms",
                    bench.entry(report, wanted.getKey()).duration().toMillis() + " ms",
                    wanted.getValue() + " ms"));
  }
}
