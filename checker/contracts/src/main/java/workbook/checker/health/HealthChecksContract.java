package workbook.checker.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.lang.Thread.State;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import workbook.checker.Gate;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.health.HealthResult;
import workbook.hosting.CancellationToken;

/** The rules of checks that run side by side, each with its own limit. */
@Tag("step-2")
@Step(module = Module.HEALTH, number = 2, type = "HealthChecks")
public abstract class HealthChecksContract extends ReportRules {

  /** A contract is stateless. */
  protected HealthChecksContract() {}

  /**
   * A check that hangs costs its limit and no more.
   *
   * <p>If this fails, check: waits without a limit; limits on the real clock, such as orTimeout and
   * get with a time; that the report is made when the limit is reached, not when the check's thread
   * has ended.
   */
  @Rule(
      number = "7.17",
      says =
          "A check that has not ended at its limit MUST be unhealthy, and MUST delay the report no"
              + " longer, and no other check.",
      lookAt = "report")
  void hanging(Trial trial) {
    trial.setUp("db takes 30 ms, mail hangs with a limit of 2000 ms, disk takes none");
    var bench = bench(trial);
    bench
        .add("db", 1_000, bench.takes(30))
        .add("mail", 2_000, bench.hangs("mail"))
        .add("disk", 1_000, bench.takes(0))
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_999);
    bench.expectWaiting("at 1999 ms the report is still being made", asker);
    trial.advanceTo(2_000);
    var report = bench.report("the report is there at 2000 ms", asker);
    bench.expect("in the report", report, "mail", UNHEALTHY);
    bench.expect("in the report", report, "db", HEALTHY);
    bench.expect("in the report", report, "disk", HEALTHY);
    trial.expect("the report's status is UNHEALTHY", report.status(), UNHEALTHY);
  }

  /**
   * Each has its own limit, counted from its own beginning.
   *
   * <p>If this fails, check: checks that are waited for one after the other, so that the second
   * gets the time of the first as well; one limit for all; limits that add up.
   */
  @Rule(
      number = "7.18",
      says = "Each check MUST have its own limit, however long another may take.",
      lookAt = "report")
  void ownLimits(Trial trial) {
    trial.setUp("slow takes 900 of 1000 ms; late takes 500 ms with a limit of 100 ms");
    var bench = bench(trial);
    bench.add("slow", 1_000, bench.takes(900)).add("late", 100, bench.takes(500)).make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(899);
    bench.expectWaiting("at 899 ms the report is still being made", asker);
    trial.advanceTo(900);
    var report = bench.report("the report is there at 900 ms", asker);
    bench.expect("in the report", report, "slow", HEALTHY);
    bench.expect("in the report", report, "late", UNHEALTHY);
  }

  /**
   * The interrupt is the only way to end a check that hangs.
   *
   * <p>If this fails, check: that the check's own thread is interrupted: cancelling a
   * CompletableFuture interrupts nobody; when that is done; which of two outcomes counts, the limit
   * or what the check returns afterwards.
   */
  @Rule(
      number = "7.19",
      says =
          "A check MUST be interrupted at its limit, not before; what it returns then MUST NOT"
              + " count.",
      lookAt = "report")
  void interrupted(Trial trial) {
    trial.setUp("mail hangs with a limit of 1000 ms and is healthy when interrupted; db takes 3 s");
    var at = new long[] {-1};
    var bench = bench(trial);
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
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(3_000);
    var report = bench.report("the report is there at 3000 ms", asker);
    trial.expectThat(
        "mail is interrupted at 1000 ms",
        at[0] == 1_000,
        at[0] < 0 ? "it was not interrupted" : "it was interrupted at " + at[0] + " ms");
    bench.expect("after its limit", report, "mail", UNHEALTHY);
    bench.expect("undisturbed", report, "db", HEALTHY);
  }

  /**
   * A duration is measured where the check runs.
   *
   * <p>If this fails, check: that each check takes its own time, not the time at which the report
   * gets round to it; nanoTime, not now.
   */
  @Rule(
      number = "7.20",
      says =
          "A duration MUST be what the check took on the monotonic clock; of one cut off, its"
              + " limit.",
      lookAt = "report")
  void durations(Trial trial) {
    trial.setUp(
        "db takes 70 ms, disk 30 ms, cache none, mail hangs; the wall clock is set meanwhile");
    var bench = bench(trial);
    bench
        .add("db", 1_000, bench.takes(70))
        .add("disk", 1_000, bench.takes(30))
        .add("cache", 1_000, bench.takes(0))
        .add("mail", 100, bench.hangs("mail"))
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.time().shiftWallClock(Duration.ofHours(1));
    trial.advanceTo(100);
    var report = bench.report("the report is there at 100 ms", asker);
    Map.of("db", 70, "disk", 30, "cache", 0, "mail", 100).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            wanted ->
                trial.expect(
                    "the duration of " + wanted.getKey() + " is " + wanted.getValue() + " ms",
                    bench.entry(report, wanted.getKey()).duration().toMillis() + " ms",
                    wanted.getValue() + " ms"));
  }

  /**
   * A check that hangs for ever costs one thread, not one for each poll.
   *
   * <p>If this fails, check: that a new run is not begun while the last one has not ended, which an
   * interrupt alone does not prove; that nobody waits for it once more.
   */
  @Rule(
      number = "7.21",
      says =
          "A check that ignores its interrupt MUST NOT be begun again while it runs, and MUST be"
              + " unhealthy at once.",
      lookAt = "report")
  void ignored(Trial trial) {
    trial.setUp("mail hangs, ignores its interrupt, and has a limit of 1000 ms; four reports");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = bench(trial);
    bench.add("mail", 1_000, () -> passes(trial, gate)).add("db", 1_000, bench.takes(0)).make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_000);
    bench.expect(
        "at its limit", bench.report("the first report is there", asker), "mail", UNHEALTHY);
    for (int round = 2; round <= 4; round++) {
      var next = bench.ask();
      trial.expectThat(
          "report " + round + " does not wait for it", next.isDone(), "it waits once more");
      var report = bench.report("report " + round + " is there", next);
      bench.expect("in report " + round, report, "mail", UNHEALTHY);
      bench.expect("in report " + round, report, "db", HEALTHY);
      bench.expectBegun("after report " + round + ", mail has begun once", "mail", 1);
      bench.expectBegun("after report " + round + ", db has begun as often", "db", round);
    }
  }

  private static HealthResult passes(Trial trial, Gate gate) {
    while (true) {
      try {
        gate.pass();
        return HealthResult.healthy("back again");
      } catch (InterruptedException e) {
        trial.note("mail ignores an interrupt");
      }
    }
  }

  /**
   * Who comes back is asked again.
   *
   * <p>If this fails, check: that the end of a late run is noticed; that its result, which answers
   * an old question, is thrown away.
   */
  @Rule(
      number = "7.22",
      says = "Once a check that was cut off has ended, the next report MUST ask it anew.",
      lookAt = "report")
  void backAgain(Trial trial) {
    trial.setUp("mail hangs at first, ignores its interrupt, ends much later; then it is well");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = bench(trial);
    bench.add("mail", 1_000, () -> passes(trial, gate)).make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_000);
    bench.expect(
        "at its limit", bench.report("the first report is there", asker), "mail", UNHEALTHY);
    trial.advanceTo(60_000);
    trial.note("the hang is over");
    gate.open();
    bench.settle();
    var report = bench.now();
    bench.expectBegun("after the next report, mail has begun twice", "mail", 2);
    bench.expect("in the next report", report, "mail", HEALTHY);
    trial.expect(
        "its duration is 0 ms", bench.entry(report, "mail").duration().toMillis() + " ms", "0 ms");
  }

  /**
   * Those who ask at the same time get the same answer.
   *
   * <p>If this fails, check: a check and its run are looked at and begun in one step; a second
   * report that gets a refusal instead of the result; that the limit counts from the beginning of
   * the run, not of the report.
   */
  @Rule(
      number = "7.23",
      says =
          "A report that finds a check running MUST share that run: a check MUST run at most once"
              + " at a time.",
      lookAt = "report")
  void shared(Trial trial) {
    trial.setUp("db takes 500 ms, mail hangs with a limit of 1000 ms; asked at 0, 100 and 400 ms");
    var bench = bench(trial);
    bench.add("db", 1_000, bench.takes(500)).add("mail", 1_000, bench.hangs("mail")).make();
    var first = bench.ask("first");
    bench.expectAllBegun();
    trial.advanceTo(100);
    var second = bench.ask("second");
    trial.advanceTo(400);
    var third = bench.ask("third");
    bench.expectBegun("when three reports ask, db has begun once", "db", 1);
    bench.expectBegun("when three reports ask, mail has begun once", "mail", 1);
    trial.advanceTo(1_000);
    Map.of("first", first, "second", second, "third", third).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            asker -> {
              var report =
                  bench.report(
                      "the " + asker.getKey() + " report is there at 1000 ms", asker.getValue());
              bench.expect("in the " + asker.getKey() + " report", report, "db", HEALTHY);
              bench.expect("in the " + asker.getKey() + " report", report, "mail", UNHEALTHY);
            });
    trial.expect("db runs once at a time", bench.most("db"), 1);
    atTheSameTime(trial);
  }

  /** One asks, is stopped where it reads the clock, and meanwhile another asks. */
  private void atTheSameTime(Trial trial) {
    trial.setUp(
        "db takes 500 ms; two ask at the same time, one is held up where it reads the clock");
    var clock = new HeldClock(trial.time(), "slow");
    var bench = new ReportBench(trial, checks -> create(checks, clock));
    trial.afterwards(clock::release);
    bench.add("db", 1_000, bench.takes(500)).make();
    var slow = bench.call("slow");
    trial.expectSoon(
        "a report begins its check",
        () -> clock.holds() || bench.begun("db") > 0,
        () -> "db has not begun");
    var quick = bench.call("quick");
    trial.expectSoon(
        "the other report waits",
        () -> Set.of(State.WAITING, State.BLOCKED).contains(quick.thread().getState()),
        () -> "it runs on and on");
    trial.note("the first goes on");
    clock.release();
    bench.expectBegun("when two ask at the same time, db has begun once", "db", 1);
    trial.advanceTo(trial.time().millis() + 500);
    for (var asker : List.of(slow, quick)) {
      var name = asker.thread().getName();
      var report = bench.report("the " + name + " report is there after 500 ms", asker);
      bench.expect("in the " + name + " report", report, "db", HEALTHY);
    }
  }

  /**
   * Who is interrupted goes alone.
   *
   * <p>If this fails, check: an InterruptedException that is caught and becomes a report; who
   * enforces the limits when the one that asked is gone; runs that end with their report.
   */
  @Rule(
      number = "7.24",
      says =
          "An interrupted report MUST throw InterruptedException, disturb no other, and let the"
              + " limits hold.",
      lookAt = "report")
  void interruptedReport(Trial trial) {
    trial.setUp("db takes 500 ms, mail hangs, limit 1000 ms; two ask; the first is interrupted");
    trial.watchThreads();
    var bench = bench(trial);
    bench.add("db", 1_000, bench.takes(500)).add("mail", 1_000, bench.hangs("mail")).make();
    var first = bench.ask("first");
    bench.expectAllBegun();
    var second = bench.ask("second");
    trial.advanceTo(200);
    trial.note("interrupt the first");
    first.thread().interrupt();
    trial.expectThrow("the first report is given up", first, InterruptedException.class);
    trial.advanceTo(1_000);
    var report = bench.report("the second report is there at 1000 ms", second);
    bench.expect("in the second report", report, "db", HEALTHY);
    bench.expect("in the second report", report, "mail", UNHEALTHY);
    var third = bench.ask("third");
    bench.expectBegun("for a third report, mail has begun again", "mail", 2);
    third.thread().interrupt();
    trial.expectThrow("the third report is given up", third, InterruptedException.class);
    trial.advanceTo(2_000);
    trial.expectNoNewThread("at 2000 ms, with nobody waiting, mail has been ended at its limit");
    trial.expectThrow(
        "who was interrupted before it asks gets no report",
        bench.askInterrupted(),
        InterruptedException.class);
  }

  /**
   * Nothing stays behind.
   *
   * <p>If this fails, check: threads that wait for a limit although the check has ended; pools that
   * keep their threads.
   */
  @Rule(
      number = "7.25",
      says = "When all checks have ended, a thread MUST NOT be left.",
      lookAt = "report")
  void noThreadLeft(Trial trial) {
    trial.setUp("db is there at once, mail hangs with a limit of 1000 ms, disk throws");
    trial.watchThreads();
    var bench = bench(trial);
    bench
        .add("db", ReportBench.LONG, bench.takes(0))
        .add("mail", 1_000, bench.hangs("mail"))
        .add(
            "disk",
            ReportBench.LONG,
            () -> {
              throw new IllegalStateException("disk full");
            })
        .make();
    var asker = bench.ask();
    bench.expectAllBegun();
    trial.advanceTo(1_000);
    bench.report("the report is there at 1000 ms", asker);
    trial.expectNoNewThread("every thread of the report has ended");
  }
}
