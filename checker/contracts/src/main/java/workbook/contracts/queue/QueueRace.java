package workbook.contracts.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.checker.interleaving.Restless;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** What a few threads did with a queue, in one order of their steps. */
final class QueueRace {

  final BackgroundTaskQueue queue;
  final CancellationSource source = new CancellationSource();
  final List<String> accepted = new ArrayList<>();
  final List<String> taken = new CopyOnWriteArrayList<>();
  @Nullable Thread taker;
  boolean toInterrupt;

  QueueRace(BackgroundTaskQueue queue) {
    this.queue = queue;
  }

  /**
   * The same race in every order of its steps; the learner's class is loaded a second time for it.
   */
  static Interleavings<QueueRace> of(
      Trial trial, BackgroundTaskQueueContract contract, int capacity, String... before) {
    var twin =
        InstrumentingLoader.twin(contract, trial.subject(contract.create(capacity)).getClass());
    return Interleavings.from(
        () -> {
          var race = new QueueRace(twin.create(capacity));
          List.of(before).forEach(race::put);
          return race;
        });
  }

  void put(String name) {
    if (queue.enqueue(WorkItem.of(name, _ -> {}))) {
      accepted.add(name);
    }
  }

  void interrupt() {
    toInterrupt = true;
    if (taker != null) {
      taker.interrupt();
    }
  }

  void takeUnlessInterrupted() {
    taker = Thread.currentThread();
    if (toInterrupt) {
      taker.interrupt();
    }
    try {
      take(CancellationToken.none());
    } catch (InterruptedException e) {
      // what it was interrupted for; the item must be left for another
    }
  }

  void takeOne() throws InterruptedException {
    if (!take(CancellationToken.none())) {
      throw new AssertionError("returned empty, although nobody has closed the queue");
    }
  }

  /** A taker that may be cancelled, and goes on to other things then. */
  void takeUnlessCancelled() throws InterruptedException {
    take(source.token());
    if (Thread.interrupted()) {
      throw new AssertionError(
          "interrupted after dequeue has returned, when its caller does something else");
    }
  }

  void takeToTheEnd() throws InterruptedException {
    while (take(CancellationToken.none())) {
      // on to the next
    }
  }

  boolean take(CancellationToken token) throws InterruptedException {
    var item = queue.dequeue(token);
    item.map(WorkItem::name).ifPresent(taken::add);
    return item.isPresent();
  }

  void expect(boolean holds) {
    if (!holds) {
      throw new AssertionError(
          "accepted: %s; taken: %s".formatted(Trial.describe(accepted), Trial.describe(taken)));
    }
  }

  void expectOneAccepted() {
    if (accepted.size() != 1) {
      throw new AssertionError(
          accepted.isEmpty()
              ? "neither was accepted"
              : "both were accepted: " + Trial.describe(accepted));
    }
  }

  /** All but the first item have raced for what room there was; then the queue is as it was. */
  void expectAsManyAsFit(int capacity) throws Exception {
    if (accepted.size() != 1 + capacity) {
      throw new AssertionError("accepted: " + Trial.describe(accepted));
    }
    expectAllTakenOnce();
    accepted.clear();
    for (int n = 0; n <= capacity; n++) {
      put("later " + n);
    }
    if (accepted.size() != capacity) {
      throw new AssertionError(
          "afterwards, %d of %d offers were accepted".formatted(accepted.size(), capacity + 1));
    }
  }

  /** Taker 1 has gone on to other things; what it left is for taker 2. */
  void expectOnlyTheSecondWaits(Map<String, String> waiting) {
    if (waiting.containsKey("taker 1")) {
      throw new AssertionError("taker 1 still waits at " + waiting.get("taker 1"));
    }
    if (!waiting.isEmpty() && !taken.equals(accepted)) {
      throw new AssertionError(
          "a is left, or lost, and taker 2 waits at " + waiting.get("taker 2"));
    }
  }

  void expectTakerGotAll() {
    expect(taken.equals(accepted));
  }

  /** Takes what must be left: all that was accepted must by then have been taken, once. */
  void expectAllTakenOnce() throws Exception {
    int left = accepted.size() - taken.size();
    if (left > 0) {
      var rest =
          new FutureTask<>(
              Restless.call(
                  () -> {
                    for (int n = 0; n < left; n++) {
                      take(CancellationToken.none());
                    }
                    return taken;
                  }));
      var taker = Thread.ofVirtual().start(rest);
      if (!Limit.of(Patience.SIGNAL).awaits(rest::isDone)) {
        taker.interrupt(); // what it waits for does not come: it is missing below
      }
    }
    // region once
    assertThat(taken)
        .withFailMessage("taken: %s; accepted: %s", Trial.describe(taken), Trial.describe(accepted))
        .containsExactlyInAnyOrderElementsOf(accepted);
    // endregion
  }
}
