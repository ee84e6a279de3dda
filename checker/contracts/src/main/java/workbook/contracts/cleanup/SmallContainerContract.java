package workbook.contracts.cleanup;

import java.io.IOException;
import java.util.ArrayList;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.cleanup.Registration;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.contracts.cleanup.ContainerBench.Reports;

/**
 * The rules of a container and its scopes: here what it does with interrupts, how it is closed, and
 * what cannot be registered.
 */
@Tag("step-1")
@Step(module = WorkbookModule.CLEANUP, number = 1, type = "SmallContainer")
public abstract class SmallContainerContract extends ContainerBuildRules {

  /** A contract is stateless. */
  protected SmallContainerContract() {}

  /** An interrupt is not lost in a wrapper. */
  @Rule(
      number = "3.12",
      says =
          "When a factory or a close throws InterruptedException, the interrupt flag MUST be set"
              + " again.",
      check =
          "where exceptions are caught and wrapped: an InterruptedException has cleared the flag",
      lookAt = "createScope")
  void interrupt(Trial trial) {
    var bench = bench(trial);
    bench
        .scoped(
            Connection.class,
            _ -> {
              throw new InterruptedException("while connecting");
            })
        .scoped(
            Page.class,
            _ -> bench.made(new Page(), failing(new InterruptedException("while closing"))));
    var scope = bench.open(bench.build());
    bench.get(scope, Page.class);
    trial.setUp("a factory throws InterruptedException");
    expectFlag(trial, () -> scope.get(Connection.class), "get throws");
    trial.setUp("a service's close throws InterruptedException");
    expectFlag(trial, scope::close, "close throws");
    trial.setUp("a singleton's factory throws InterruptedException");
    var notBuilt =
        bench(trial)
            .singleton(
                Pool.class,
                _ -> {
                  throw new InterruptedException("while opening the pool");
                });
    expectFlag(trial, notBuilt::create, "the container is not built");
    trial.setUp("a singleton's close throws InterruptedException");
    var second = bench(trial);
    second.singleton(
        Pool.class, _ -> second.made(new Pool(), failing(new InterruptedException("closing"))));
    expectFlag(trial, second.build()::close, "close of the container throws");
  }

  private static void expectFlag(
      Trial trial, org.junit.jupiter.api.function.Executable call, String expected) {
    boolean interrupted = false;
    try {
      trial.expectThrow(expected, call, IllegalStateException.class);
    } finally {
      interrupted = Thread.interrupted(); // cleared, whatever comes
    }
    trial.expectThat(
        expected + ", and the thread's interrupt flag is set", interrupted, "it is not set");
  }

  /** The container ends as its scopes do. */
  @Rule(
      number = "3.13",
      says =
          "Closing the container MUST close the singletons in reverse order, once, all of them, and"
              + " end createScope.",
      check =
          "that the container closes the singletons that it made, once, in reverse, all of them;"
              + " that it makes no scope afterwards",
      lookAt = "close")
  void closesSingletons(Trial trial) {
    trial.setUp("singletons Pool, Reports and Mailer; the first and the last fail to close");
    var first = new IOException("mailer: no network");
    var later = new IllegalArgumentException("pool: broken");
    var bench = bench(trial);
    bench
        .singleton(Pool.class, _ -> bench.made(new Pool(), failing(later)))
        .singleton(Reports.class, _ -> bench.made(new Reports()))
        .singleton(Mailer.class, _ -> bench.made(new Mailer(), failing(first)));
    var container = bench.build();
    bench.expectDone("all are made", "make Pool", "make Reports", "make Mailer");
    var thrown = trial.expectThrow("close throws", container::close, IllegalStateException.class);
    bench.expectDone("all are closed, in reverse", "close Mailer", "close Reports", "close Pool");
    expectFailures(trial, thrown, first, later);
    bench.close(container, "container, a second time,");
    bench.expectDone("a second close does nothing");
    trial.expectThrow(
        "createScope is refused after close", container::createScope, IllegalStateException.class);
  }

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "3.14",
      says =
          "A type that is registered twice or not at all, and null, MUST be refused with a message"
              + " that names it.",
      check = "that the list is looked through before anything is made; the messages",
      lookAt = "<init>")
  void arguments(Trial trial) {
    trial.setUp("a list with the Pool twice; a scope that is asked for a type that is not there");
    var twice = bench(trial);
    twice
        .singleton(Pool.class, _ -> twice.made(new Pool()))
        .scoped(Pool.class, _ -> twice.made(new Pool()));
    trial.expectRefused("a type that is registered twice", twice::create, "Pool");
    twice.expectDone("nothing is made of a list that is refused");
    var bench = chain(trial);
    var scope = bench.open(bench.build());
    bench.expectDone("a list that is right is taken", "make Pool");
    trial.expectRefused("a type that is not registered", () -> scope.get(Reports.class), "Reports");
    trial.expectRefused("a type of null", () -> scope.get(Trial.noValue()), "type");
    trial.expectRefused("a list of null", () -> create(Trial.noValue()), "registrations");
    var holed = new ArrayList<Registration<?>>();
    holed.add(Trial.noValue());
    trial.expectRefused("a list with null in it", () -> create(holed), "registration");
  }
}
