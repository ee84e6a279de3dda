package workbook.contracts.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import workbook.checker.Caller;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.fakes.CountingToken;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

/**
 * The rules of a queue in which a mail can wait for its next attempt: here how waits and the queue
 * come to their end. When a mail is due is in {@link DueTimeRules}.
 */
@Tag("step-2")
@Step(module = WorkbookModule.EMAIL, number = 2, type = "DelayedEmailQueue")
public abstract class EmailQueueContract extends DueTimeRules {

  /** A contract is stateless. */
  protected EmailQueueContract() {}

  /** Cancelling ends one wait and takes nothing with it. */
  @Rule(
      number = "5.27",
      says =
          "Cancelling MUST wake its taker with nothing, wake no other, and lose no mail; a wait"
              + " that is over MUST leave nothing with its token.",
      check =
          "that the token given to TimeSource.sleep is, or contains, the taker's; a token cancelled"
              + " beforehand, which is looked at before the mails; registrations that stay with the"
              + " token",
      lookAt = "dequeue")
  void cancel(Trial trial) {
    trial.setUp("two takers wait; the token of the second is cancelled; then a and b, both taken");
    var queue = queue(trial, 10);
    var source = new CancellationSource();
    var other = taker(trial, queue, "taker 1", CancellationToken.none());
    trial.expectWaiting("the first taker waits", other);
    var cancelled = taker(trial, queue, "taker 2", source.token());
    trial.expectWaiting("the second taker waits", cancelled);
    source.cancel();
    trial.expect(
        "the cancelled taker got nothing",
        trial.expectReturn("the cancelled taker returns", cancelled),
        "nothing");
    trial.expectWaiting("the other taker still waits", other);
    put(trial, queue, "a");
    trial.expect("the other got a", trial.expectReturn("the other returns", other), "a after 0");
    put(trial, queue, "b");
    var beforehand = taker(trial, queue, "taker 3", source.token());
    trial.expect(
        "a taker whose token was cancelled beforehand got nothing",
        trial.expectReturn("a taker whose token was cancelled beforehand returns", beforehand),
        "nothing");
    trial.expect("b is still there", take(trial, queue, "b is taken"), "b after 0");
    var token = new CountingToken();
    var waiting = taker(trial, queue, "taker 4", token);
    trial.expectWaiting("a taker waits", waiting);
    put(trial, queue, "c");
    trial.expectReturn("c is taken", waiting);
    trial.expectThat(
        "the token has forgotten takers that are gone",
        token.registrations() == 0,
        "actions still registered with it: " + token.registrations());
  }

  /** An interrupt ends a wait with InterruptedException and takes nothing with it. */
  @Rule(
      number = "5.28",
      says =
          "A taker interrupted before or while waiting MUST get InterruptedException, with the flag"
              + " cleared and no mail lost.",
      check =
          "that InterruptedException is neither caught nor wrapped, and the flag not set again"
              + " beside it; that it is looked for even when a mail is due",
      lookAt = "dequeue")
  void interrupt(Trial trial) {
    trial.setUp("a is due; a taker interrupted beforehand; a taken; another interrupted; b put in");
    var queue = queue(trial, 10);
    put(trial, queue, "a");
    var flags = Collections.synchronizedList(new ArrayList<Boolean>());
    var before =
        trial.start(
            "interrupted before",
            () -> {
              Thread.currentThread().interrupt();
              return takeAndReadFlag(queue, flags);
            });
    trial.expectThrow(
        "the taker interrupted beforehand gets InterruptedException",
        before,
        InterruptedException.class);
    trial.expect("a is still there", take(trial, queue, "a is taken"), "a after 0");
    var during = trial.start("interrupted during", () -> takeAndReadFlag(queue, flags));
    trial.expectWaiting("the taker waits", during);
    during.thread().interrupt();
    trial.expectThrow(
        "the taker interrupted while waiting gets InterruptedException",
        during,
        InterruptedException.class);
    trial.expect("the interrupt flag is clear afterwards", flags, List.of(false, false));
    put(trial, queue, "b");
    trial.expect("b is there for the next", take(trial, queue, "b is taken"), "b after 0");
  }

  private static Optional<QueuedEmail> takeAndReadFlag(EmailQueue queue, List<Boolean> flags)
      throws InterruptedException {
    try {
      return queue.dequeue(CancellationToken.none());
    } finally {
      flags.add(Thread.currentThread().isInterrupted());
    }
  }

