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
    trial.setUp("a list that holds the Pool twice; a scope that is asked for an unregistered type");
    var twice = page.bench(trial);
    twice
        .singleton(Pool.class, _ -> twice.made(new Pool()))
        .scoped(Pool.class, _ -> twice.made(new Pool()));
    trial.expectRefused("a type that is registered twice", twice::create, "Pool");
    twice.expectDone("nothing is made from a refused list");
    var bench = page.bench(trial).chain();
    var container = bench.build();
    var scope = bench.open(container);
    bench.expectDone("a valid list is accepted", "make Pool");
    trial.subject(scope);
    trial.lookAt("get");
    trial.expectRefused("a type that is not registered", () -> scope.get(Reports.class), "Reports");
    trial.expectRefused("a null type", () -> scope.get(Trial.noValue()), "type");
    trial.subject(container);
    trial.lookAt();
    trial.expectRefused("a null list", () -> page.create(Trial.noValue()), "registrations");
    var holed = new ArrayList<Registration<?>>();
    holed.add(Trial.noValue());
    trial.expectRefused("a list with null in it", () -> page.create(holed), "registration");
  }
}
