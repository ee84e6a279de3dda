package workbook.contracts.cleanup;

import java.util.List;
import workbook.checker.Gate;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.contracts.cleanup.ContainerBench.AuditLog;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Greeting;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;

/** The rules of how a scope is closed, and of scopes side by side. */
abstract class ScopeRules extends ScopeLifeRules {

  /** For the subclasses in this package. */
  ScopeRules() {}

  /** The last one made is the first one closed. */
  @Rule(
      number = "3.4",
      says =
          "Closing a scope MUST close what it has made, and nothing else, in the reverse order in"
              + " which it was made.",
      check =
          "that a service is noted down when its factory has returned, not when it is asked for;"
              + " the direction of the loop; that only what this scope has made is closed",
      lookAt = "createScope")
  void closesInReverse(Trial trial) {
    trial.setUp(
        "a Page needs an AuditLog, which needs a Connection; a scope is asked for the Page");
    var bench = chain(trial);
    var container = bench.build();
    var another = bench.open(container);
    bench.get(another, Page.class);
    var scope = bench.open(container);
    bench.get(scope, Page.class);
    bench.expectDone(
        "what is needed is made first",
        "make Pool",
        "make Connection",
        "make AuditLog",
        "make Page",
        "make Connection",
        "make AuditLog",
        "make Page");
    bench.close(scope, "scope");
    bench.expectDone(
        "none is closed before those that were built upon it",
        "close Page",
        "close AuditLog",
        "close Connection");
    trial.setUp("a scope that has made one service of three, which cannot be closed, is closed");
    var greeted = bench(trial).scoped(Greeting.class, _ -> new Greeting("hello"));
    var small = greeted.open(greeted.build());
    greeted.get(small, Greeting.class);
    greeted.close(small, "scope");
    bench.expectDone("nothing that was not made, and nothing of another scope's, is closed");
    trial.setUp("a scope has made two services that are equal to each other");
    var closed = new java.util.concurrent.atomic.AtomicInteger();
    var equals = bench(trial);
    equals
        .scoped(Runnable.class, _ -> new Equal(closed))
        .scoped(Equal.class, _ -> new Equal(closed));
    var twice = equals.open(equals.build());
    equals.get(twice, Runnable.class);
    equals.get(twice, Equal.class);
    equals.close(twice, "scope");
    trial.expect("both are closed", closed.get(), 2);
  }

