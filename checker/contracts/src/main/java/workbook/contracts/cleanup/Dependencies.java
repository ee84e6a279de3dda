package workbook.contracts.cleanup;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Trial;
import workbook.cleanup.Resolver;
import workbook.contracts.cleanup.ContainerBench.AuditLog;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.contracts.cleanup.ContainerBench.Reports;

/** What a service may ask for: not what lives shorter than itself, and not itself. */
final class Dependencies {

  private Dependencies() {}

  static void captiveDependency(Trial trial, SmallContainerContract page) {
    trial.setUp(
        "a singleton Reports asks for the singleton Mailer, which asks for the scoped Connection");
    var bench = page.bench(trial);
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
    trial.lookAt("<init>");
    bench.expectDone(
        "what had been made is closed again, in reverse order",
        "make Pool",
        "make Page",
        "close Page",
        "close Pool");
  }

  /** A singleton that waits until nobody looks is refused as well. */
  static void lateQuestion(Trial trial, SmallContainerContract page) {
    trial.setUp("a singleton Mailer keeps its resolver and asks it once the container is built");
    var kept = new AtomicReference<Resolver>();
    var bench = page.bench(trial);
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
    trial.subject(scope);
    trial.lookAt("get");
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

  static void cycle(Trial trial, SmallContainerContract page) {
    trial.setUp(
        "scoped: a Page needs the AuditLog, which needs the Connection, which needs the Page");
    var bench = page.bench(trial);
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
    trial.setUp(
        "scoped: a Page needs the AuditLog, which needs the Connection, which needs the AuditLog");
    var inner = page.bench(trial);
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
    trial.setUp("singletons: the Pool needs the Mailer, which needs the Pool");
    var second = page.bench(trial);
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
}
