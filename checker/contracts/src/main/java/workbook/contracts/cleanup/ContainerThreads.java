package workbook.contracts.cleanup;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.hosting.ServiceScope;

/** A container that several threads use, and one that is interrupted. */
final class ContainerThreads {

  private ContainerThreads() {}

  static void threads(Trial trial, SmallContainerContract page) {
    trial.setUp(
        "one thread's Connection is being made, which takes long; another thread uses a scope of"
            + " its own, which a third then goes on with");
    var gate = trial.gate();
    var slow = new AtomicBoolean(true);
    var bench = page.bench(trial);
    bench.scoped(
        Connection.class,
        _ -> {
          if (slow.getAndSet(false)) {
            gate.pass();
          }
          return new Connection();
        });
    var container = bench.build();
    var first = trial.start("first", () -> container.createScope().get(Connection.class));
    trial.expectWaiting("the first thread's Connection is being made", first);
    record Opened(ServiceScope scope, Connection connection) {}
    var second =
        trial.start(
            "second",
            () -> {
              var scope = container.createScope();
              return new Opened(scope, scope.get(Connection.class));
            });
    var opened = trial.expectReturn("the second thread does not wait for the first", second);
    var third = trial.start("third", () -> opened.scope().get(Connection.class));
    trial.expectThat(
        "the third thread gets what its scope has made",
        trial.expectReturn("the third thread goes on with the scope", third) == opened.connection(),
        "another object");
    gate.open();
    trial.expectThat(
        "the first thread gets one of its own",
        trial.expectReturn("the first thread gets its Connection", first) != opened.connection(),
        "the second thread's");
    slowClose(trial, page);
  }

  private static void slowClose(Trial trial, SmallContainerContract page) {
    trial.setUp("a scope's Connection takes long to close; another thread uses another scope");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.scoped(Connection.class, _ -> bench.made(new Connection(), closing(gate)));
    bench.scoped(Mailer.class, _ -> bench.made(new Mailer()));
    var container = bench.build();
    var scope = bench.open(container);
    bench.get(scope, Connection.class);
    var first =
        trial.start(
            "first",
            () -> {
              scope.close();
              return "closed";
            });
    trial.expectWaiting("the first scope's Connection is being closed", first);
    var second =
        trial.start(
            "second",
            () -> {
              try (var another = container.createScope()) {
                return another.get(Mailer.class);
              }
            });
    trial.expectReturn("the second thread opens, uses and closes a scope meanwhile", second);
    gate.open();
    trial.expectReturn("the first scope is closed", first);
  }

  private static Callable<Object> closing(Gate gate) {
    return () -> {
      gate.pass();
      return "closed";
    };
  }

  /** A wrapper around an InterruptedException would lose the interrupt. */
  static void interrupt(Trial trial, SmallContainerContract page) {
    var bench = page.bench(trial);
    bench
        .scoped(
            Connection.class,
            _ -> {
              throw new InterruptedException("while connecting");
            })
        .scoped(
            Page.class,
            _ ->
                bench.made(
                    new Page(), ContainerBench.failing(new InterruptedException("while closing"))));
    var scope = bench.open(bench.build());
    bench.get(scope, Page.class);
    trial.setUp("a factory throws InterruptedException");
    expectFlag(trial, () -> scope.get(Connection.class), "get throws");
    trial.setUp("a service's close throws InterruptedException");
    expectFlag(trial, scope::close, "close throws");
    trial.setUp("one service's close throws IOException, the next one's InterruptedException");
    var later = page.bench(trial);
    later
        .scoped(
            Connection.class,
            _ ->
                later.made(
                    new Connection(), ContainerBench.failing(new InterruptedException("closing"))))
        .scoped(
            Mailer.class,
            _ -> later.made(new Mailer(), ContainerBench.failing(new IOException("no network"))));
    var both = later.open(later.build());
    later.get(both, Connection.class);
    later.get(both, Mailer.class);
    expectFlag(trial, both::close, "close throws");
    trial.setUp("a singleton's factory throws InterruptedException");
    var notBuilt =
        page.bench(trial)
            .singleton(
                Pool.class,
                _ -> {
                  throw new InterruptedException("while opening the pool");
                });
    trial.lookAt("Factory.create", "<init>");
    expectFlag(trial, notBuilt::create, "the container is not built");
    trial.setUp("a singleton's close throws InterruptedException");
    var second = page.bench(trial);
    second.singleton(
        Pool.class,
        _ -> second.made(new Pool(), ContainerBench.failing(new InterruptedException("closing"))));
    expectFlag(trial, second.build()::close, "close of the container throws");
  }

  private static void expectFlag(Trial trial, Executable call, String expected) {
    boolean interrupted = false;
    try {
      trial.expectThrow(expected, call, IllegalStateException.class);
    } finally {
      interrupted = Thread.interrupted(); // cleared, whatever comes
    }
    trial.expectThat(
        expected + ", and the thread's interrupt flag is set", interrupted, "it is not set");
  }
}