  /** Shut down means: nothing goes in, everything comes out, and nobody waits. */
  @Rule(
      number = "5.29",
      says =
          "Shutting down MUST hand over once what is in the queue, due or not, in due order, wake"
              + " every taker with nothing, and let nothing in any more.",
      check =
          "that shutDown hands over what is not due as well; that both enqueue and retry look"
              + " whether the queue is shut down; that every taker is woken; the second call",
      lookAt = "shutDown")
  void shutDown(Trial trial) {
    trial.setUp("a again in 9 s, b again in 3 s, c new; shut down, twice; d new, d again, a taker");
    var queue = queue(trial, 10);
    again(trial, queue, "a", 2, 9_000);
    again(trial, queue, "b", 1, 3_000);
    put(trial, queue, "c");
    trial.expect(
        "c, b and a are handed over",
        shutDown(trial, queue),
        List.of("c after 0", "b after 1", "a after 2"));
    trial.expect("nothing the second time", shutDown(trial, queue), List.of());
    trial.expect("d is refused", put(trial, queue, "d"), false);
    trial.expect("d is refused for another attempt, too", again(trial, queue, "d", 1, 0), false);
    trial.advanceTo(10_000);
    trial.expect("a taker gets nothing", take(trial, queue, "a taker returns"), "nothing");
    trial.setUp("three takers wait, one of them until its token is cancelled; shut down");
    var another = queue(trial, 10);
    var takers = new ArrayList<Caller<String>>();
    for (int n = 1; n <= 3; n++) {
      var token = n == 1 ? new CancellationSource().token() : CancellationToken.none();
      takers.add(taker(trial, another, "taker " + n, token));
    }
    takers.forEach(taker -> trial.expectWaiting("every taker waits", taker));
    shutDown(trial, another);
    for (var taker : takers) {
      trial.expect(
          "every taker got nothing", trial.expectReturn("every taker returns", taker), "nothing");
    }
  }

  private static List<String> shutDown(Trial trial, EmailQueue queue) {
    var caller =
        trial.start(
            "caller",
            () -> {
              trial.note("shut down");
              return queue.shutDown().stream().map(QueueRaceRules::name).toList();
            });
    return trial.expectReturn("shutDown returns", caller);
  }

  /** Each mail is taken by one. */
  @Rule(
      number = "5.30",
      says =
          "With many on both sides and mails that come back, each mail MUST be taken exactly once"
              + " each time it was put in.",
      check = "first what 5.31 says: it names the steps between which it happens",
      lookAt = "dequeue")
  void manyOnBothSides(Trial trial) {
    trial.setUp("8 producers of 25 mails, 8 takers that put each mail back once, due after 1 s");
    var queue = queue(trial, 500);
    var taken = Collections.synchronizedList(new ArrayList<String>());
    for (int n = 1; n <= 8; n++) {
      trial.start(
          "taker " + n,
          () -> {
            for (var email = next(queue); email.isPresent(); email = next(queue)) {
              taken.add(name(email.get()));
              if (email.get().attempts() == 0) {
                queue.retry(new QueuedEmail(email.get().message(), 1), Duration.ofSeconds(1));
              }
            }
            return "normally";
          });
    }
    trial.settle();
    var wanted = new ArrayList<String>();
    var producers = new ArrayList<Caller<String>>();
    for (int n = 1; n <= 8; n++) {
      var prefix = "p" + n + "x";
      for (int i = 1; i <= 25; i++) {
        wanted.add(prefix + i + " after 0");
        wanted.add(prefix + i + " after 1");
      }
      producers.add(
          trial.start(
              "producer " + n,
              () -> {
                for (int i = 1; i <= 25; i++) {
                  queue.enqueue(mail(prefix + i));
                }
                return "normally";
              }));
    }
    producers.forEach(producer -> trial.expectReturn("every producer returns", producer));
    trial.advanceTo(1_000);
    trial.expectSoon(
        "400 mails are taken", () -> taken.size() >= 400, () -> taken.size() + " are taken");
    trial.settle();
    var all = List.copyOf(taken);
    trial.expectThat(
        "each mail is taken once for each time it was put in",
        all.size() == wanted.size() && all.containsAll(wanted),
        all.size() + " were taken, of " + wanted.size());
    trial.setUp("a mail to two, of which each is put back on its own, with the same Message-ID");
    var another = queue(trial, 10);
    again(trial, another, "a", 1, 0);
    again(trial, another, "a", 2, 0);
    trial.expect(
        "both are taken",
        List.of(take(trial, another, "the first is taken"), take(trial, another, "the second is")),
        List.of("a after 1", "a after 2"));
  }

  /** What is missing or makes no sense is refused, whatever the state of the queue. */
  @Rule(
      number = "5.33",
      says =
          "A mail, a delay, or a clock that is null, a negative delay and a capacity below 1 MUST"
              + " be refused with a message that names the argument.",
      check =
          "Objects.requireNonNull with the argument's name, as the first lines; Arguments.atLeast"
              + " in the constructor",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var queue = queue(trial, 1);
    var email = new QueuedEmail(mail("a"), 1);
    for (var state : List.of("while there is room", "while full", "when shut down")) {
      trial.expectRefused(
          "a message of null, " + state, () -> queue.enqueue(Trial.noValue()), "message");
      trial.expectRefused(
          "an email of null, " + state, () -> queue.retry(Trial.noValue(), Duration.ZERO), "email");
      trial.expectRefused(
          "a delay of null, " + state, () -> queue.retry(email, Trial.noValue()), "delay");
      trial.expectRefused(
          "a delay of -1 ms, " + state, () -> queue.retry(email, Duration.ofMillis(-1)), "delay");
      if (state.endsWith("room")) {
        put(trial, queue, "a");
      } else {
        shutDown(trial, queue);
      }
    }
    trial.expectRefused("a capacity of 0", () -> create(0, trial.time()), "capacity", "0");
    trial.expectRefused("a capacity of -2", () -> create(-2, trial.time()), "capacity", "-2");
    trial.expectRefused("a clock of null", () -> create(1, Trial.noValue()), "time");
  }
}
