package workbook.contracts.email;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.contracts.email.ProcessingBench.Arguments;
import workbook.email.EmailException;
import workbook.email.EmailQueue;
import workbook.email.RetryPolicy;
import workbook.email.Undelivered;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;

/** The rules of the scope of an attempt, and of how long a mail waits for its next one. */
abstract class DelayRules {

  /** For the subclasses in this package. */
  DelayRules() {}

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param queue where the mails come from
   * @param scopes where each attempt gets its EmailService
   * @param policy how often to try, and how long to wait in between
   * @param undelivered told of what is not sent
   * @param random where the jitter comes from
   * @return a new service
   */
  protected abstract HostedService create(
      String name,
      EmailQueue queue,
      ServiceScopeFactory scopes,
      RetryPolicy policy,
      Undelivered undelivered,
      RandomGenerator random);

  final Function<Arguments, HostedService> factory() {
    return a ->
        create(
            ProcessingBench.NAME, a.queue(), a.scopes(), a.policy(), a.undelivered(), a.random());
  }

  final ProcessingBench bench(Trial trial, ProcessingBench.Sender sender) {
    return new ProcessingBench(trial, factory(), ProcessingBench.POLICY, sender);
  }

  /** An attempt is a unit of work: it gets services of its own. */
  @Rule(
      number = "5.34",
      says =
          "Each attempt MUST get its EmailService from a scope of its own, which MUST be closed"
              + " before the next mail is taken, after a failure too.",
      check =
          "that the scope is opened for each attempt, not for the service; that it is closed when"
              + " the attempt fails, too; that the sender is asked of the scope each time",
      lookAt = "execute")
  void scopes(Trial trial) {
    trial.setUp("m1 is sent; m2 gets 451 and is sent the second time; m3 gets 550; m4 a bug");
    var bench =
        bench(
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
      bench.enqueue(ProcessingBench.mail(name));
    }
    trial.advanceTo(1_000);
    bench.expectTried("five attempts", "m1", "m2", "m3", "m4", "m2");
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
    var another = bench(trial, (_, _) -> {}).withoutSender(1).start();
    another.enqueue(ProcessingBench.mail("m5"), ProcessingBench.mail("m6"));
    another.expectEnds("then", List.of("m6"), List.of("m5 after 1"), List.of());
    trial.expect(
        "each scope is closed",
        List.copyOf(another.scopes),
        List.of("open 1", "close 1", "open 2", "send m6 in 2", "close 2"));
  }

  /** What is cleaned up afterwards does not change what was done. */
  @Rule(
      number = "5.35",
      says =
          "A scope that cannot be closed MUST be logged, and MUST NOT change what has become of its"
              + " mail.",
      check =
          "try-with-resources: an exception of close replaces a success, and becomes the mail's"
              + " failure; here it would be sent twice or given up although it was sent",
      lookAt = "execute")
  void scopeCannotBeClosed(Trial trial) {
    trial.setUp("scopes that throw when they are closed; m1 is sent; m2 gets 550; m3 gets 451");
    var bench =
        bench(
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
                  throw new IllegalStateException("cannot close");
                },
                () -> {})
            .start();
    bench.enqueue(ProcessingBench.mail("m1"));
    trial.expectThat(
        "a warning or an error is logged: the scope of m1, which was sent, could not be closed",
        !trial.log().at(Level.WARN).isEmpty(),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    bench.enqueue(ProcessingBench.mail("m2"), ProcessingBench.mail("m3"));
    trial.advanceTo(60_000);
    bench.expectEnds("after a minute", List.of("m1", "m3"), List.of("m2 after 1"), List.of());
    trial.expectThat(
        "the cause of the dead letter is what send threw",
        bench.dead.getFirst().cause() instanceof EmailException,
        Trial.describe(bench.dead.getFirst().cause()));
  }

