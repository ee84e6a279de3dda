package workbook.contracts.email;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import workbook.checker.Trial;
import workbook.email.EmailException;

/** The scope of an attempt. */
final class Scopes {

  private Scopes() {}

  static void ofEachAttempt(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 is sent; m2 gets 451 and is sent the second time; m3 gets 550; m4 a bug");
    var bench =
        contract.bench(
            trial,
            (message, attempt) -> {
              switch (ProcessingBench.name(message)) {
                case "m2" -> {
                  if (attempt == 1) {
                    throw ProcessingBench.notNow(SmtpBench.ANN);
                  }
                }
                case "m3" -> throw ProcessingBench.never(SmtpBench.ANN);
                case "m4" -> throw new IllegalStateException("a bug");
                default -> {}
              }
            });
    bench.start();
    for (var name : List.of("m1", "m2", "m3", "m4")) {
      bench.enqueue(name);
    }
    trial.advanceTo(1_000);
    trial.lookAt("EmailQueue.retry", "EmailException.retry", "execute");
    bench.expectTried("at 0 ms, then at 1 s", "m1", "m2", "m3", "m4", "m2");
    trial.lookAt();
    trial.expect(
        "a scope for each attempt, closed before the next",
        List.copyOf(bench.scopes),
        List.of(
            "open 1",
            "send m1 in 1",
            "close 1", //
            "open 2",
            "send m2 in 2",
            "close 2", //
            "open 3",
            "send m3 in 3",
            "close 3", //
            "open 4",
            "send m4 in 4",
            "close 4", //
            "open 5",
            "send m2 in 5",
            "close 5"));
    trial.setUp("a scope that knows no EmailService, for m5; then m6");
    var another = contract.bench(trial, (_, _) -> {}).withoutSender(1).start();
    another.enqueue("m5", "m6");
    another.expectEnds("then", List.of("m6"), List.of("m5 after 1"), List.of());
    trial.expect(
        "each scope is closed",
        List.copyOf(another.scopes),
        List.of("open 1", "close 1", "open 2", "send m6 in 2", "close 2"));
  }

  // What is cleaned up afterwards does not change what was done.
  static void cannotBeClosed(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("scopes that throw when they are closed; m1 is sent; m2 gets 550; m3 gets 451");
    var bench =
        contract
            .bench(
                trial,
                (message, attempt) -> {
                  if (ProcessingBench.name(message).equals("m2")) {
                    throw ProcessingBench.never(SmtpBench.ANN);
                  }
                  if (ProcessingBench.name(message).equals("m3") && attempt == 1) {
                    throw ProcessingBench.notNow(SmtpBench.ANN);
                  }
                })
            .failing(
                () -> {},
                () -> {
                  throw new UncheckedIOException(new IOException("cannot close"));
                },
                () -> {})
            .start();
    bench.enqueue("m1");
    trial.lookAt("ServiceScope.close", "execute");
    trial.expectThat(
        "a warning or an error is logged: the scope of m1, which was sent, could not be closed",
        !trial.log().at(Level.WARN).isEmpty(),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    bench.enqueue("m2", "m3");
    trial.advanceTo(60_000);
    trial.lookAt("createScope", "execute");
    bench.expectEnds("after a minute", List.of("m1", "m3"), List.of("m2 after 1"), List.of());
    trial.lookAt();
    trial.expectThat(
        "the cause of the dead letter is what send threw",
        bench.dead.getFirst().cause() instanceof EmailException,
        Trial.describe(bench.dead.getFirst().cause()));
  }
}
