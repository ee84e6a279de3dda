package workbook.contracts.health;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.health.HealthResult;

/** Reports that follow one another at once. */
final class OldAnswers {

  private static final int REPORTS = 3;

  private OldAnswers() {}

  // Between the moment at which a report has its answer and the end of the run, there must be no
  // line at which the next report could find the run still on.
  static void backToBack(Trial trial, HealthChecksContract contract) {
    trial.setUp(
        "db counts how often it is asked, and its thread gives way at each line; two askers with"
            + " three reports each, one right after the other");
    var gate = trial.gate();
    var counter = new AtomicInteger();
    var askers = new CopyOnWriteArrayList<Caller<?>>();
    var bench = ReportBench.ofTwin(trial, contract, trial.time());
    bench
        .add(
            "db",
            ReportBench.LONG,
            () -> {
              int count = counter.incrementAndGet();
              gate.pass();
              GivesWay.to(() -> askers.stream().allMatch(asker -> GivesWay.rests(asker.thread())));
              return HealthResult.healthy(String.valueOf(count));
            })
        .make();
    var latest = new AtomicInteger();
    for (var name : List.of("first", "second")) {
      askers.add(trial.start(name, () -> ask(trial, bench, name, latest)));
    }
    bench.settle();
    trial.note("db answers");
    gate.open();
    for (var asker : askers) {
      var old = trial.expectReturn("all reports return", asker);
      trial.expectThat(
          "a report that begins when another has its answer gets a newer one",
          old.equals(""),
          String.valueOf(old));
    }
  }

  /** Makes reports, and tells which of them has an answer that was given before it began. */
  private static String ask(Trial trial, ReportBench bench, String name, AtomicInteger latest)
      throws InterruptedException {
    for (int i = 1; i <= REPORTS; i++) {
      int before = latest.get();
      var report = bench.reporter().report();
      var text = report.checks().getFirst().result().description();
      if (!text.matches("[0-9]+")) {
        return "a report says: " + text;
      }
      int answer = Integer.parseInt(text);
      trial.note(name + " has answer " + answer);
      if (answer <= before) {
        return "answer %d was known, and the next report got answer %d".formatted(before, answer);
      }
      latest.accumulateAndGet(answer, Math::max);
    }
    return "";
  }
}
