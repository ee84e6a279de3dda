package workbook.contracts.cleanup;

import java.util.ArrayList;
import workbook.checker.Trial;
import workbook.cleanup.Registration;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.contracts.cleanup.ContainerBench.Reports;

/** Arguments that a container refuses. */
final class ContainerArguments {

  private ContainerArguments() {}

  static void arguments(Trial trial, SmallContainerContract page) {
    trial.setUp("a list with the Pool twice; a scope that is asked for a type that is not there");
    var twice = page.bench(trial);
    twice
        .singleton(Pool.class, _ -> twice.made(new Pool()))
        .scoped(Pool.class, _ -> twice.made(new Pool()));
    trial.expectRefused("a type that is registered twice", twice::create, "Pool");
    twice.expectDone("nothing is made of a list that is refused");
    var bench = page.bench(trial).chain();
    var scope = bench.open(bench.build());
    bench.expectDone("a list that is right is taken", "make Pool");
    trial.expectRefused("a type that is not registered", () -> scope.get(Reports.class), "Reports");
    trial.expectRefused("a type of null", () -> scope.get(Trial.noValue()), "type");
    trial.expectRefused("a list of null", () -> page.create(Trial.noValue()), "registrations");
    var holed = new ArrayList<Registration<?>>();
    holed.add(Trial.noValue());
    trial.expectRefused("a list with null in it", () -> page.create(holed), "registration");
  }
}
