package workbook.contracts.cleanup;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.cleanup.Resolver;
import workbook.contracts.cleanup.ContainerBench.AuditLog;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.contracts.cleanup.ContainerBench.Reports;

/** The rules of what a container refuses when it is built, and later. */
abstract class ContainerBuildRules extends ScopeRules {

  /** A contract is stateless. */
  ContainerBuildRules() {}

  /** What lives long must not hold what lives short. */
  @Rule(
      number = "3.8",
      says =
          "A singleton that asks for a scoped service MUST be refused when the container is built,"
              + " with the chain named, and what was made MUST be closed.",
      check =
          "which resolver a singleton's factory gets: not that of a scope; that those which are"
              + " being made are remembered, each asking for the next; that the constructor closes"
              + " what it has made when it fails",
      lookAt = "<init>")
  void captiveDependency(Trial trial) {
    trial.setUp(
        "a singleton Reports asks for the singleton Mailer, that for the scoped Connection");
    var bench = bench(trial);
    bench
        .singleton(Pool.class, _ -> bench.made(new Pool()))
        .singleton(Page.class, _ -> bench.made(new Page()))
        .singleton(
            Reports.class,
            services -> {
              services.get(Mailer.class);
              return bench.made(new Reports());
            })
        .singleton(
            Mailer.class,
            services -> {
              services.get(Connection.class);
              return bench.made(new Mailer());
            })
        .scoped(Connection.class, _ -> bench.made(new Connection()));
    var thrown = bench.expectNotBuilt("the container is not built", IllegalStateException.class);
    bench.expectChain(thrown, List.of("Pool", "Page"), "Reports", "Mailer", "Connection");
    bench.expectDone(
        "what had been made is closed again, in reverse order",
        "make Pool",
        "make Page",
        "close Page",
        "close Pool");
  }

  /** A singleton that waits until nobody looks is refused as well. */
  @Rule(
      number = "3.9",
      says =
          "A singleton that keeps its resolver MUST be refused scoped services later, too, and MUST"
              + " be given singletons.",
      check =
          "what the resolver of a singleton's factory does later: it gives singletons, and no"
              + " scoped service, for ever",
      lookAt = "<init>")
  void lateQuestion(Trial trial) {
    trial.setUp("a singleton Mailer keeps its resolver and asks when the container is built");
    var kept = new AtomicReference<Resolver>();
    var bench = bench(trial);
    bench
        .singleton(
            Mailer.class,
            services -> {
              kept.set(services);
              return bench.made(new Mailer());
            })
        .singleton(Pool.class, _ -> bench.made(new Pool()))
        .scoped(Connection.class, _ -> bench.made(new Connection()));
    var scope = bench.open(bench.build());
    bench.get(scope, Connection.class);
    bench.expectDone("all are made", "make Mailer", "make Pool", "make Connection");
    trial.expectThrow(
        "asking for the Connection later is refused",
        () -> kept.get().get(Connection.class),
        IllegalStateException.class);
    bench.expectDone("no further Connection is made");
    trial.expectThat(
        "asking for the Pool later gives it",
        trial.expectReturn("the Pool is given", () -> kept.get().get(Pool.class))
            == bench.get(scope, Pool.class),
        "another Pool");
  }

  /** A service that would need itself is told so. */
  @Rule(
      number = "3.10",
      says =
          "A service that needs itself MUST be refused with the chain named: a singleton when the"
              + " container is built, a scoped one by get.",
      check =
          "that a type which is being made is remembered until its factory has returned, and looked"
              + " for when it is asked for",
      lookAt = "createScope")
  void cycle(Trial trial) {
    trial.setUp("scoped: a Page needs the AuditLog, that the Connection, and that the Page");
    var bench = bench(trial);
    bench
        .scoped(Page.class, services -> needs(bench, services, AuditLog.class, new Page()))
        .scoped(
            AuditLog.class, services -> needs(bench, services, Connection.class, new AuditLog()))
        .scoped(Connection.class, services -> needs(bench, services, Page.class, new Connection()))
        .scoped(Reports.class, _ -> bench.made(new Reports()));
    var scope = bench.open(bench.build());
    var thrown =
        trial.expectThrow(
            "get is refused", () -> scope.get(Page.class), IllegalStateException.class);
    bench.expectChain(thrown, "Page", "AuditLog", "Connection", "Page");
    bench.expectDone(
        "no factory is called while it is running",
        "begin Page",
        "begin AuditLog",
        "begin Connection");
    bench.get(scope, Reports.class);
    trial.setUp("scoped: a Page needs the AuditLog, that the Connection, and that the AuditLog");
    var inner = bench(trial);
    inner
        .scoped(Page.class, services -> needs(inner, services, AuditLog.class, new Page()))
        .scoped(
            AuditLog.class, services -> needs(inner, services, Connection.class, new AuditLog()))
        .scoped(
            Connection.class, services -> needs(inner, services, AuditLog.class, new Connection()));
    var another = inner.open(inner.build());
    inner.expectChain(
        trial.expectThrow(
            "get is refused", () -> another.get(Page.class), IllegalStateException.class),
        "Page",
        "AuditLog",
        "Connection",
        "AuditLog");
    inner.expectDone(
        "no factory is called while it is running",
        "begin Page",
        "begin AuditLog",
        "begin Connection");
    trial.setUp("singletons: the Pool needs the Mailer, and that the Pool");
    var second = bench(trial);
    second
        .singleton(Pool.class, services -> needs(second, services, Mailer.class, new Pool()))
        .singleton(Mailer.class, services -> needs(second, services, Pool.class, new Mailer()));
    var notBuilt = second.expectNotBuilt("the container is not built", IllegalStateException.class);
    second.expectChain(notBuilt, "Pool", "Mailer", "Pool");
  }