  /** Two of these are equal when they count with the same counter. */
  private record Equal(java.util.concurrent.atomic.AtomicInteger closed)
      implements Runnable, AutoCloseable {

    @Override
    public void run() {
      // It is only there to be closed.
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  /** One that fails to close does not keep the others open. */
  @Rule(
      number = "3.5",
      says =
          "When a close fails, all others MUST still be closed, and close MUST throw, with the"
              + " first failure as cause and the later ones suppressed.",
      check =
          "that the exception is caught around one close, inside the loop, checked ones too; that"
              + " the first is kept as the cause and the others with addSuppressed",
      lookAt = "createScope")
  void closeFails(Trial trial) {
    trial.setUp(
        "a scope with a Connection, an AuditLog, a Mailer and a Page; all but the AuditLog fail");
    var first = new java.io.IOException("page: disk full");
    var second = new java.io.IOException("mailer: no network");
    var later = new IllegalArgumentException("connection: broken");
    var bench = bench(trial);
    bench
        .scoped(Connection.class, _ -> bench.made(new Connection(), failing(later)))
        .scoped(AuditLog.class, _ -> bench.made(new AuditLog()))
        .scoped(Mailer.class, _ -> bench.made(new Mailer(), failing(second)))
        .scoped(Page.class, _ -> bench.made(new Page(), failing(first)));
    var scope = bench.open(bench.build());
    List.of(Connection.class, AuditLog.class, Mailer.class, Page.class)
        .forEach(type -> bench.get(scope, type));
    bench.expectDone(
        "all are made", "make Connection", "make AuditLog", "make Mailer", "make Page");
    var thrown = trial.expectThrow("close throws", scope::close, IllegalStateException.class);
    bench.expectDone(
        "all four are closed", "close Page", "close Mailer", "close AuditLog", "close Connection");
    expectFailures(trial, thrown, first, second, later);
    bench.close(scope, "scope, a second time,");
    bench.expectDone("a second close closes nothing again");
  }

  static java.util.concurrent.Callable<Object> failing(Exception failure) {
    return () -> {
      throw failure;
    };
  }

  static void expectFailures(Trial trial, Throwable thrown, Exception first, Exception... later) {
    var cause = thrown.getCause();
    trial.expectThat(
        "the first failure is the cause",
        cause == first,
        cause == null ? "there is no cause" : Trial.describe(cause));
    var suppressed = new java.util.ArrayList<>(List.of(thrown.getSuppressed()));
    suppressed.addAll(List.of(first.getSuppressed()));
    trial.expect("all later failures are suppressed in it", suppressed, List.of(later));
  }

  /** Closed is closed. */
  @Rule(
      number = "3.6",
      says =
          "A second close MUST do nothing, and get MUST be refused with IllegalStateException from"
              + " the beginning of close on.",
      check =
          "that close looks whether it was called before; that it says so before it closes"
              + " anything; that get looks first",
      lookAt = "createScope")
  void afterClose(Trial trial) {
    trial.setUp("a scope with a Connection is closed twice, then asked for it and for others");
    var bench = chain(trial);
    var refused = new java.util.ArrayList<String>();
    var self = new java.util.concurrent.atomic.AtomicReference<workbook.hosting.ServiceScope>();
    bench.scoped(
        Mailer.class,
        _ ->
            bench.made(
                new Mailer(),
                () -> {
                  try {
                    self.get().get(Connection.class);
                    return refused.add("it was given one");
                  } catch (IllegalStateException e) {
                    return refused.add("refused");
                  }
                }));
    var container = bench.build();
    var scope = container.createScope();
    self.set(scope);
    bench.get(scope, Mailer.class);
    bench.close(scope, "scope");
    bench.expectDone("it is closed", "make Pool", "make Mailer", "close Mailer");
    trial.expect(
        "what asks for a new Connection while the scope closes is refused",
        refused,
        List.of("refused"));
    bench.close(scope, "scope, a second time,");
    bench.expectDone("a second close does nothing");
    for (var type : List.of(Mailer.class, AuditLog.class, Pool.class)) {
      trial.expectThrow(
          "after close, get is refused, for the " + type.getSimpleName(),
          () -> scope.get(type),
          IllegalStateException.class);
    }
    bench.expectDone("nothing is made");
    bench.get(bench.open(container), Connection.class);
  }

  /** Scopes are independent, and not bound to a thread. */
  @Rule(
      number = "3.7",
      says =
          "A scope MUST work from one thread after another, and scopes MUST NOT wait for each"
              + " other.",
      check = "thread locals; locks that are held while a factory runs",
      lookAt = "createScope")
  void threads(Trial trial) {
    trial.setUp(
        "one thread's Connection is being made, which takes long; another thread uses a scope of"
            + " its own, which a third then goes on with");
    var gate = trial.gate();
    var slow = new java.util.concurrent.atomic.AtomicBoolean(true);
    var bench = bench(trial);
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
    record Opened(workbook.hosting.ServiceScope scope, Connection connection) {}
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
    slowClose(trial);
  }

  private void slowClose(Trial trial) {
    trial.setUp("a scope's Connection takes long to close; another thread uses another scope");
    var gate = trial.gate();
    var bench = bench(trial);
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

  private static java.util.concurrent.Callable<Object> closing(Gate gate) {
    return () -> {
      gate.pass();
      return "closed";
    };
  }
}
