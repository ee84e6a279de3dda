package workbook.contracts.email;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import workbook.checker.Trial;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;

/** How long a mail waits for its next attempt. */
final class Delays {

  private Delays() {}

  static void backoff(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("first 1.2 s, longest 10 s, jitter 0, 70 attempts; a mail that always gets 451");
    var policy = new RetryPolicy(70, Duration.ofMillis(1_200), Duration.ofSeconds(10), 0);
    var bench =
        contract.bench(
            trial,
            policy,
            new Random(5),
            (_, _) -> {
              throw ProcessingBench.notNow(SmtpBench.ANN);
            });
    bench.start();
    bench.enqueue("m1");
    trial.advanceTo(Duration.ofMinutes(13).toMillis());
    var delays = bench.queue.retries().stream().map(r -> r.delay().toMillis() / 1_000.0).toList();
    trial.expect(
        "the first seven delays in seconds: 1.2, 2.4, 4.8, 9.6, 10.0, 10.0, 10.0",
        delays.subList(0, Math.min(7, delays.size())),
        List.of(1.2, 2.4, 4.8, 9.6, 10.0, 10.0, 10.0));
    trial.lookAt("RetryPolicy.attempts", "execute");
    trial.expect("69 delays for 70 attempts", delays.size(), 69);
    trial.lookAt();
    // an int that is shifted too far is small again from the 33rd on, and large again later
    trial.expect(
        "every delay after the seventh is 10.0 seconds",
        delays.stream().skip(7).distinct().toList(),
        List.of(10.0));
    var attempts = bench.queue.retries().stream().map(r -> r.email().attempts()).toList();
    trial.expect(
        "the number of attempts goes back with the mail, first and last: 1, 69",
        List.of(attempts.getFirst(), attempts.getLast()),
        List.of(1, 69));
    longDelays(trial, contract);
  }

  // What is too long for nanoseconds, or for twice a Duration, must not lose a mail.
  private static void longDelays(Trial trial, EmailProcessingServiceContract contract) {
    var years300 = Duration.ofDays(300 * 365);
    var forEver = ChronoUnit.FOREVER.getDuration();
    for (var policy :
        List.of(
            new RetryPolicy(5, years300, years300, 0),
            new RetryPolicy(5, years300, forEver, 0.5),
            new RetryPolicy(5, forEver, forEver, 0.25),
            new RetryPolicy(70, Duration.ofSeconds(1), forEver, 0))) {
      trial.setUp(
          "first %s, longest %s, jitter %s; m1 gets 451 at attempts 1, 4 and 69; then stop"
              .formatted(policy.first(), policy.longest(), policy.jitter()));
      for (int before : List.of(0, 3, 68)) {
        if (before + 1 < policy.attempts()) {
          longDelay(trial, contract, policy, before);
        }
      }
    }
  }

  private static void longDelay(
      Trial trial, EmailProcessingServiceContract contract, RetryPolicy policy, int before) {
    var bench =
        contract.bench(
            trial,
            policy,
            new Random(5),
            (_, _) -> {
              throw ProcessingBench.notNow(SmtpBench.ANN);
            });
    bench.start();
    bench.queue.retry(new QueuedEmail(ProcessingBench.mail("m1"), before), Duration.ZERO);
    bench.expectTried("before stop", "m1");
    var delays = bench.queue.retries().stream().skip(1).map(RecordingEmailQueue.Retry::delay);
    var veryLong = policy.first().compareTo(Duration.ofDays(365)) > 0 || before > 60;
    trial.expect(
        "m1 is put back once, with a delay of " + (veryLong ? "more" : "less") + " than a year",
        delays.map(delay -> delay.compareTo(Duration.ofDays(365)) > 0).toList(),
        List.of(veryLong));
    trial.lookAt("EmailQueue.shutDown", "execute");
    trial.expectReturn("stop returns", bench.stop());
    bench.expectEnds("after stop", List.of(), List.of(), List.of("m1 after " + (before + 1)));
    trial.lookAt();
  }

  static void jitter(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp(
        "first 8 s, longest 12 s, jitter 0.25; twenty mails that get 451 twice; seed 1, 1, 2");
    var one = delays(trial, contract, 1);
    var again = delays(trial, contract, 1);
    var other = delays(trial, contract, 2);
    expectBetween(trial, one.subList(0, 20), 6_000, 8_000);
    expectBetween(trial, one.subList(20, 40), 9_000, 12_000);
    trial.expectThat(
        "the delays of the twenty are spread: more than ten differ, and some lie in each half",
        spread(one.subList(0, 20), 7_000)
            && spread(one.subList(20, 40), 10_500)
            && new HashSet<>(one.subList(0, 20)).size() > 10,
        "they are alike, or all in one half");
    trial.expectThat("the same seed gives the same delays", one.equals(again), "it gives others");
    trial.expectThat("another seed gives others", !one.equals(other), "it gives the same");
  }

  private static List<Long> delays(Trial trial, EmailProcessingServiceContract contract, int seed) {
    var policy = new RetryPolicy(3, Duration.ofSeconds(8), Duration.ofSeconds(12), 0.25);
    var bench =
        contract.bench(
            trial,
            policy,
            new Random(seed),
            (_, _) -> {
              throw ProcessingBench.notNow(SmtpBench.ANN);
            });
    bench.start();
    for (int n = 1; n <= 20; n++) {
      bench.enqueue("m" + n);
    }
    trial.advanceTo(trial.time().millis() + 35_000);
    var retries = new ArrayList<>(bench.queue.retries());
    retries.sort(Comparator.comparing(retry -> retry.email().attempts()));
    trial.expect("two delays for each of twenty mails: 40", retries.size(), 40);
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
