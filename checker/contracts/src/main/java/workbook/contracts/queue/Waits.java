package workbook.contracts.queue;

import java.util.List;
import workbook.checker.Trial;
import workbook.contracts.shared.QueueWaits;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.WorkItem;

/** Waits for an item, waits that end without one, and interrupts where nobody waits. */
final class Waits {

  private Waits() {}

  static void forAnItem(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; two takers wait at an empty queue; two items are put in");
    var queue = contract.calls(trial, 10);
    var first = queue.taker("taker 1");
    trial.expectWaiting("the first taker waits", first);
    var second = queue.taker("taker 2");
    trial.expectWaiting("the second taker waits", second);
    queue.put("a");
    trial.settle(); // in one order only; all the others are tried in 2.11
    trial.expectThat(
        "the first item wakes a taker", first.isDone() || second.isDone(), "both still wait");
    queue.put("b");
    var taken =
        List.of(
            trial.expectReturn("both takers get an item", first),
            trial.expectReturn("both takers get an item", second));
    trial.expect("the takers got a and b", taken.stream().sorted().toList(), List.of("a", "b"));
  }

  static void cancelled(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; two takers wait; the token of the second is cancelled; then a and b");
    QueueWaits.cancelled(trial, contract.calls(trial, 10));
    trial.setUp("capacity 10; a put in; closed; a taker whose token was cancelled; another taker");
    var closed = contract.calls(trial, 10);
    closed.put("a");
    closed.close();
    var source = new CancellationSource();
    source.cancel();
    trial.expect(
        "a taker whose token was cancelled beforehand got nothing from a closed queue, either",
        trial.expectReturn("it returns", closed.taker("cancelled taker", source.token())),
        "nothing");
    trial.lookAt("close");
    trial.expect("a is still there", closed.take("a is taken"), "a");
  }

  static void interrupted(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp(
        "capacity 10; takers interrupted beforehand and while waiting; then a is put in, and a"
            + " taker interrupted beforehand asks for it");
    var queue = contract.calls(trial, 10);
    QueueWaits.interruptedBeforehand(trial, queue);
    QueueWaits.interruptedWhileWaiting(trial, queue);
    queue.put("a");
    QueueWaits.interruptedBeforehand(trial, queue);
    trial.expect("a is there for the next", queue.take("a is taken"), "a");
    trial.setUp(
        "capacity 2; a put in while its taker is interrupted, in every order of their steps");
    trial.expectInEveryOrder(
        "a is taken or still there",
        QueueRace.of(trial, contract, 2)
            .actor("taker", QueueRace::takeUnlessInterrupted)
            .actor("producer", race -> race.put("a"))
            .actor("interrupter", QueueRace::interrupt)
            .check(QueueRace::expectAllTakenOnce)
            .preemptions(1));
    trial.setUp(
        "capacity 2; two takers; a put in while the first is interrupted, in every order of their"
            + " steps");
    trial.expectInEveryOrder(
        "the first taker ends, and a is not left while the second waits",
        QueueRace.of(trial, contract, 2)
            .actor("taker 1", QueueRace::takeUnlessInterrupted)
            .actor("taker 2", race -> race.take(CancellationToken.none()))
            .actor("producer", race -> race.put("a"))
            .actor("interrupter", QueueRace::interrupt)
            .check(QueueRace::expectOnlyTheSecondWaits)
            .cleanUp(race -> race.queue.close())
            .preemptions(1));
  }

  // Only dequeue waits: nowhere else has an interrupt something to end.
  static void interruptOfOthers(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("capacity 10; a put in, and the queue closed, by a thread that is interrupted");
    var queue = contract.queue(trial, 10);
    var calls = BackgroundTaskQueueContract.calls(trial, queue);
    var producer =
        trial.start(
            "producer",
            () -> {
              Thread.currentThread().interrupt();
              boolean accepted = queue.enqueue(WorkItem.of("a", _ -> {}));
              trial.note(accepted ? "a accepted" : "a refused");
              return accepted
                  ? "accepted" + flag(Thread.currentThread().isInterrupted())
                  : "refused";
            });
    trial.expect(
        "a is accepted, and the flag is still set",
        trial.expectReturn("enqueue answers", producer),
        "accepted, flag set");
    trial.expect("a is there", calls.take("a is taken"), "a");
    var closer =
        trial.start(
            "closer",
            () -> {
              Thread.currentThread().interrupt();
              trial.note("close");
              queue.close();
              return "closed" + flag(Thread.currentThread().isInterrupted());
            });
    trial.expect(
        "close returns, and the flag is still set",
        trial.expectReturn("close returns", closer),
        "closed, flag set");
    trial.lookAt("close");
    trial.expect("b, since the queue is closed", calls.put("b"), "refused");
  }

  private static String flag(boolean isSet) {
    return isSet ? ", flag set" : ", flag clear";
  }
}
