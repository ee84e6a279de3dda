package workbook.contracts.email;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import workbook.checker.Trial;
import workbook.contracts.shared.OtherOrigin;
import workbook.hosting.CancellationToken;

/** When a mail comes out of the queue. */
final class DueTimes {

  private DueTimes() {}

  static void firstInFirstOut(Trial trial, EmailQueueContract contract) {
    trial.setUp("capacity 40; thirty mails put in at 0 ms, and taken");
    var queue = contract.bench(trial, 40);
    var wanted = new ArrayList<String>();
    for (int n = 1; n <= 30; n++) {
      wanted.add("m" + n);
      queue.calls.put("m" + n);
    }
    var taken = new ArrayList<String>();
    for (int n = 1; n <= 30; n++) {
      taken.add(queue.calls.take("a mail that is due is taken"));
    }
    trial.expect("m1 to m30, each tried 0 times so far", taken, wanted);
  }

  // A mail that was accepted once is never refused: its sender was told that it will be sent.
  static void capacity(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "capacity 2; enqueue a, retry b in 1 s; enqueue c; retry c and d in 1 s; take all; enqueue"
            + " more");
    var queue = contract.bench(trial, 2);
    var answers = new ArrayList<String>();
    answers.add(queue.calls.put("a"));
    answers.add(queue.again("b", 1, 1_000));
    answers.add(queue.calls.put("c"));
    trial.expect(
        "a, b and c: accepted, accepted, refused",
        answers,
        List.of("accepted", "accepted", "refused"));
    trial.lookAt("retry");
    trial.expect(
        "c and d, tried again while the queue is full: accepted, accepted",
        List.of(queue.again("c", 1, 1_000), queue.again("d", 1, 1_000)),
        List.of("accepted", "accepted"));
    trial.lookAt();
    trial.expect("a is taken", queue.calls.take("a is taken"), "a");
    trial.expect("e is refused while b, c and d wait", queue.calls.put("e"), "refused");
    trial.advanceTo(1_000);
    var left = new ArrayList<String>();
    for (int n = 0; n < 3; n++) {
      left.add(queue.calls.take("what waited is taken"));
    }
    trial.expect("b, c, d are taken", left, List.of("b after 1", "c after 1", "d after 1"));
    trial.expect(
        "e, f and g: accepted, accepted, refused",
        List.of(queue.calls.put("e"), queue.calls.put("f"), queue.calls.put("g")),
        List.of("accepted", "accepted", "refused"));
  }

  static void delays(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "retry a in 60 s; a taker takes one after the other; at 10 s enqueue b; at 20 s retry c in"
            + " 5 s; at 30 s retry d in 1 s");
    var queue = contract.bench(trial, 10);
    queue.again("a", 1, 60_000);
    var taken = Collections.synchronizedList(new ArrayList<String>());
    var taker =
        trial.start(
            "taker",
            () -> {
              for (int n = 0; n < 4; n++) {
                var email = queue.subject.dequeue(CancellationToken.none());
                var entry = email.map(EmailQueueBench::name).orElse("nothing");
                taken.add(entry + " at " + trial.time().millis() / 1_000 + " s");
                trial.note("taken: " + entry);
              }
              return "normally";
            });
    trial.expectWaiting("the taker waits for a", taker);
    trial.advanceTo(10_000);
    queue.calls.put("b");
    trial.advanceTo(20_000);
    queue.again("c", 2, 5_000);
    trial.advanceTo(30_000);
    queue.again("d", 3, 1_000);
    trial.advanceTo(59_999);
    trial.settle();
    trial.expect(
        "b at 10 s, c at 25 s, d at 31 s, and a not before 60 s",
        List.copyOf(taken),
        List.of("b at 10 s", "c after 2 at 25 s", "d after 3 at 31 s"));
    trial.advanceTo(60_000);
    trial.expectSoon(
        "a at 60 s",
        () -> taken.size() == 4,
        () -> "taken so far: " + Trial.describe(List.copyOf(taken)));
    trial.expect("a at 60 s", taken.getLast(), "a after 1 at 60 s");
    trial.setUp("retry e in 1.5 ms, f in two years; a taker waits for e, another for f");
    long start = trial.time().millis();
    queue.retry("e", 1, Duration.ofNanos(1_500_000));
    queue.retry("f", 1, Duration.ofDays(730));
    var first = queue.calls.taker("taker");
    trial.expectWaiting("the taker waits for e", first);
    trial.advanceTo(start + 1);
    trial.expectWaiting("the taker still waits after 1 ms", first);
    trial.advanceTo(start + 2);
    trial.expect("e after 2 ms", trial.expectReturn("e is taken", first), "e after 1");
    var second = queue.calls.taker("taker");
    trial.expectWaiting("the taker waits for f", second);
    trial.advanceTo(Duration.ofDays(365).toMillis());
    trial.expectWaiting("the taker waits for a year, woken by nobody", second);
  }

  static void order(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "at 0 s retry a in 9 s, b in 3 s, c in 200,000 days, i in ChronoUnit.FOREVER; at 1 s retry"
            + " d in 2 s, e in 0 s; at 5 s enqueue f, retry h in 0 s, g in 4 s; take all at 20 s");
    inOrder(trial, contract.bench(trial, 10), 0);
    trial.setUp("the same on a monotonic clock that overflows in between, as any may");
    var start = trial.time().millis();
    inOrder(
        trial,
        contract.bench(trial, 10, OtherOrigin.overflowing(trial.time(), Duration.ofSeconds(4))),
        start);
    trial.setUp("retry a in 1 s; at 5 s, when a is overdue, retry b in ChronoUnit.FOREVER; take");
    var late = contract.bench(trial, 10);
    late.again("a", 1, 1_000);
    trial.advanceTo(trial.time().millis() + 5_000);
    late.retry("b", 1, ChronoUnit.FOREVER.getDuration());
    trial.lookAt("compareTo", "dequeue");
    trial.expect("a is taken", late.calls.take("a, which is overdue, is taken"), "a after 1");
    trial.lookAt();
  }

  private static void inOrder(Trial trial, EmailQueueBench queue, long start) {
    queue.again("a", 1, 9_000);
    queue.again("b", 1, 3_000);
    queue.retry("c", 1, Duration.ofDays(200_000));
    queue.retry("i", 1, ChronoUnit.FOREVER.getDuration());
    trial.advanceTo(start + 1_000);
    queue.again("d", 1, 2_000);
    queue.again("e", 1, 0);
    trial.advanceTo(start + 5_000);
    queue.calls.put("f");
    queue.again("h", 1, 0);
    queue.again("g", 1, 4_000);
    trial.advanceTo(start + 20_000);
    trial.lookAt("compareTo", "dequeue");
    var taken = new ArrayList<String>();
    for (int n = 0; n < 7; n++) {
      taken.add(queue.calls.take("a mail that is due is taken").substring(0, 1));
    }
    trial.expect("e, b, d, f, h, a, g", taken, List.of("e", "b", "d", "f", "h", "a", "g"));
    trial.lookAt();
    var last = queue.calls.taker("taker");
    trial.expectWaiting("c and i are not due for a long time", last);
    trial.advanceTo(start + Duration.ofDays(20_000).toMillis());
    trial.expectWaiting("c and i are not due after 20,000 days", last);
    var left = queue.shutDown();
    left.sort(null);
    trial.lookAt("shutDown");
    trial.expect("handed over: c, i", left, List.of("c after 1", "i after 1"));
  }

  static void wallClock(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "retry a in 10 s; at 5 s the wall clock is set an hour forward, at 6 s two hours back");
    var queue = contract.bench(trial, 10);
    queue.again("a", 1, 10_000);
    var taker = queue.calls.taker("taker");
    trial.advanceTo(5_000);
    trial.time().shiftWallClock(Duration.ofHours(1));
    queue.calls.put("b");
    trial.expect("b, which is new, is taken at once", trial.expectReturn("b is taken", taker), "b");
    var next = queue.calls.taker("taker");
    trial.expectWaiting("the taker waits for a, although the wall clock is an hour forward", next);
    trial.advanceTo(6_000);
    trial.time().shiftWallClock(Duration.ofHours(-2));
    trial.advanceTo(9_999);
    trial.expectWaiting("the taker waits for a, until 10 s", next);
    trial.advanceTo(10_000);
    trial.expect("a at 10 s", trial.expectReturn("a is taken at 10 s", next), "a after 1");
  }
}
