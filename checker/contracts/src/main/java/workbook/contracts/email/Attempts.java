package workbook.contracts.email;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.email.EmailException;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;

/** How often a mail is tried, and what becomes of it. */
final class Attempts {

  private Attempts() {}

  static void holdUpNobody(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 gets 451 and waits 1 s; m2, m3; then m1 gets 451 again and waits 2 s; m4");
    var bench =
        contract.bench(
            trial,
            (message, attempt) -> {
              if (ProcessingBench.name(message).equals("m1") && attempt < 3) {
                throw ProcessingBench.notNow(SmtpBench.ANN);
              }
            });
    bench.start();
    bench.enqueue("m1", "m2", "m3");
    bench.expectTried("at 0 ms", "m1", "m2", "m3");
    trial.advanceTo(1_000);
    bench.enqueue("m4");
    bench.expectTried("at 1 s", "m1", "m2", "m3", "m1", "m4");
    trial.advanceTo(3_000);
    bench.expectEnds("at 3 s", List.of("m2", "m3", "m4", "m1"), List.of(), List.of());
  }

  static void refused(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 gets 550; m2 gets 451, then 550; m3 is sent");
    var never = ProcessingBench.never(SmtpBench.ANN);
    var bench =
        contract.bench(
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
    bench.enqueue("m1", "m2", "m3");
    bench.expectEnds("at 0 ms", List.of("m3"), List.of("m1 after 1"), List.of());
    trial.advanceTo(3_600_000);
    bench.expectEnds(
        "after an hour", List.of("m3"), List.of("m1 after 1", "m2 after 2"), List.of());
    bench.expectTried("after an hour", "m1", "m2", "m3", "m2");
    for (var letter : bench.dead) {
      trial.expectThat(
          "the cause of a dead letter is what the last attempt threw",
          letter.cause() == never,
          Trial.describe(letter.cause()));
    }
  }

  static void limit(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("five attempts; m1 always gets 451; then one attempt only; m2 gets 451");
    var causes = new ArrayList<EmailException>();
    ProcessingBench.Sender busy =
        (_, _) -> {
          var e = ProcessingBench.notNow(SmtpBench.ANN);
          causes.add(e);
          throw e;
        };
    var bench = contract.bench(trial, busy);
    bench.start();
    bench.enqueue("m1");
    trial.advanceTo(300_000);
    bench.expectTried("after five minutes", "m1", "m1", "m1", "m1", "m1");
    bench.expectEnds("after five minutes", List.of(), List.of("m1 after 5"), List.of());
    trial.expectThat(
        "the cause of the dead letter is what the last attempt threw",
        bench.dead.getFirst().cause() == causes.getLast(),
        "it is another one");
    var once = new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
    var another = contract.bench(trial, once, new Random(5), busy);
    another.start();
    another.enqueue("m2");
    another.expectEnds("with one attempt", List.of(), List.of("m2 after 1"), List.of());
    trial.setUp("five attempts; m3 was tried four times before the start; it gets 451");
    var later = contract.bench(trial, busy);
    later.start();
    later.queue.retry(new QueuedEmail(ProcessingBench.mail("m3"), 4), Duration.ZERO);
    later.expectEnds("then", List.of(), List.of("m3 after 5"), List.of());
  }

  static void partialSuccess(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("m1 to Ann, Bob, Cid: Ann gets it, Bob gets 451 twice, Cid gets 550 at once");
    var bench =
        contract.bench(
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
    trial.expect(
        "the dead letter is to Cid only",
        ProcessingBench.to(bench.dead.getFirst().message().to()),
        "cid");
    trial.advanceTo(60_000);
    bench.expectTried("with the same Message-ID", "m1", "m1", "m1");
    trial.expect(
        "the three are to: ann bob cid, bob, bob",
        bench.tried.stream().map(message -> ProcessingBench.to(message.to())).toList(),
        List.of("ann bob cid", "bob", "bob"));
    trial.expectThat(
        "subject and text stay the same",
        bench.tried.stream().allMatch(m -> m.only(m1.to()).equals(m1)),
        "they have changed");
    bench.expectEnds("after a minute", List.of("m1"), List.of("m1 after 1"), List.of());
    lastAttempt(trial, contract);
  }

  private static void lastAttempt(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("one attempt only; m2 to Ann, Bob, Cid: Ann gets it, Bob gets 451, Cid gets 550");
    var once = new RetryPolicy(1, Duration.ofSeconds(1), Duration.ofSeconds(1), 0);
    var thrown =
        new EmailException("mx replied 550", List.of(SmtpBench.BOB), List.of(SmtpBench.CID), null);
    var told = new AtomicBoolean();
    var bench =
        contract.bench(
            trial,
            once,
            new Random(5),
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
    dead.sort(Comparator.comparing(Mailbox::address));
    trial.expect("dead letters are to Bob and Cid, once each", ProcessingBench.to(dead), "bob cid");
  }

  static void otherExceptions(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp(
        "send throws IllegalArgumentException for m1, NullPointerException for m2; then m3");
    var thrown =
        List.of(new IllegalArgumentException("subject must not"), new NullPointerException("bug"));
    var next = new AtomicInteger();
    var bench =
        contract.bench(
            trial,
            (message, _) -> {
              if (!ProcessingBench.name(message).equals("m3")) {
                throw thrown.get(next.getAndIncrement());
              }
            });
    bench.start();
    bench.enqueue("m1", "m2", "m3");
    trial.advanceTo(60_000);
    bench.expectEnds(
        "after a minute", List.of("m3"), List.of("m1 after 1", "m2 after 1"), List.of());
    for (int n = 0; n < 2; n++) {
      trial.expect("the cause is what was thrown", bench.dead.get(n).cause(), thrown.get(n));
    }
    trial.setUp("the first scope cannot be opened, for m4; then m5");
    var noScope = new IllegalStateException("no scope");
    var scopes = new AtomicInteger();
    var another =
        contract
            .bench(trial, (_, _) -> {})
            .failing(
                () -> {
                  if (scopes.incrementAndGet() == 1) {
                    throw noScope;
                  }
                },
                () -> {},
                () -> {})
            .start();
    another.enqueue("m4", "m5");
    another.expectEnds("then", List.of("m5"), List.of("m4 after 1"), List.of());
  }

  static void reportFails(Trial trial, EmailProcessingServiceContract contract) {
    trial.setUp("an Undelivered that throws; m1 gets 550, m2 is sent, m3 waits; stop; m4 waits");
    var bench =
        contract
            .bench(
                trial,
                (message, _) -> {
                  if (ProcessingBench.name(message).equals("m1")) {
                    throw ProcessingBench.never(SmtpBench.ANN);
                  }
                  if (!ProcessingBench.name(message).equals("m2")) {
                    throw ProcessingBench.notNow(SmtpBench.ANN);
                  }
                })
            .failing(
                () -> {},
                () -> {},
                () -> {
                  throw new UncheckedIOException(new IOException("the disk is full"));
                })
            .start();
    for (var name : List.of("m1", "m2", "m3", "m4")) {
      bench.enqueue(name);
    }
    trial.expectReturn("stop returns", bench.stop());
    bench.expectEnds(
        "after stop", List.of("m2"), List.of("m1 after 1"), List.of("m3 after 1", "m4 after 1"));
    for (var name : List.of("m1", "m3", "m4")) {
      trial.expectThat(
          "after the report of " + name + " failed, a warning or an error names its Message-ID",
          bench.warningsAfterReport(name).stream()
              .anyMatch(line -> line.contains("<" + name + "@")),
          "none does");
    }
  }
}
