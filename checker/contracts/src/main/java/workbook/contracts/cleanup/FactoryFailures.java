package workbook.contracts.cleanup;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.function.Executable;
import workbook.checker.Trial;
import workbook.contracts.cleanup.ContainerBench.AuditLog;
import workbook.contracts.cleanup.ContainerBench.Connection;
import workbook.contracts.cleanup.ContainerBench.Mailer;
import workbook.contracts.cleanup.ContainerBench.Page;
import workbook.contracts.cleanup.ContainerBench.Pool;
import workbook.contracts.cleanup.ContainerBench.Reports;

/** A factory that throws, or makes nothing. */
final class FactoryFailures {

  private FactoryFailures() {}

  static void factoryFails(Trial trial, SmallContainerContract page) {
    trial.setUp("a scoped AuditLog whose factory asks for the Connection and fails; then it works");
    var failure = new IOException("no route to the database");
    var works = new AtomicBoolean();
    var unchecked = new UnsupportedOperationException("no driver");
    var bench = page.bench(trial).scoped(Page.class, _ -> Trial.<Page>noValue());
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
    bench.expectDone("the Connection that the factory asked for is kept", "make Connection");
    expectFailure(
        trial,
        () -> scope.get(Mailer.class),
        "get throws for an unchecked exception, too",
        "Mailer",
        unchecked);
    var none =
        trial.expectThrow(
            "a factory that returns null is refused",
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
    trial.lookAt("<init>");
    var second = page.bench(trial);
    second
        .singleton(Pool.class, _ -> second.made(new Pool()))
        .singleton(
            Reports.class,
            _ ->
                second.made(
                    new Reports(), ContainerBench.failing(new IOException("reports: disk full"))))
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
    errors(trial, page);
  }

  /** A class that is missing shows when it is first needed, which is in a factory. */
  private static void errors(Trial trial, SmallContainerContract page) {
    var error = new NoClassDefFoundError("org/postgresql/Driver");
    var works = new AtomicBoolean();
    trial.setUp("a scoped AuditLog whose factory throws an Error; then it works");
    var bench = page.bench(trial);
    bench.scoped(
        AuditLog.class,
        _ -> {
          if (!works.get()) {
            throw error;
          }
          return bench.made(new AuditLog());
        });
    var scope = bench.open(bench.build());
    expectError(trial, () -> scope.get(AuditLog.class), "get throws the Error", error);
    works.set(true);
    bench.get(scope, AuditLog.class);
    bench.close(scope, "scope");
    bench.expectDone("the next attempt is a new one", "make AuditLog", "close AuditLog");
    trial.setUp("singletons Pool and Mailer; the Mailer's factory throws an Error");
    var second = page.bench(trial);
    second
        .singleton(Pool.class, _ -> second.made(new Pool()))
        .singleton(
            Mailer.class,
            _ -> {
              throw error;
            });
    expectError(trial, second::create, "the container is not built", error);
    trial.lookAt("<init>");
    second.expectDone("what had been made is closed again", "make Pool", "close Pool");
  }

  private static void expectError(Trial trial, Executable call, String expected, Error error) {
    var thrown = trial.expectThrow(expected, call, Throwable.class);
    trial.expectThat(
        "the Error itself is thrown, or is the cause",
        ContainerBench.causes(thrown).anyMatch(e -> e == error),
        ContainerBench.said(thrown));
  }

  private static void expectFailure(
      Trial trial, Executable call, String expected, String type, Exception failure) {
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