  /** Each wait is twice as long as the one before, up to a limit. */
  @Rule(
      number = "5.36",
      says =
          "A mail that may be tried again MUST go back into the queue with a delay that begins with"
              + " first and doubles up to longest.",
      check =
          "the first wait, which is first and not twice first; the cap, which no wait is longer"
              + " than; doubling that overflows after many attempts",
      lookAt = "execute")
  void backoff(Trial trial) {
    trial.setUp("first 1.2 s, longest 10 s, jitter 0, 70 attempts; a mail that always gets 451");
    var policy = new RetryPolicy(70, Duration.ofMillis(1_200), Duration.ofSeconds(10), 0);
    var bench =
        new ProcessingBench(
            trial,
            factory(),
            policy,
            (_, _) -> {
              throw ProcessingBench.notNow(SmtpBench.ANN);
            });
    bench.start();
    bench.enqueue(ProcessingBench.mail("m1"));
    trial.advanceTo(Duration.ofMinutes(13).toMillis());
    var delays = bench.queue.retries().stream().map(r -> r.delay().toMillis() / 1_000.0).toList();
    trial.expect(
        "the first seven delays in seconds",
        delays.subList(0, Math.min(7, delays.size())),
        List.of(1.2, 2.4, 4.8, 9.6, 10.0, 10.0, 10.0));
    trial.expect("69 delays for 70 attempts", delays.size(), 69);
    // an int that is shifted too far is small again from the 33rd on, and large again later
    trial.expect(
        "every delay after the seventh is 10.0 seconds",
        delays.stream().skip(7).distinct().toList(),
        List.of(10.0));
    var attempts = bench.queue.retries().stream().map(r -> r.email().attempts()).toList();
    trial.expect(
        "the number of attempts goes with the mail: first and last",
        List.of(attempts.getFirst(), attempts.getLast()),
        List.of(1, 69));
  }

  /** Mails that failed together do not come back together. */
  @Rule(
      number = "5.37",
      says =
          "With jitter, each delay MUST be drawn by the generator handed in, from the part of the"
              + " full delay that the policy says, and be no longer than longest.",
      check =
          "that the jitter is drawn for each delay, from the generator that was handed in; that it"
              + " only shortens a delay, by the share that the policy says; that it is taken off"
              + " after the cap",
      lookAt = "execute")
  void jitter(Trial trial) {
    trial.setUp(
        "first 8 s, longest 12 s, jitter 0.25; twenty mails that get 451 twice; seed 1, 1, 2");
    var one = delays(trial, 1);
    var again = delays(trial, 1);
    var other = delays(trial, 2);
    expectBetween(trial, one.subList(0, 20), 6_000, 8_000);
    expectBetween(trial, one.subList(20, 40), 9_000, 12_000);
    trial.expectThat(
        "the delays of the twenty are spread: some in each half of the part",
        spread(one.subList(0, 20), 7_000)
            && spread(one.subList(20, 40), 10_500)
            && new HashSet<>(one.subList(0, 20)).size() > 10,
        "they are not");
    trial.expectThat("the same seed gives the same delays", one.equals(again), "it does not");
    trial.expectThat("another seed gives others", !one.equals(other), "it gives the same");
  }

  private List<Long> delays(Trial trial, int seed) {
    var policy = new RetryPolicy(3, Duration.ofSeconds(8), Duration.ofSeconds(12), 0.25);
    var bench =
        new ProcessingBench(
            trial,
            factory(),
            policy,
            new Random(seed),
            (_, _) -> {
              throw ProcessingBench.notNow(SmtpBench.ANN);
            });
    bench.start();
    for (int n = 1; n <= 20; n++) {
      bench.enqueue(ProcessingBench.mail("m" + n));
    }
    trial.advanceTo(trial.time().millis() + 35_000);
    var retries = new ArrayList<>(bench.queue.retries());
    retries.sort(java.util.Comparator.comparing(retry -> retry.email().attempts()));
    trial.expect("two delays for each of twenty mails", retries.size(), 40);
    return retries.stream().map(retry -> retry.delay().toNanos() / 1_000_000).toList();
  }

  private static void expectBetween(Trial trial, List<Long> delays, long least, long most) {
    for (long delay : delays) {
      trial.expectThat(
          "every delay is from " + least + " to " + most + " ms",
          delay >= least && delay <= most,
          "one is " + (delay < least ? "shorter" : "longer"));
    }
  }

  private static boolean spread(List<Long> delays, long middle) {
    return delays.stream().anyMatch(d -> d < middle) && delays.stream().anyMatch(d -> d >= middle);
  }
}
