package workbook.contracts.health;

import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.checker.interleaving.EachLine;
import workbook.health.HealthResult;

/** Reports that find a check running. */
final class SharedRuns {

  private SharedRuns() {}

  static void shared(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "db takes 500 ms, mail hangs with a limit of 1000 ms; reports at 0, 100 and 400 ms");
    var bench = contract.bench(trial);
    bench.add("db", 1_000, bench.takes(500)).add("mail", 1_000, bench.hangs("mail")).make();
    var first = bench.ask("first");
    bench.expectAllBegun();
    trial.advanceTo(100);
    var second = bench.ask("second");
    trial.advanceTo(400);
    var third = bench.ask("third");
    bench.expectBegun("for three reports, db has begun once", "db", 1);
    bench.expectBegun("for three reports, mail has begun once", "mail", 1);
    trial.advanceTo(1_000);
    Map.of("first", first, "second", second, "third", third).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            asker -> {
              var report =
                  bench.report(
                      "the " + asker.getKey() + " report returns at 1000 ms", asker.getValue());
              bench.expect("in the " + asker.getKey() + " report", report, "db", HEALTHY);
              bench.expect("in the " + asker.getKey() + " report", report, "mail", UNHEALTHY);
            });
    trial.expect("at most 1 run of db at a time", bench.most("db"), 1);
    atTheSameTime(trial, contract);
  }

  // The second comes between any two lines of the first: between looking for a run and beginning
  // one, too, if these are two steps.
  private static void atTheSameTime(Trial trial, HealthChecksContract contract) {
    int line = 1;
    while (secondComesAt(trial, contract, line)) {
      line++;
    }
  }

  private static boolean secondComesAt(Trial trial, HealthChecksContract contract, int line) {
    trial.setUp(
        "db takes its time; a second report begins when the first one stands before one of its"
            + " lines, each in turn");
    var gate = trial.gate();
    var stands = new AtomicBoolean();
    var goOn = trial.gate();
    var bench = ReportBench.ofTwin(trial, contract, trial.time());
    bench
        .add(
            "db",
            ReportBench.LONG,
            () -> {
              gate.pass();
              return HealthResult.healthy("fine");
            })
        .make();
    var lines = new AtomicInteger();
    var first =
        trial.start(
            "first",
            () -> {
              EachLine.pause(
                  () -> {
                    if (lines.incrementAndGet() == line) {
                      stands.set(true);
                      pass(goOn);
                    }
                  });
              return bench.reporter().report();
            });
    bench.settle();
    var askers = new ArrayList<>(List.of(first));
    if (stands.get()) {
      var second = bench.call("second");
      askers.add(second);
      bench.expectBlocked("the second report waits", second);
      trial.note("the first goes on");
    }
    goOn.open();
    trial.lookAt("ofVirtual", "report");
    bench.expectBegun("for reports at the same time, db has begun once", "db", 1);
    gate.open();
    for (var asker : askers) {
      var name = asker.thread().getName();
      var report = bench.report("the " + name + " report returns", asker);
      bench.expect("in the " + name + " report", report, "db", HEALTHY);
    }
    return stands.get();
  }

  private static void pass(Gate gate) {
    try {
      gate.pass();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