  private static <T> T needs(ContainerBench bench, Resolver services, Class<?> type, T service) {
    bench.did("begin " + service.getClass().getSimpleName());
    services.get(type);
    return service;
  }

  /** A factory that fails leaves nothing behind. */
  @Rule(
      number = "3.11",
      says =
          "A factory that throws or gives null MUST be reported with its type and the cause, and"
              + " MUST leave nothing behind.",
      check =
          "that the cause is attached and the type named; that what was not made is not remembered,"
              + " neither as made nor as being made; that null is refused",
      lookAt = "createScope")
  void factoryFails(Trial trial) {
    trial.setUp("a scoped AuditLog whose factory asks for the Connection and fails; then it works");
    var failure = new IOException("no route to the database");
    var works = new AtomicBoolean();
    var unchecked = new UnsupportedOperationException("no driver");
    var bench = bench(trial).scoped(Page.class, _ -> Trial.<Page>noValue());
    bench
        .scoped(
            Mailer.class,
            _ -> {
              throw unchecked;
            })
        .scoped(Connection.class, _ -> bench.made(new Connection()))
        .scoped(
            AuditLog.class,
            services -> {
              services.get(Connection.class);
              if (!works.get()) {
                throw failure;
              }
              return bench.made(new AuditLog());
            });
    var scope = bench.open(bench.build());
    expectFailure(trial, () -> scope.get(AuditLog.class), "get throws", "AuditLog", failure);
    bench.expectDone("what the factory had asked for stays", "make Connection");
    expectFailure(
        trial,
        () -> scope.get(Mailer.class),
        "get throws, when the exception is an unchecked one, too,",
        "Mailer",
        unchecked);
    var none =
        trial.expectThrow(
            "a factory that gives null is refused",
            () -> scope.get(Page.class),
            IllegalStateException.class);
    bench.expectChain(none, "Page");
    works.set(true);
    bench.get(scope, AuditLog.class);
    bench.close(scope, "scope");
    bench.expectDone(
        "the next attempt is a new one", "make AuditLog", "close AuditLog", "close Connection");

    trial.setUp(
        "singletons Pool, Reports and Mailer; the last one's factory fails, and so does a"
            + " close");
    var second = bench(trial);
    second
        .singleton(Pool.class, _ -> second.made(new Pool()))
        .singleton(
            Reports.class,
            _ -> second.made(new Reports(), failing(new IOException("reports: disk full"))))
        .singleton(
            Mailer.class,
            _ -> {
              throw failure;
            });
    expectFailure(trial, second::create, "the container is not built", "Mailer", failure);
    second.expectDone(
        "what had been made is closed again, in reverse order",
        "make Pool",
        "make Reports",
        "close Reports",
        "close Pool");
  }

  private static void expectFailure(
      Trial trial,
      org.junit.jupiter.api.function.Executable call,
      String expected,
      String type,
      Exception failure) {
    var thrown = trial.expectThrow(expected, call, IllegalStateException.class);
    trial.expectThat(
        "the message names the type, " + type,
        ContainerBench.causes(thrown).anyMatch(e -> String.valueOf(e.getMessage()).contains(type)),
        ContainerBench.said(thrown));
    trial.expectThat(
        "what the factory threw is its cause, or a cause of that",
        ContainerBench.causes(thrown).anyMatch(e -> e == failure),
        ContainerBench.said(thrown));
  }
}
