package workbook.contracts.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.email.EmailException;
import workbook.email.Mailbox;
import workbook.email.QueuedEmail;
import workbook.email.RetryPolicy;

/** The rules of how often a mail is tried, and of when it is given up. */
abstract class AttemptRules extends DelayRules {

  /** For the subclasses in this package. */
  AttemptRules() {}

  /** A mail that waits is in the queue, not in the hands of a worker. */
  @Rule(
      number = "5.38",
      says = "A mail that waits for its next attempt MUST NOT hold up the mails after it.",
      check =
          "that the service does not sleep between two attempts; that it gives the mail back with a"
              + " delay, and takes the next",
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

  /** No means no. */
  @Rule(
      number = "5.39",
      says =
          "A mail that is refused for good MUST NOT be tried again, and MUST become a dead letter"
              + " at once, with its cause.",
      check =
          "that only the recipients in retry are tried again; the dead letter's cause and number of"
              + " attempts",
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

  /** There is an end to trying. */
  @Rule(
      number = "5.40",
      says =
          "A mail MUST be tried as often as the policy says and no more, and then become a dead"
              + " letter with its attempts and its last cause.",
      check =
          "the comparison with the policy's attempts, which counts the first one; that the cause is"
              + " that of the last attempt",
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
    trial.advanceTo(300_000);
    bench.expectTried("five attempts", "m1", "m1", "m1", "m1", "m1");
    bench.expectEnds("after five minutes", List.of(), List.of("m1 after 5"), List.of());
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

  /** Whoever has got the mail does not get it again. */
  @Rule(
      number = "5.41",
      says =
          "After a partial success only those MUST be tried again who may be, with the same"
              + " Message-ID, and only those MUST become dead letters who are refused.",
      check =
          "that what goes back into the queue is the mail to those in retry only, with the same"
              + " Message-ID; that a recipient who is refused becomes a dead letter of the mail to"
              + " that recipient only, and does not wait for the others",
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
