package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.lang.Thread.State;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import workbook.checker.Gate;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.health.HealthResult;

/** The rules of checks that run side by side, each with its own limit. */
@Tag("step-2")
@Step(module = WorkbookModule.HEALTH, number = 2, type = "HealthChecks")
public abstract class HealthChecksContract extends LimitRules {

  /** A contract is stateless. */
  protected HealthChecksContract() {}

  /** A check that hangs for ever costs one thread, not one for each poll. */
  @Rule(
      number = "7.21",
      says =
          "A check that ignores its interrupt MUST NOT be begun again while it runs, and MUST be"
              + " unhealthy at once.",
      check =
          "that a new run is not begun while the last one has not ended, which an interrupt alone"
              + " does not prove; that nobody waits for it once more",
      lookAt = "report")
  void ignored(Trial trial) {
    trial.setUp("mail hangs, ignores its interrupt, and has a limit of 1000 ms; four reports");
    var gate = trial.gate();
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

  /** Who comes back is asked again. */
  @Rule(
      number = "7.22",
      says = "Once a check that was cut off has ended, the next report MUST ask it anew.",
      check =
          "that the end of a late run is noticed; that its result, which answers an old question,"
              + " is thrown away",
      lookAt = "report")
  void backAgain(Trial trial) {
    trial.setUp("mail hangs at first, ignores its interrupt, ends much later; then it is well");
    var gate = trial.gate();
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

  /** Those who ask at the same time get the same answer. */
  @Rule(
      number = "7.23",
      says =
          "A report that finds a check running MUST share that run: a check MUST run at most once"
              + " at a time.",
      check =
          "a check and its run are looked at and begun in one step; a second report that gets a"
              + " refusal instead of the result; that the limit counts from the beginning of the"
              + " run, not of the report",
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

  /** Who is interrupted goes alone. */
  @Rule(
      number = "7.24",
      says =
          "An interrupted report MUST throw InterruptedException, disturb no other, and let the"
              + " limits hold.",
      check =
          "an InterruptedException that is caught and becomes a report; who enforces the limits"
              + " when the one that asked is gone; runs that end with their report",
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

  /** Nothing stays behind. */
  @Rule(
      number = "7.25",
      says = "When all checks have ended, a thread MUST NOT be left.",
      check =
          "threads that wait for a limit although the check has ended; pools that keep their"
              + " threads",
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
