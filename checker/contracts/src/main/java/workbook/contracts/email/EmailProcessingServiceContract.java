package workbook.contracts.email;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.HostedService;

/** The rules of a service that sends what is queued: here how it ends, and what it logs. */
@Tag("step-3")
@Step(module = WorkbookModule.EMAIL, number = 3, type = "EmailProcessingService")
public abstract class EmailProcessingServiceContract extends UnsentRules {

  /** A contract is stateless. */
  protected EmailProcessingServiceContract() {}

  /** The end is an end. */
  @Rule(
      number = "5.47",
      says =
          "When the service has ended, the queue MUST be shut down, the completion complete and no"
              + " thread left; stop before start and stop twice MUST be harmless.",
      check =
          "that the queue is shut down in a finally; that nothing is awaited that does not come;"
              + " that a second start is refused; the service's threads",
      lookAt = "execute")
  void theEnd(Trial trial) {
    trial.setUp("stop before start; start, start again; one mail; stop, and stop again");
    trial.watchThreads();
    var bench = bench(trial, (_, _) -> {});
    trial.expectReturn("stop before start returns", bench.stop());
    bench.start();
    var again =
        trial.start(
            "second starter",
            () -> {
              bench.service.start();
              return "normally";
            });
    trial.expectThrow("the second start is refused", again, IllegalStateException.class);
    trial.expect("the service's name", bench.service.name(), ProcessingBench.NAME);
    bench.enqueue(ProcessingBench.mail("m1"));
    bench.expectEnds("then", List.of("m1"), List.of(), List.of());
    trial.expectReturn("stop of an idle service returns", bench.stop());
    trial.expectReturn("stop returns the second time", bench.stop());
    trial.expect("no time has passed", trial.time().millis(), 0L);
    var completion = bench.service.completion().toCompletableFuture();
    var watcher = trial.start("watcher", () -> String.valueOf(completion.get()));
    trial.expectReturn("the completion completes normally", watcher);
    trial.expect(
        "the queue accepts nothing more", bench.queue.enqueue(ProcessingBench.mail("m2")), false);
    trial.expect("no error is logged", trial.log().at(Level.ERROR), List.of());
    trial.expectNoNewThread("no thread is left");
  }

  /** An Error ends the service, and nobody's mail with it. */
  @Rule(
      number = "5.48",
      says =
          "An Error MUST be what the completion fails with, and its mail and every other that is"
              + " left MUST be reported as unsent.",
      check =
          "that what is left is reported in a finally; the mail in hand, which is in no queue; that"
              + " the Error is thrown on",
      lookAt = "execute")
  void error(Trial trial) {
    trial.setUp("an Error is thrown at m1; m2 waits");
    var error = new NoClassDefFoundError("jakarta/mail/Session");
    var gate = trial.gate();
    var bench =
        bench(
            trial,
            (_, _) -> {
              pass(gate);
              throw error;
            });
    bench.start();
    bench.enqueue(ProcessingBench.mail("m1"), ProcessingBench.mail("m2"));
    gate.open();
    var completion = bench.service.completion().toCompletableFuture();
    var watcher = trial.start("watcher", () -> String.valueOf(completion.get()));
    var failure = trial.expectThrow("the completion fails", watcher, ExecutionException.class);
    trial.expect("the completion fails with the Error", failure.getCause(), error);
    var left =
        new ArrayList<>(
            ProcessingBench.names(bench.unsent.stream().map(u -> u.message()).toList()));
    left.sort(null);
    trial.expect("reported as unsent", left, List.of("m1", "m2"));
    trial.expect("no dead letter", bench.dead.size(), 0);
  }

  /** Who reads the log learns which mail, and nothing of whom. */
  @Rule(
      number = "5.49",
      says =
          "A sent mail MUST be logged as information, a failed attempt as a warning and a dead"
              + " letter as an error, each with the Message-ID, and no address and nothing of a"
              + " mail MUST be logged.",
      check =
          "the Message-ID in the log lines; causes that are logged with their stack: servers repeat"
              + " addresses in their replies; the levels",
      lookAt = "execute")
  void log(Trial trial) {
    trial.setUp("m1 gets 451 and is then sent; m2 gets 550; m3 meets a bug; stop while m4 waits");
    var bench =
        bench(
            trial,
            (message, attempt) -> {
              switch (ProcessingBench.name(message) + " " + attempt) {
                case "m1 1", "m4 1" -> throw ProcessingBench.notNow(SmtpBench.ANN);
                case "m2 1" -> throw ProcessingBench.never(SmtpBench.ANN);
                case "m3 1" -> throw new IllegalStateException("a bug, with ann@example.com");
                default -> {}
              }
            });
    bench.start();
    bench.enqueue(
        ProcessingBench.mail("m1"), ProcessingBench.mail("m2"), ProcessingBench.mail("m3"));
    trial.advanceTo(60_000);
    bench.enqueue(ProcessingBench.mail("m4"));
    trial.expectReturn("stop returns", bench.stop());
    trial.settle();
    expectLogged(trial, Level.INFO, "m1");
    for (var name : List.of("m1", "m2", "m3")) {
      expectLogged(trial, Level.WARN, name);
    }
    expectLogged(trial, Level.ERROR, "m2");
    expectLogged(trial, Level.ERROR, "m3");
    var log = String.join("\n", trial.log().everything(Level.TRACE)).toLowerCase(Locale.ROOT);
    for (var secret : List.of("ann@example.com", "a delicate")) {
      trial.expectThat(
          "no address and nothing of a mail is logged",
          !log.contains(secret),
          "logged is: " + secret);
    }
  }

  private static void expectLogged(Trial trial, Level level, String name) {
    var kind =
        level == Level.ERROR
            ? "an error"
            : level == Level.WARN ? "a warning" : "a line of information";
    trial.expectThat(
        kind + " names the Message-ID of " + name,
        trial.log().at(Level.INFO).stream()
            .anyMatch(line -> line.startsWith(level.toString()) && line.contains("<" + name + "@")),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
  }

  /** What is missing is said so at once. */
  @Rule(
      number = "5.50",
      says =
          "A name, queue, scopes, policy, undelivered or random that is null MUST be refused with a"
              + " message that names the argument.",
      check =
          "Objects.requireNonNull with the argument's name, for each argument of the constructor",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var bench = bench(trial, (_, _) -> {});
    var policy = ProcessingBench.POLICY;
    var random = new Random(5);
    trial.expectRefused(
        "a name of null",
        () -> create(Trial.noValue(), bench.queue, bench, policy, bench, random),
        "name");
    trial.expectRefused("a queue of null", () -> made(bench, 0), "queue");
    trial.expectRefused("scopes of null", () -> made(bench, 1), "scopes");
    trial.expectRefused("a policy of null", () -> made(bench, 2), "policy");
    trial.expectRefused("undelivered of null", () -> made(bench, 3), "undelivered");
    trial.expectRefused("random of null", () -> made(bench, 4), "random");
  }

  private HostedService made(ProcessingBench bench, int missing) {
    return create(
        ProcessingBench.NAME,
        missing == 0 ? Trial.noValue() : bench.queue,
        missing == 1 ? Trial.noValue() : bench,
        missing == 2 ? Trial.noValue() : ProcessingBench.POLICY,
        missing == 3 ? Trial.noValue() : bench,
        missing == 4 ? Trial.noValue() : new Random(5));
  }
}
