package workbook.contracts.cleanup;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Trial;
import workbook.cleanup.Resolver;
import workbook.contracts.cleanup.ContainerBench.Another;
import workbook.contracts.cleanup.ContainerBench.AuditLog;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Greeting;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Part;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.contracts.cleanup.ContainerBench.Reports;

/** Who gets which object, and when it is made. */
final class Lifetimes {

  private Lifetimes() {}

  static void oneForEachScope(Trial trial, SmallContainerContract page) {
    trial.setUp("a scoped Connection; two scopes, each asked for it twice");
    var bench = page.bench(trial).scoped(Greeting.class, _ -> new Greeting("never asked for"));
    bench.scoped(Connection.class, _ -> bench.made(new Connection()));
    var container = bench.build();
    var one = bench.open(container);
    var other = bench.open(container);
    bench.expectDone("nothing is made before it is asked for");
    var first = bench.get(one, Connection.class);
    bench.expectDone("the first scope makes one", "make Connection");
    trial.subject(one);
    trial.lookAt("get");
    trial.expectThat(
        "the first scope gives the same object again",
        bench.get(one, Connection.class) == first,
        "another object");
    trial.subject(container);
    trial.lookAt();
    var second = bench.get(other, Connection.class);
    trial.expectThat("the other scope gives another object", second != first, "the same object");
    bench.expectDone("the other scope makes one", "make Connection");
    trial.expectThat(
        "the first scope still gives its own",
        bench.get(one, Connection.class) == first,
        "the other scope's object");
  }

  static void singletons(Trial trial, SmallContainerContract page) {
    trial.setUp("singletons Mailer, which needs the Pool, Pool, and Reports; two scopes");
    var bench = page.bench(trial);
    bench
        .singleton(
            Mailer.class,
            services -> {
              services.get(Pool.class);
              return bench.made(new Mailer());
            })
        .singleton(Pool.class, _ -> bench.made(new Pool()))
        .singleton(Reports.class, _ -> bench.made(new Reports()));
    var container = bench.build();
    bench.expectDone(
        "all are made when the container is built, in the order of the list, the Pool before the"
            + " Mailer that needs it",
        "make Pool",
        "make Mailer",
        "make Reports");
    var one = bench.open(container);
    var pool = bench.get(one, Pool.class);
    bench.close(one, "scope");
    trial.subject(one);
    trial.lookAt("get");
    bench.expectDone("closing a scope closes no singleton");
    var other = bench.open(container);
    trial.expectThat(
        "all scopes give the same Pool", bench.get(other, Pool.class) == pool, "another Pool");
    bench.close(other, "scope");
    bench.expectDone("no singleton is made again or closed");
  }

  static void needsComeFromTheSameScope(Trial trial, SmallContainerContract page) {
    trial.setUp("a scoped Page and AuditLog, which both ask for the Connection and the Pool");
    record Seen(Connection connection, Pool pool) {}
    var seen = new ArrayList<Seen>();
    var bench = page.bench(trial).singleton(Pool.class, _ -> new Pool());
    bench.scoped(Connection.class, _ -> bench.made(new Connection()));
    bench.scoped(
        Page.class,
        services -> {
          seen.add(new Seen(services.get(Connection.class), services.get(Pool.class)));
          return new Page();
        });
    bench.scoped(
        AuditLog.class,
        services -> {
          seen.add(new Seen(services.get(Connection.class), services.get(Pool.class)));
          return new AuditLog();
        });
    var container = bench.build();
    for (var _ : List.of("first scope", "second scope")) {
      var scope = container.createScope();
      bench.get(scope, Page.class);
      bench.get(scope, AuditLog.class);
      var own = new Seen(bench.get(scope, Connection.class), bench.get(scope, Pool.class));
      trial.expectThat(
          "both factories get the Connection and the Pool that their scope gives",
          seen.stream().allMatch(own::equals),
          "they get other objects");
      bench.expectDone("each scope makes one Connection", "make Connection");
      seen.clear();
    }
    laterQuestions(trial, page);
  }

  private static void laterQuestions(Trial trial, SmallContainerContract page) {
    trial.setUp(
        "a scoped Page keeps its resolver, and asks later for itself and for an AuditLog, which"
            + " needs the Page");
    var bench = page.bench(trial);
    var kept = new AtomicReference<Resolver>();
    var seen = new AtomicReference<Page>();
    bench
        .scoped(
            Page.class,
            services -> {
              kept.set(services);
              return new Page();
            })
        .scoped(
            AuditLog.class,
            services -> {
              seen.set(services.get(Page.class));
              return new AuditLog();
            });
    var scope = bench.open(bench.build());
    var itself = bench.get(scope, Page.class);
    trial.expectThat(
        "it gets itself",
        trial.expectReturn("it gets itself", () -> kept.get().get(Page.class)) == itself,
        "another Page");
    var log = trial.expectReturn("it gets the AuditLog", () -> kept.get().get(AuditLog.class));
    trial.expectThat("the AuditLog got this Page", seen.get() == itself, "another Page");
    trial.expectThat(
        "it is the AuditLog that the scope gives",
        bench.get(scope, AuditLog.class) == log,
        "another AuditLog");
    bench.close(scope, "scope");
    trial.subject(scope);
    trial.lookAt("get");
    trial.expectThrow(
        "a resolver that was kept is refused when the scope is closed",
        () -> kept.get().get(AuditLog.class),
        IllegalStateException.class);
  }

  /** A type is a name, and not a question of what something is. */
  static void exactlyThatType(Trial trial, SmallContainerContract page) {
    trial.setUp(
        "scoped: under Connection a Connection, under Part a Mailer; a Part is what they both are");
    var bench = page.bench(trial).scoped(Connection.class, _ -> new Connection());
    bench.scoped(Part.class, _ -> bench.made(new Mailer()));
    var scope = bench.open(bench.build());
    var connection = bench.get(scope, Connection.class);
    var part = bench.get(scope, Part.class);
    trial.expectThat(
        "asked for the Part, it gives the Mailer",
        part instanceof Mailer,
        "a " + part.getClass().getSimpleName());
    trial.expectThat(
        "it gives the same Mailer again", bench.get(scope, Part.class) == part, "another object");
    trial.expectThat(
        "asked for the Connection again, it gives the same one",
        bench.get(scope, Connection.class) == connection,
        "another object");
    bench.expectDone("one Mailer is made", "make Mailer");
    trial.expectRefused(
        "a type under which nothing is registered, though there is a Mailer,",
        () -> scope.get(Mailer.class),
        "Mailer");
    trial.expectRefused(
        "a type of which there are many, but under which nothing is registered,",
        () -> scope.get(AutoCloseable.class),
        "AutoCloseable");
    trial.setUp("scoped: two types that are both called Page, each in a place of its own");
    var namesakes = page.bench(trial).scoped(Page.class, _ -> new Page());
    namesakes.scoped(Another.Page.class, _ -> new Another.Page());
    var both = namesakes.open(namesakes.build());
    namesakes.get(both, Page.class);
    namesakes.get(both, Another.Page.class);
  }
}
