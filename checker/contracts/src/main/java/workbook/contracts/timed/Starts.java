package workbook.contracts.timed;

import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceStarts;

/** The start of a service. */
final class Starts {

  private Starts() {}

  static void returnAtOnce(Trial trial, TimedServiceContract contract) {
    trial.setUp("a timer that does not tick");
    var bench = contract.bench(trial, _ -> trial.note("work"));
    trial.settle();
    trial.expectThat(
        "no timer is made before start, since it would begin to count",
        bench.timersMade.get() == 0,
        "the constructor has made one");
    var start = ServiceStarts.call(trial, bench.service, "starter");
    trial.settle();
    trial.expectThat(
        "start has returned", start.isDone(), "start is still waiting, in its caller's thread");
    trial.expectReturn("start returns normally", start);
  }

  static void twice(Trial trial, TimedServiceContract contract) {
    trial.setUp("start, start again, one tick");
    var runs = new AtomicInteger();
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  trial.note("work");
                  runs.incrementAndGet();
                })
            .start();
    ServiceStarts.second(trial, bench.service);
    bench.tick();
    trial.expectThat(
        "the work ran once for one tick",
        runs.get() == 1,
        "it ran " + Iterations.times(runs.get()));
    trial.expectThat(
        "one timer was made",
        bench.timersMade.get() == 1,
        bench.timersMade.get() + " timers were made");
    trial.note("stop");
    trial.expectReturn("stop returns", bench.stop());
    ServiceStarts.second(trial, bench.service);
    ServiceRaces.twoStarts(trial, contract);
  }
}
