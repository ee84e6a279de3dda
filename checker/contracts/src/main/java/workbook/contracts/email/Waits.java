package workbook.contracts.email;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.fakes.CountingToken;
import workbook.email.EmailQueue;
import workbook.email.QueuedEmail;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;

/** How a wait at the queue ends, and the queue itself. */
final class Waits {

  private Waits() {}

  static void cancel(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "two takers wait; the token of the second is cancelled; enqueue a and b, take both");
    var queue = contract.bench(trial, 10);
    var source = new CancellationSource();
    var other = queue.taker("taker 1", CancellationToken.none());
    trial.expectWaiting("the first taker waits", other);
    var cancelled = queue.taker("taker 2", source.token());
    trial.expectWaiting("the second taker waits", cancelled);
    source.cancel();
    trial.expect(
        "the cancelled taker got nothing",
        trial.expectReturn("the cancelled taker returns", cancelled),
        "nothing");
    trial.expectWaiting("the other taker still waits", other);
    queue.put("a");
    trial.expect("the other got a", trial.expectReturn("the other returns", other), "a after 0");
    queue.put("b");
    var beforehand = queue.taker("taker 3", source.token());
    trial.expect(
        "a taker whose token was cancelled beforehand got nothing",
        trial.expectReturn("a taker whose token was cancelled beforehand returns", beforehand),
        "nothing");
    trial.expect("b is still there", queue.take("b is taken"), "b after 0");
    var token = new CountingToken();
    var waiting = queue.taker("taker 4", token);
    trial.expectWaiting("a taker waits", waiting);
    queue.put("c");
    trial.expectReturn("c is taken", waiting);
    trial.expectThat(
        "no registration is left with the token of a wait that is over",
        token.registrations() == 0,
        token.registrations() + " left");
  }

  static void interrupt(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "a is due; a taker that was interrupted beforehand; another, interrupted while it waits");
    var queue = contract.bench(trial, 10);
    queue.put("a");
    var flags = Collections.synchronizedList(new ArrayList<String>());
    var before =
        trial.start(
            "interrupted before",
            () -> {
              Thread.currentThread().interrupt();
              return takeAndReadFlag(queue.subject, flags);
            });
    trial.expectThrow(
        "the taker interrupted beforehand gets InterruptedException",
        before,
        InterruptedException.class);
    trial.expect("a is still there", queue.take("a is taken"), "a after 0");
    var during = trial.start("interrupted during", () -> takeAndReadFlag(queue.subject, flags));
    trial.expectWaiting("the taker waits", during);
    during.thread().interrupt();
    trial.expectThrow(
        "the taker interrupted while waiting gets InterruptedException",
        during,
        InterruptedException.class);
    trial.expect("the two interrupt flags: clear, clear", flags, List.of("clear", "clear"));
    queue.put("b");
    trial.expect("b is there for the next", queue.take("b is taken"), "b after 0");
  }

  private static Optional<QueuedEmail> takeAndReadFlag(EmailQueue queue, List<String> flags)
      throws InterruptedException {
    try {
      return queue.dequeue(CancellationToken.none());
    } finally {
      flags.add(Thread.currentThread().isInterrupted() ? "set" : "clear");
    }
  }

  static void shutDown(Trial trial, EmailQueueContract contract) {
    trial.setUp(
        "retry a in 9 s, b in 3 s, enqueue c; shut down, twice; enqueue d, retry d; a taker");
    var queue = contract.bench(trial, 10);
    queue.again("a", 2, 9_000);
    queue.again("b", 1, 3_000);
    queue.put("c");
    trial.expect(
        "handed over: c after 0, b after 1, a after 2",
        queue.shutDown(),
        List.of("c after 0", "b after 1", "a after 2"));
    trial.expect("nothing the second time", queue.shutDown(), List.of());
    trial.expectThat("enqueue refuses d", !queue.put("d"), "it accepts d");
    trial.expectThat("retry refuses d, too", !queue.again("d", 1, 0), "it accepts d");
    trial.advanceTo(10_000);
    trial.expect("a taker gets nothing", queue.take("a taker returns"), "nothing");
    trial.setUp("three takers wait, one of them until its token is cancelled; shut down");
    var another = contract.bench(trial, 10);
    var takers = new ArrayList<Caller<String>>();
    for (int n = 1; n <= 3; n++) {
      var token = n == 1 ? new CancellationSource().token() : CancellationToken.none();
      takers.add(another.taker("taker " + n, token));
    }
    takers.forEach(taker -> trial.expectWaiting("every taker waits", taker));
    another.shutDown();
    for (var taker : takers) {
      trial.expect(
          "every taker got nothing", trial.expectReturn("every taker returns", taker), "nothing");
    }
  }
}
