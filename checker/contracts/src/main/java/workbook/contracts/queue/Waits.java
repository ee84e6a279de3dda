package workbook.contracts.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import workbook.checker.Trial;
import workbook.checker.fakes.CountingToken;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.WorkItem;

/** Waits for an item, waits that end without one, and interrupts where nobody waits. */
final class Waits {

  private Waits() {}

  static void forAnItem(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; two takers wait at an empty queue; two items are put in");
    var bench = contract.bench(trial, 10);
    var first = bench.taker("taker 1");
    trial.expectWaiting("the first taker waits", first);
    var second = bench.taker("taker 2");
    trial.expectWaiting("the second taker waits", second);
    bench.put("a");
    trial.settle(); // in one order only; all the others are tried in 2.11
    trial.expectThat(
        "the first item wakes a taker", first.isDone() || second.isDone(), "both still wait");
    bench.put("b");
    var taken =
        List.of(
            trial.expectReturn("both takers get an item", first),
            trial.expectReturn("both takers get an item", second));
    trial.expect(
        "the takers got a and b",
        taken,
        names -> assertThat(names).containsExactlyInAnyOrder("a", "b"));
  }

  static void cancelled(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; two takers wait; the token of the second is cancelled; then a and b");
    var bench = contract.bench(trial, 10);
    var source = new CancellationSource();
    var other = bench.taker("taker 1");
    trial.expectWaiting("the first taker waits", other);
    var cancelled = bench.taker("taker 2", source.token());
    trial.expectWaiting("the second taker waits", cancelled);
    trial.note("cancel taker 2");
    source.cancel();
    trial.expect(
        "the cancelled taker got nothing",
        trial.expectReturn("the cancelled taker returns", cancelled),
        "nothing");
    trial.expectWaiting("the other taker still waits", other);
    bench.put("a");
    trial.expect(
        "the other taker got a", trial.expectReturn("the other taker gets an item", other), "a");
    bench.put("b");
    var beforehand = bench.taker("taker 3", source.token());
    trial.expect(
        "a taker whose token was cancelled beforehand got nothing",
        trial.expectReturn("a taker whose token was cancelled beforehand returns", beforehand),
        "nothing");
    trial.expect("b is still there", bench.take("b is taken"), "b");
    bench.put("c");
    var token = new CountingToken();
    trial.expectReturn("c is taken", bench.taker("taker 4", token));
    var waiting = bench.taker("taker 5", token);
    trial.expectWaiting("a taker waits with the same token", waiting);
    bench.put("d");
    trial.expectReturn("d is taken", waiting);
    trial.expectThat(
        "the token has forgotten takers that are gone",
        token.registrations() == 0,
        "actions still registered with it: " + token.registrations());
  }

  static void interrupted(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; takers interrupted beforehand and while waiting; then a is put in");
    var bench = contract.bench(trial, 10);
    var flags = Collections.synchronizedList(new ArrayList<Boolean>());
    var before =
        trial.start(
            "interrupted before",
            () -> {
              Thread.currentThread().interrupt();
              return takeAndReadFlag(bench, flags);
            });
    trial.expectThrow(
        "the taker interrupted beforehand gets InterruptedException",
        before,
        InterruptedException.class);
    var during = trial.start("interrupted during", () -> takeAndReadFlag(bench, flags));
    trial.expectWaiting("the taker waits", during);
    during.thread().interrupt();
    trial.expectThrow(
        "the taker interrupted while waiting gets InterruptedException",
        during,
        InterruptedException.class);
    trial.expect("the interrupt flag is clear afterwards", flags, List.of(false, false));
    bench.put("a");
    trial.expect("a is there for the next", bench.take("a is taken"), "a");
    trial.setUp(
        "capacity 2; a put in while its taker is interrupted, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there",
        QueueRace.of(trial, contract, 2)
            .actor("taker", QueueRace::takeUnlessInterrupted)
            .actor("producer", race -> race.put("a"))
            .actor("interrupter", race -> race.interrupt())
            .check(QueueRace::expectAllTakenOnce)
            .atMost(1, QueueRace.MOST_SCHEDULES));
  }

  // Only dequeue waits: nowhere else has an interrupt something to end.
  static void interruptOfOthers(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; a put in, and the queue closed, by a thread that is interrupted");
    var bench = contract.bench(trial, 10);
    var producer =
        trial.start(
            "producer",
            () -> {
              Thread.currentThread().interrupt();
              boolean accepted = bench.queue.enqueue(QueueBench.item("a"));
              trial.note(accepted ? "a accepted" : "a refused");
              return accepted
                  ? "accepted" + flag(Thread.currentThread().isInterrupted())
                  : "refused";
            });
    trial.expect(
        "a is accepted, and the flag is still set",
        trial.expectReturn("enqueue answers", producer),
        "accepted, flag set");
    trial.expect("a is there", bench.take("a is taken"), "a");
    var closer =
        trial.start(
            "closer",
            () -> {
              Thread.currentThread().interrupt();
              trial.note("close");
              bench.queue.close();
              return "closed" + flag(Thread.currentThread().isInterrupted());
            });
    trial.expect(
        "close returns, and the flag is still set",
        trial.expectReturn("close returns", closer),
        "closed, flag set");
    trial.expect("b is refused, since the queue is closed", bench.put("b"), false);
  }

  private static Optional<WorkItem> takeAndReadFlag(QueueBench bench, List<Boolean> flags)
      throws InterruptedException {
    try {
      return bench.queue.dequeue(CancellationToken.none());
    } finally {
      flags.add(Thread.currentThread().isInterrupted());
    }
  }

  private static String flag(boolean isSet) {
    return isSet ? ", flag set" : ", flag clear";
  }
}
