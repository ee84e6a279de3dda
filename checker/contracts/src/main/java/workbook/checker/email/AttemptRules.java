package workbook.checker.email;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import workbook.checker.Contract;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.email.ProcessingBench.Arguments;
import workbook.email.EmailException;
import workbook.email.EmailQueue;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;
import workbook.email.Undelivered;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;

/** The rules of an attempt, of those that follow it, and of a mail that is given up. */
abstract class AttemptRules extends Contract {

  /** For the subclasses in this package. */
  AttemptRules() {}

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

  /**
   * An attempt is a unit of work: it gets services of its own.
   *
   * <p>If this fails, check: that the scope is opened for each attempt, not for the service; that
   * it is closed when the attempt fails, too; that the sender is asked of the scope each time.
   */
  @Rule(
      number = "5.34",
      says =
          "Each attempt MUST get its EmailService from a scope of its own, which MUST be closed"
              + " before the next mail is taken, after a failure too.",
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

  /**
   * What is cleaned up afterwards does not change what was done.
   *
   * <p>If this fails, check: try-with-resources: an exception of close replaces a success, and
   * becomes the mail's failure; here it would be sent twice or given up although it was sent.
   */
  @Rule(
      number = "5.35",
      says =
          "A scope that cannot be closed MUST be logged, and MUST NOT change what has become of its"
              + " mail.",
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

  /**
   * Each wait is twice as long as the one before, up to a limit.
   *
   * <p>If this fails, check: the first wait, which is first and not twice first; the cap, which no
   * wait is longer than; doubling that overflows after many attempts.
   */
  @Rule(
      number = "5.36",
      says =
          "A mail that may be tried again MUST go back into the queue with a delay that begins with"
              + " first and doubles up to longest.",
      lookAt = "execute")
  void backoff(Trial trial) {
    trial.setUp("first 1.2 s, longest 10 s, jitter 0, 100 attempts; a mail that always gets 451");
    var policy = new RetryPolicy(100, Duration.ofMillis(1_200), Duration.ofSeconds(10), 0);
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
    trial.advanceTo(Duration.ofMinutes(30).toMillis());
    var delays = bench.queue.retries().stream().map(r -> r.delay().toMillis() / 1_000.0).toList();
    trial.expect(
        "the first seven delays in seconds",
        delays.subList(0, Math.min(7, delays.size())),
        List.of(1.2, 2.4, 4.8, 9.6, 10.0, 10.0, 10.0));
    trial.expect("99 delays for 100 attempts", delays.size(), 99);
    trial.expect("the last delay in seconds", delays.getLast(), 10.0);
    var attempts = bench.queue.retries().stream().map(r -> r.email().attempts()).toList();
    trial.expect(
        "the number of attempts goes with the mail: first and last",
        List.of(attempts.getFirst(), attempts.getLast()),
        List.of(1, 99));
  }

  /**
   * Mails that failed together do not come back together.
   *
   * <p>If this fails, check: that the jitter is drawn for each delay, from the generator that was
   * handed in; that it only shortens a delay, by the share that the policy says; that it is taken
   * off after the cap.
   */
  @Rule(
      number = "5.37",
      says =
          "With jitter, each delay MUST be drawn by the generator handed in, from the part of the"
              + " full delay that the policy says, and be no longer than longest.",
      lookAt = "execute")
  void jitter(Trial trial) {
    trial.setUp(
        "first 8 s, longest 12 s, jitter 0.25; sixty mails that get 451 twice; seed 1, 1, 2");
    var one = delays(trial, 1);
    var again = delays(trial, 1);
    var other = delays(trial, 2);
    expectBetween(trial, one.subList(0, 60), 6_000, 8_000);
    expectBetween(trial, one.subList(60, 120), 9_000, 12_000);
    trial.expectThat(
        "the delays of the sixty are spread: some in each half of the part",
        spread(one.subList(0, 60), 7_000)
            && spread(one.subList(60, 120), 10_500)
            && new HashSet<>(one.subList(0, 60)).size() > 10,
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
    for (int n = 1; n <= 60; n++) {
      bench.enqueue(ProcessingBench.mail("m" + n));
    }
    trial.advanceTo(trial.time().millis() + 60_000);
    var retries = new ArrayList<>(bench.queue.retries());
    retries.sort(java.util.Comparator.comparing(retry -> retry.email().attempts()));
    trial.expect("two delays for each of sixty mails", retries.size(), 120);
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

  /**
   * A mail that waits is in the queue, not in the hands of a worker.
   *
   * <p>If this fails, check: that the service does not sleep between two attempts; that it gives
   * the mail back with a delay, and takes the next.
   */
  @Rule(
      number = "5.38",
      says = "A mail that waits for its next attempt MUST NOT hold up the mails after it.",
      lookAt = "execute")
  void nobodyIsHeldUp(Trial trial) {
    trial.setUp("m1 gets 451 and waits 1 s; m2, m3; then m1 gets 451 again and waits 2 s; m4");
    var bench =
        bench(
            trial,
            (message, attempt) -> {
              if (ProcessingBench.name(message).equals("m1") && attempt < 3) {
                throw ProcessingBench.notNow(SmtpBench.ANN);
              }
            });
    bench.start();
    bench.enqueue(
        ProcessingBench.mail("m1"), ProcessingBench.mail("m2"), ProcessingBench.mail("m3"));
    bench.expectTried("m1, m2 and m3 are tried at 0 ms", "m1", "m2", "m3");
    trial.advanceTo(1_000);
    bench.enqueue(ProcessingBench.mail("m4"));
    bench.expectTried("m1 and m4 are tried at 1 s", "m1", "m2", "m3", "m1", "m4");
    trial.advanceTo(3_000);
    bench.expectEnds("at 3 s", List.of("m2", "m3", "m4", "m1"), List.of(), List.of());
  }

  /**
   * No means no.
   *
   * <p>If this fails, check: that only the recipients in retry are tried again; the dead letter's
   * cause and number of attempts.
   */
  @Rule(
      number = "5.39",
      says =
          "A mail that is refused for good MUST NOT be tried again, and MUST become a dead letter"
              + " at once, with its cause.",
      lookAt = "execute")
  void permanent(Trial trial) {
    trial.setUp("m1 gets 550; m2 gets 451, then 550; m3 is sent");
    var never = ProcessingBench.never(SmtpBench.ANN);
    var bench =
        bench(
            trial,
            (message, attempt) -> {
              var name = ProcessingBench.name(message);
              if (name.equals("m1") || (name.equals("m2") && attempt == 2)) {
                throw never;
              } else if (name.equals("m2")) {
                throw ProcessingBench.notNow(SmtpBench.ANN);
              }
            });
    bench.start();
    bench.enqueue(
        ProcessingBench.mail("m1"), ProcessingBench.mail("m2"), ProcessingBench.mail("m3"));
    bench.expectEnds("at 0 ms", List.of("m3"), List.of("m1 after 1"), List.of());
    trial.advanceTo(3_600_000);
    bench.expectEnds(
        "after an hour", List.of("m3"), List.of("m1 after 1", "m2 after 2"), List.of());
    bench.expectTried("no further attempts", "m1", "m2", "m3", "m2");
    for (var letter : bench.dead) {
      trial.expectThat(
          "the cause of a dead letter is what the last attempt threw",
          letter.cause() == never,
          Trial.describe(letter.cause()));
    }
  }

  /**
   * There is an end to trying.
   *
   * <p>If this fails, check: the comparison with the policy's attempts, which counts the first one;
   * that the cause is that of the last attempt.
   */
  @Rule(
      number = "5.40",
      says =
          "A mail MUST be tried as often as the policy says and no more, and then become a dead"
              + " letter with its attempts and its last cause.",
      lookAt = "execute")
  void limit(Trial trial) {
    trial.setUp("five attempts; m1 always gets 451; then one attempt only; m2 gets 451");
    var causes = new ArrayList<EmailException>();
    ProcessingBench.Sender busy =
        (_, _) -> {
          var e = ProcessingBench.notNow(SmtpBench.ANN);
          causes.add(e);
          throw e;
        };
    var bench = bench(trial, busy);
    bench.start();
    bench.enqueue(ProcessingBench.mail("m1"));
    trial.advanceTo(3_600_000);
    bench.expectTried("five attempts", "m1", "m1", "m1", "m1", "m1");
    bench.expectEnds("after an hour", List.of(), List.of("m1 after 5"), List.of());
    trial.expectThat(
        "the cause of the dead letter is what the last attempt threw",
        bench.dead.getFirst().cause() == causes.getLast(),
        "it is another one");
    var once = new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
    var another = new ProcessingBench(trial, factory(), once, busy);
    another.start();
    another.enqueue(ProcessingBench.mail("m2"));
    another.expectEnds("with one attempt", List.of(), List.of("m2 after 1"), List.of());
    trial.setUp("five attempts; m3 was tried four times before the start; it gets 451");
    var later = bench(trial, busy);
    later.start();
    later.queue.retry(new QueuedEmail(ProcessingBench.mail("m3"), 4), Duration.ZERO);
    later.expectEnds("then", List.of(), List.of("m3 after 5"), List.of());
  }

  /**
   * Whoever has got the mail does not get it again.
   *
   * <p>If this fails, check: that what goes back into the queue is the mail to those in retry only,
   * with the same Message-ID; that a recipient who is refused becomes a dead letter of the mail to
   * that recipient only, and does not wait for the others.
   */
  @Rule(
      number = "5.41",
      says =
          "After a partial success only those MUST be tried again who may be, with the same"
              + " Message-ID, and only those MUST become dead letters who are refused.",
      lookAt = "execute")
  void partialSuccess(Trial trial) {
    trial.setUp("m1 to Ann, Bob, Cid: Ann gets it, Bob gets 451 twice, Cid gets 550 at once");
    var bench =
        bench(
            trial,
            (_, attempt) -> {
              if (attempt == 1) {
                throw new EmailException(
                    "mx replied 550", List.of(SmtpBench.BOB), List.of(SmtpBench.CID), null);
              }
              if (attempt == 2) {
                throw ProcessingBench.notNow(SmtpBench.BOB);
              }
            });
    bench.start();
    var m1 = ProcessingBench.mail("m1", SmtpBench.ANN, SmtpBench.BOB, SmtpBench.CID);
    bench.enqueue(m1);
    bench.expectEnds("at 0 ms", List.of(), List.of("m1 after 1"), List.of());
    trial.expect("the dead letter is to Cid only", to(bench.dead.getFirst().message().to()), "cid");
    trial.advanceTo(60_000);
    bench.expectTried("three attempts with the same Message-ID", "m1", "m1", "m1");
    trial.expect(
        "to all, then to Bob, and to Bob",
        bench.tried.stream().map(message -> to(message.to())).toList(),
        List.of("ann bob cid", "bob", "bob"));
    trial.expectThat(
        "subject and text are the same",
        bench.tried.stream().allMatch(m -> m.only(m1.to()).equals(m1)),
        "they are not");
    bench.expectEnds("after a minute", List.of("m1"), List.of("m1 after 1"), List.of());
    lastAttempt(trial);
  }

  private void lastAttempt(Trial trial) {
    trial.setUp("one attempt only; m2 to Ann, Bob, Cid: Ann gets it, Bob gets 451, Cid gets 550");
    var once = new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
    var thrown =
        new EmailException("mx replied 550", List.of(SmtpBench.BOB), List.of(SmtpBench.CID), null);
    var told = new AtomicBoolean();
    var bench =
        new ProcessingBench(
            trial,
            factory(),
            once,
            (_, _) -> {
              told.set(true);
              throw thrown;
            });
    bench.start();
    bench.enqueue(ProcessingBench.mail("m2", SmtpBench.ANN, SmtpBench.BOB, SmtpBench.CID));
    trial.expectSoon("m2 is tried", told::get, () -> "it is not");
    trial.settle();
    var dead = new ArrayList<Mailbox>();
    bench.dead.forEach(letter -> dead.addAll(letter.message().to()));
    dead.sort(java.util.Comparator.comparing(Mailbox::address));
    trial.expect("dead letters are to Bob and Cid, once each", to(dead), "bob cid");
  }

  private static String to(List<Mailbox> mailboxes) {
    return String.join(
        " ", mailboxes.stream().map(m -> m.address().replaceAll("@.*", "")).toList());
  }
}
