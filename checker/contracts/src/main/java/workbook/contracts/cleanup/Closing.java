package workbook.contracts.cleanup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Trial;
import workbook.contracts.cleanup.ContainerBench.AuditLog;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Greeting;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.contracts.cleanup.ContainerBench.Reports;
import workbook.hosting.ServiceScope;

/** What is closed, when, and in which order. */
final class Closing {

  private Closing() {}

  static void closesInReverse(Trial trial, SmallContainerContract page) {
    trial.setUp(
        "a Page needs an AuditLog, which needs a Connection; a scope is asked for the Page");
    var bench = page.bench(trial).chain();
    var container = bench.build();
    var another = bench.open(container);
    bench.get(another, Page.class);
    var scope = bench.open(container);
    bench.get(scope, Page.class);
    bench.expectDone(
        "what others need is made first",
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
    var greeted = page.bench(trial).scoped(Greeting.class, _ -> new Greeting("hello"));
    var small = greeted.open(greeted.build());
    greeted.get(small, Greeting.class);
    greeted.close(small, "scope");
    bench.expectDone("nothing else is closed: nothing that was not made, nothing of another scope");
    trial.setUp("a scope has made two services that are equal to each other");
    var closed = new AtomicInteger();
    var equals = page.bench(trial);
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
  private record Equal(AtomicInteger closed) implements Runnable, AutoCloseable {

    @Override
    public void run() {
      // It is only there to be closed.
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  static void closeFails(Trial trial, SmallContainerContract page) {
    trial.setUp(
        "a scope with a Connection, an AuditLog, a Mailer and a Page; all but the AuditLog fail");
    var first = new IOException("page: disk full");
    var second = new IOException("mailer: no network");
    var later = new IllegalArgumentException("connection: broken");
    var bench = page.bench(trial);
    bench
        .scoped(Connection.class, _ -> bench.made(new Connection(), ContainerBench.failing(later)))
        .scoped(AuditLog.class, _ -> bench.made(new AuditLog()))
        .scoped(Mailer.class, _ -> bench.made(new Mailer(), ContainerBench.failing(second)))
        .scoped(Page.class, _ -> bench.made(new Page(), ContainerBench.failing(first)));
    var scope = bench.open(bench.build());
    List.of(Connection.class, AuditLog.class, Mailer.class, Page.class)
        .forEach(type -> bench.get(scope, type));
    bench.expectDone(
        "all are made", "make Connection", "make AuditLog", "make Mailer", "make Page");
    trial.subject(scope);
    trial.lookAt("close");
    var thrown = trial.expectThrow("close throws", scope::close, IllegalStateException.class);
    trial.lookAt();
    bench.expectDone(
        "all four are closed", "close Page", "close Mailer", "close AuditLog", "close Connection");
    expectFailures(trial, thrown, first, second, later);
    bench.close(scope, "scope, a second time,");
    bench.expectDone("a second close closes nothing again");
    for (boolean singletons : List.of(false, true)) {
      var shared = new IOException("connection lost");
      othersAreClosed(trial, page, singletons, shared, shared);
      var missing = new NoClassDefFoundError("org/postgresql/Driver");
      othersAreClosed(trial, page, singletons, missing, new IOException("log: disk full"));
      var error = new AssertionError("invariant broken");
      othersAreClosed(trial, page, singletons, new IOException("mailer: no network"), error);
    }
  }

  /** Whatever fails, and however often the same does: the pool below it all is closed. */
  private static void othersAreClosed(
      Trial trial, SmallContainerContract page, boolean singletons, Throwable one, Throwable two) {
    trial.setUp(
        "a %s with a Pool, an AuditLog and a Mailer; the Mailer fails with %s, the AuditLog with %s"
            .formatted(
                singletons ? "container" : "scope",
                Trial.describe(one),
                one == two ? "the same object" : Trial.describe(two)));
    var bench = page.bench(trial);
    bench.add(singletons, Pool.class, _ -> bench.made(new Pool()));
    bench.add(
        singletons, AuditLog.class, _ -> bench.made(new AuditLog(), ContainerBench.failing(two)));
    bench.add(singletons, Mailer.class, _ -> bench.made(new Mailer(), ContainerBench.failing(one)));
    var container = bench.build();
    var scope = bench.open(container);
    List.of(Pool.class, AuditLog.class, Mailer.class).forEach(type -> bench.get(scope, type));
    bench.expectDone("all are made", "make Pool", "make AuditLog", "make Mailer");
    trial.subject(singletons ? container : scope);
    trial.lookAt("close");
    var thrown =
        trial.expectThrow(
            "close throws", singletons ? container::close : scope::close, Throwable.class);
    trial.lookAt();
    bench.expectDone("all three are closed", "close Mailer", "close AuditLog", "close Pool");
    trial.expectThat(
        "the first failure is the cause",
        thrown == one || (thrown instanceof IllegalStateException && thrown.getCause() == one),
        Trial.describe(thrown) + " was thrown, caused by " + Trial.describe(thrown.getCause()));
    var suppressed = new HashSet<>(Arrays.asList(thrown.getSuppressed()));
    suppressed.addAll(Arrays.asList(one.getSuppressed()));
    trial.expect(
        "the later failure is suppressed in it, if it is another",
        suppressed,
        one == two ? Set.of() : Set.of(two));
  }

  static void expectFailures(Trial trial, Throwable thrown, Exception first, Exception... later) {
    var cause = thrown.getCause();
    trial.lookAt("close");
    trial.expectThat("the first failure is the cause", cause != null, "there is no cause");
    trial.lookAt();
    trial.expectThat("the first failure is the cause", cause == first, Trial.describe(cause));
    var suppressed = new ArrayList<>(List.of(thrown.getSuppressed()));
    suppressed.addAll(List.of(first.getSuppressed()));
    trial.expect("all later failures are suppressed in it", suppressed, List.of(later));
  }

  static void afterClose(Trial trial, SmallContainerContract page) {
    trial.setUp("a scope with a Connection is closed twice, then asked for it and for others");
    var bench = page.bench(trial).chain();
    var refused = new ArrayList<String>();
    var self = new AtomicReference<ServiceScope>();
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
    trial.subject(scope);
    trial.lookAt("close");
    bench.close(scope, "scope");
    bench.expectDone("it is closed", "make Pool", "make Mailer", "close Mailer");
    trial.expect(
        "what asks for a new Connection while the scope closes is refused",
        refused,
        List.of("refused"));
    bench.close(scope, "scope, a second time,");
    bench.expectDone("a second close does nothing");
    trial.lookAt("get");
    for (var type : List.of(Mailer.class, AuditLog.class, Pool.class)) {
      trial.expectThrow(
          "after close, get is refused, for the " + type.getSimpleName(),
          () -> scope.get(type),
          IllegalStateException.class);
    }
    bench.expectDone("nothing is made");
    bench.get(bench.open(container), Connection.class);
    closedWithin(trial, page, false);
  }

  /** Whoever is closed may close the whole, as a connection that was the last of its pool. */
  private static void closedWithin(Trial trial, SmallContainerContract page, boolean singletons) {
    var name = singletons ? "container" : "scope";
    trial.setUp("a %s whose Mailer, when it is closed, closes the %s".formatted(name, name));
    var bench = page.bench(trial);
    var self = new AtomicReference<AutoCloseable>();
    var first = new AtomicBoolean(true); // or one that closes again and again never ends
    bench.add(singletons, Pool.class, _ -> bench.made(new Pool()));
    bench.add(
        singletons,
        Mailer.class,
        _ ->
            bench.made(
                new Mailer(),
                () -> {
                  if (first.getAndSet(false)) {
                    self.get().close();
                  }
                  return "closed";
                }));
    var container = bench.build();
    var scope = bench.open(container);
    self.set(singletons ? container : scope);
    bench.get(scope, Pool.class);
    bench.get(scope, Mailer.class);
    bench.expectDone("both are made", "make Pool", "make Mailer");
    bench.close(self.get(), name);
    bench.expectDone("each is closed once", "close Mailer", "close Pool");
  }

  static void closesSingletons(Trial trial, SmallContainerContract page) {
    trial.setUp("singletons Pool, Reports and Mailer; the first and the last fail to close");
    var first = new IOException("mailer: no network");
    var later = new IllegalArgumentException("pool: broken");
    var bench = page.bench(trial);
    bench
        .singleton(Pool.class, _ -> bench.made(new Pool(), ContainerBench.failing(later)))
        .singleton(Reports.class, _ -> bench.made(new Reports()))
        .singleton(Mailer.class, _ -> bench.made(new Mailer(), ContainerBench.failing(first)));
    var container = bench.build();
    bench.expectDone("all are made", "make Pool", "make Reports", "make Mailer");
    var thrown = trial.expectThrow("close throws", container::close, IllegalStateException.class);
    bench.expectDone("all are closed, in reverse", "close Mailer", "close Reports", "close Pool");
    expectFailures(trial, thrown, first, later);
    bench.close(container, "container, a second time,");
    bench.expectDone("a second close does nothing");
    trial.lookAt("createScope");
    trial.expectThrow(
        "createScope is refused after close", container::createScope, IllegalStateException.class);
    closedWithin(trial, page, true);
  }
}
