package workbook.contracts.cleanup;

import java.util.List;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.cleanup.Registration;
import workbook.cleanup.ServiceContainer;
import workbook.contracts.cleanup.ContainerBench.AuditLog;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Greeting;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;

/** The rules of what a scope gives, and of how long it lives. */
abstract class ScopeLifeRules {

  /** For the subclasses in this package. */
  ScopeLifeRules() {}

  /**
   * Builds the container under test.
   *
   * @param registrations what it can make
   * @return a new container
   */
  protected abstract ServiceContainer create(List<Registration<?>> registrations);

  final ContainerBench bench(Trial trial) {
    return new ContainerBench(trial, this::create);
  }

  /** A pool, a connection of it in each scope, a log over that and a page that shows it. */
  final ContainerBench chain(Trial trial) {
    var bench = bench(trial);
    return bench
        .singleton(Pool.class, _ -> bench.made(new Pool()))
        .scoped(
            Page.class,
            services -> {
              services.get(AuditLog.class);
              services.get(Pool.class);
              return bench.made(new Page());
            })
        .scoped(
            AuditLog.class,
            services -> {
              services.get(Connection.class);
              return bench.made(new AuditLog());
            })
        .scoped(Connection.class, _ -> bench.made(new Connection()));
  }

  /** One object in a scope, another in the next. */
  @Rule(
      number = "3.1",
      says =
          "A scope MUST give the same object each time, made when first asked for; another scope"
              + " MUST give another.",
      check =
          "that a scope looks among what it has made before it makes anything; that it keeps what"
              + " it made in itself and not in the container; that nothing is made before somebody"
              + " asks for it",
      lookAt = "createScope")
  void oneForEachScope(Trial trial) {
    trial.setUp("a scoped Connection; two scopes, each asked for it twice");
    var bench = bench(trial).scoped(Greeting.class, _ -> new Greeting("never asked for"));
    bench.scoped(Connection.class, _ -> bench.made(new Connection()));
    var container = bench.build();
    var one = bench.open(container);
    var other = bench.open(container);
    bench.expectDone("nothing is made before it is asked for");
    var first = bench.get(one, Connection.class);
    bench.expectDone("the first scope makes one", "make Connection");
    trial.expectThat(
        "the first scope gives the same object again",
        bench.get(one, Connection.class) == first,
        "another object");
    var second = bench.get(other, Connection.class);
    trial.expectThat("the other scope gives another object", second != first, "the same object");
    bench.expectDone("the other scope makes one", "make Connection");
    trial.expectThat(
        "the first scope still gives its own",
        bench.get(one, Connection.class) == first,
        "the other scope's object");
  }

  /** A type is a name, and not a question of what something is. */
  @Rule(
      number = "3.39",
      says =
          "A type MUST give what was registered under it, and not something else that is of this"
              + " type, too.",
      check =
          "that registrations, and what has been made, are looked up by the type that was"
              + " registered; isInstance, isAssignableFrom and getClass ask something else",
      lookAt = "createScope")
  void exactlyThatType(Trial trial) {
    trial.setUp(
        "scoped: under Connection a Connection, under Part a Mailer; a Part is what they both are");
    var bench = bench(trial).scoped(Connection.class, _ -> new Connection());
    bench.scoped(ContainerBench.Part.class, _ -> bench.made(new Mailer()));
    var scope = bench.open(bench.build());
    var connection = bench.get(scope, Connection.class);
    var part = bench.get(scope, ContainerBench.Part.class);
    trial.expectThat(
        "asked for the Part, it gives the Mailer",
        part instanceof Mailer,
        "a " + part.getClass().getSimpleName());
    trial.expectThat(
        "it gives the same Mailer again",
        bench.get(scope, ContainerBench.Part.class) == part,
        "another object");
    trial.expectThat(
        "asked for the Connection, it gives the same again",
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
  }

  /** Singletons are made once, at once and in order, and a scope leaves them alone. */
  @Rule(
      number = "3.2",
      says =
          "Singletons MUST be made when the container is built, once and in order, and MUST NOT be"
              + " closed with a scope.",
      check =
          "that the constructor makes them, in the order of the list, one that is needed first;"
              + " that a scope hands a singleton on without remembering it as its own",
      lookAt = "<init>")
  void singletons(Trial trial) {
    trial.setUp("singletons Mailer, which needs the Pool, Pool, and Reports; two scopes");
    var bench = bench(trial);
    bench
        .singleton(
            Mailer.class,
            services -> {
              services.get(Pool.class);
              return bench.made(new Mailer());
            })
        .singleton(Pool.class, _ -> bench.made(new Pool()))
        .singleton(ContainerBench.Reports.class, _ -> bench.made(new ContainerBench.Reports()));
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
    bench.expectDone("closing a scope closes no singleton");
    var other = bench.open(container);
    trial.expectThat(
        "all scopes give the same Pool", bench.get(other, Pool.class) == pool, "another Pool");
    bench.close(other, "scope");
    bench.expectDone("no singleton is made again or closed");
  }

  /** A factory's questions are answered by its own scope. */
  @Rule(
      number = "3.3",
      says =
          "What a scoped service's factory asks for MUST come from the same scope, singletons"
              + " included.",
      check =
          "which resolver is handed to the factory; that what a factory asks for is kept like what"
              + " a caller asks for",
      lookAt = "createScope")
  void needsComeFromTheSameScope(Trial trial) {
    trial.setUp("a scoped Page and AuditLog, which both ask for the Connection and the Pool");
    record Seen(Connection connection, Pool pool) {}
    var seen = new java.util.ArrayList<Seen>();
    var bench = bench(trial).singleton(Pool.class, _ -> new Pool());
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
          "they get others");
      bench.expectDone("each scope makes one Connection", "make Connection");
      seen.clear();
    }
    laterQuestions(trial);
  }

  private void laterQuestions(Trial trial) {
    trial.setUp(
        "a scoped Page keeps its resolver, and asks later for itself and for an AuditLog, which"
            + " needs the Page");
    var bench = bench(trial);
    var kept = new java.util.concurrent.atomic.AtomicReference<workbook.cleanup.Resolver>();
    var seen = new java.util.concurrent.atomic.AtomicReference<Page>();
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
    var page = bench.get(scope, Page.class);
    trial.expectThat(
        "it gets itself",
        trial.expectReturn("it gets itself", () -> kept.get().get(Page.class)) == page,
        "another Page");
    var log = trial.expectReturn("it gets the AuditLog", () -> kept.get().get(AuditLog.class));
    trial.expectThat("the AuditLog got this Page", seen.get() == page, "another Page");
    trial.expectThat(
        "it is the AuditLog that the scope gives",
        bench.get(scope, AuditLog.class) == log,
        "another AuditLog");
    bench.close(scope, "scope");
    trial.expectThrow(
        "a resolver that was kept is refused when the scope is closed",
        () -> kept.get().get(AuditLog.class),
        IllegalStateException.class);
  }
}
