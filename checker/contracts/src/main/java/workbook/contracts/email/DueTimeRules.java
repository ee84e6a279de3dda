package workbook.contracts.email;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationToken;

/** The rules of when a mail comes out of the queue. */
abstract class DueTimeRules extends QueueRaceRules {

  /** A contract is stateless. */
  DueTimeRules() {}

  /** New mails, first in, first out. */
  @Rule(
      number = "5.22",
      says = "New mails MUST be due at once, and come out in the order in which they went in.",
      check =
          "what decides between mails that are due at the same time: the order in which they were"
              + " put in; the number of attempts of a new mail, 0",
      lookAt = "dequeue")
  void firstInFirstOut(Trial trial) {
    trial.setUp("capacity 40; thirty mails put in at 0 ms, and taken");
    var queue = queue(trial, 40);
    var wanted = new ArrayList<String>();
    for (int n = 1; n <= 30; n++) {
      wanted.add("m" + n + " after 0");
      put(trial, queue, "m" + n);
    }
    var taken = new ArrayList<String>();
    for (int n = 1; n <= 30; n++) {
      taken.add(take(trial, queue, "a mail that is due is taken"));
    }
    trial.expect("m1 to m30, each tried 0 times so far", taken, wanted);
  }

  /**
   * The capacity counts what is in the queue, and a mail that was accepted once is never refused.
   */
  @Rule(
      number = "5.23",
      says =
          "A new mail MUST be refused while as many as the capacity are in the queue, due or not;"
              + " one that is tried again MUST always have a place.",
      check =
          "that a mail that waits for its next attempt takes a place; that retry does not look at"
              + " the capacity; the comparison",
      lookAt = "enqueue")
  void capacity(Trial trial) {
    trial.setUp("capacity 2; a new, b again in 1 s; c new; c and d again; all taken; e, f, g new");
    var queue = queue(trial, 2);
    var answers = new ArrayList<Boolean>();
    answers.add(put(trial, queue, "a"));
    answers.add(again(trial, queue, "b", 1, 1_000));
    answers.add(put(trial, queue, "c"));
    trial.expect("a and b accepted, c refused", answers, List.of(true, true, false));
    trial.expectThat(
        "c and d are accepted for another attempt, full or not",
        again(trial, queue, "c", 1, 1_000) && again(trial, queue, "d", 1, 1_000),
        "one was refused");
    trial.expect("a is taken", take(trial, queue, "a is taken"), "a after 0");
    trial.expect("e is refused while b, c and d wait", put(trial, queue, "e"), false);
    trial.advanceTo(1_000);
    var left = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      left.add(take(trial, queue, "what waited is taken"));
    }
    trial.expect("b, c, d are taken", left, List.of("b after 1", "c after 1", "d after 1"));
    trial.expect(
        "then two new mails fit, and no third",
        List.of(put(trial, queue, "e"), put(trial, queue, "f"), put(trial, queue, "g")),
        List.of(true, true, false));
  }

  /** Taking waits for whatever comes first: a new mail, or the hour of an old one. */
  @Rule(
      number = "5.24",
      says =
          "A mail that waits for its next attempt MUST come at its due time, not before, and MUST"
              + " NOT hold up others, whenever they come; its taker MUST wait without polling.",
      check =
          "that a taker that waits for the hour of one mail is woken by another that is due"
              + " earlier; that the wait is TimeSource.sleep with a token, and not a poll",
      lookAt = "dequeue")
  void delays(Trial trial) {
    trial.setUp(
        "a again in 60 s; a taker waits; b new at 10 s; c again in 5 s at 20 s; d again in 1 s at"
            + " 30 s; one taker after the other");
    var queue = queue(trial, 10);
    again(trial, queue, "a", 1, 60_000);
    var taken = Collections.synchronizedList(new ArrayList<String>());
    trial.start(
        "taker",
        () -> {
          for (int n = 0; n < 4; n++) {
            var email = queue.dequeue(CancellationToken.none());
            var entry = email.map(QueueRaceRules::name).orElse("nothing");
            taken.add(entry + " at " + trial.time().millis() / 1_000 + " s");
            trial.note("taken: " + entry);
          }
          return "normally";
        });
    trial.advanceTo(10_000);
    put(trial, queue, "b");
    trial.advanceTo(20_000);
    again(trial, queue, "c", 2, 5_000);
    trial.advanceTo(30_000);
    again(trial, queue, "d", 3, 1_000);
    trial.advanceTo(59_999);
    trial.settle();
    trial.expect(
        "b at 10 s, c at 25 s, d at 31 s, and a not before 60 s",
        List.copyOf(taken),
        List.of("b after 0 at 10 s", "c after 2 at 25 s", "d after 3 at 31 s"));
    trial.advanceTo(60_000);
    trial.expectSoon(
        "a at 60 s",
        () -> taken.size() == 4,
        () -> "taken so far: " + Trial.describe(List.copyOf(taken)));
    trial.expect("a at 60 s", taken.getLast(), "a after 1 at 60 s");
    trial.setUp("e again in 1.5 ms, f again in two years; a taker waits for e, then for f");
    long start = trial.time().millis();
    retry(trial, queue, "e", 1, Duration.ofNanos(1_500_000));
    retry(trial, queue, "f", 1, Duration.ofDays(730));
    var first = taker(trial, queue, "taker", CancellationToken.none());
    trial.advanceTo(start + 1);
    trial.expectWaiting("the taker still waits after 1 ms", first);
    trial.advanceTo(start + 2);
    trial.expect("e after 2 ms", trial.expectReturn("e is taken", first), "e after 1");
    var second = taker(trial, queue, "taker", CancellationToken.none());
    trial.advanceTo(Duration.ofDays(365).toMillis());
    trial.expectWaiting("the taker waits for a year, woken by nobody", second);
  }

  /** Who is due first goes first, whoever came first. */
  @Rule(
      number = "5.25",
      says =
          "Whoever is due first MUST be taken first, and of those due at the same time the one that"
              + " was put in first.",
      check =
          "the order by due time, not by delay; differences of nanoTime, which may be negative,"
              + " instead of its values; a delay of 0; a very long one, which must not overflow",
      lookAt = "dequeue")
  void dueOrder(Trial trial) {
    trial.setUp(
        "at 0 s: a again in 9 s, b in 3 s, c in 100,000 days; at 1 s: d in 2 s, e in 0 s; at 5 s: f"
            + " new, h in 0 s, g in 4 s; all taken at 20 s");
    var queue = queue(trial, 10);
    again(trial, queue, "a", 1, 9_000);
    again(trial, queue, "b", 1, 3_000);
    retry(trial, queue, "c", 1, Duration.ofDays(100_000));
    trial.advanceTo(1_000);
    again(trial, queue, "d", 1, 2_000);
    again(trial, queue, "e", 1, 0);
    trial.advanceTo(5_000);
    put(trial, queue, "f");
    again(trial, queue, "h", 1, 0);
    again(trial, queue, "g", 1, 4_000);
    trial.advanceTo(20_000);
    var taken = new ArrayList<String>();
    for (int n = 0; n < 7; n++) {
      taken.add(take(trial, queue, "a mail that is due is taken").substring(0, 1));
    }
    trial.expect("e, b, d, f, h, a, g", taken, List.of("e", "b", "d", "f", "h", "a", "g"));
    var last = taker(trial, queue, "taker", CancellationToken.none());
    trial.expectWaiting("c is not due for a long time", last);
  }

  /** The wall clock is not asked. */
  @Rule(
      number = "5.26",
      says = "A change of the wall clock MUST NOT change when a mail is due.",
      check = "that due times come from nanoTime() and not from now()",
      lookAt = "dequeue")
  void wallClock(Trial trial) {
    trial.setUp("a again in 10 s; at 5 s the wall clock is set an hour on, at 6 s two hours back");
    var queue = queue(trial, 10);
    again(trial, queue, "a", 1, 10_000);
    var taker = taker(trial, queue, "taker", CancellationToken.none());
    trial.advanceTo(5_000);
    trial.time().shiftWallClock(Duration.ofHours(1));
    put(trial, queue, "b");
    trial.expect(
        "b, which is new, is taken at once", trial.expectReturn("b is taken", taker), "b after 0");
    var next = taker(trial, queue, "taker", CancellationToken.none());
    trial.expectWaiting("the taker waits for a, an hour on", next);
    trial.advanceTo(6_000);
    trial.time().shiftWallClock(Duration.ofHours(-2));
    trial.advanceTo(9_999);
    trial.expectWaiting("the taker waits for a, until 10 s", next);
    trial.advanceTo(10_000);
    trial.expect("a at 10 s", trial.expectReturn("a is taken at 10 s", next), "a after 1");
  }

  static Optional<QueuedEmail> next(EmailQueue queue) throws InterruptedException {
    return queue.dequeue(CancellationToken.none());
  }
}
