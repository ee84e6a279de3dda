package workbook.contracts.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Restless;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Many threads at a queue: first in step, then giving way to each other before every line. */
final class Crowd {

  private static final long A_MOMENT = 1_000; // in ns; a yield would let only those on who run

  private Crowd() {}

  static void onBothSides(Trial trial, BackgroundTaskQueueContract contract) {
    Restless.oneAtATime(() -> bothSides(trial, contract));
  }

  private static void bothSides(Trial trial, BackgroundTaskQueueContract contract) {
    trial.setUp("50 producers at capacity 10; then 8 producers of 50 items and 8 consumers");
    var restless =
        InstrumentingLoader.twin(contract, trial.subject(contract.create(10)).getClass());
    var small = trial.subject(restless.create(10));
    trial.afterwards(small::close);
    var offers = new ArrayList<Callable<Boolean>>();
    for (int n = 0; n < 50; n++) {
      var racer = WorkItem.of("racer " + n, _ -> {});
      offers.add(() -> small.enqueue(racer));
    }
    var racers = new ArrayList<Caller<Boolean>>();
    Restless.inStep(offers).forEach(offer -> racers.add(trial.start("producer", offer)));
    long accepted = 0;
    for (var racer : racers) {
      accepted += trial.expectReturn("every producer is answered", racer) ? 1 : 0;
    }
    trial.expectThat(
        "10 of the 50 are accepted",
        accepted == 10,
        accepted > 10 ? "more than 10 were accepted" : "fewer than 10 were accepted");

    manyTakers(trial, trial.subject(restless.create(5)));
  }

  private static void manyTakers(Trial trial, BackgroundTaskQueue queue) {
    var over = new AtomicBoolean();
    trial.afterwards(queue::close);
    trial.afterwards(() -> over.set(true));
    var refused = new AtomicInteger();
    var taken = new CopyOnWriteArrayList<String>();
    var wanted = new ArrayList<String>();
    for (int n = 1; n <= 8; n++) {
      produce(trial, queue, names(n, 1, 49), wanted, refused, over);
    }
    trial.expectSoon(
        "a full queue refuses",
        () -> refused.get() > 0,
        () -> "all offers were accepted, or had to wait");
    trial.lookAt("dequeue");
    for (int n = 1; n <= 8; n++) {
      trial.start(
          "consumer",
          Restless.call(
              () -> {
                while (!over.get()) {
                  queue.dequeue(CancellationToken.none()).map(WorkItem::name).ifPresent(taken::add);
                }
                return "at the end";
              }));
    }
    expectTaken(trial, taken, wanted);
    trial.settle(); // so all consumers wait when the last items come
    for (int n = 1; n <= 8; n++) {
      produce(trial, queue, names(n, 50, 50), wanted, refused, over);
    }
    expectTaken(trial, taken, wanted);
  }

  private static List<String> names(int producer, int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(n -> producer + "/" + n).toList();
  }

  private static void produce(
      Trial trial,
      BackgroundTaskQueue queue,
      List<String> names,
      List<String> wanted,
      AtomicInteger refused,
      AtomicBoolean over) {
    wanted.addAll(names);
    trial.start(
        "producer",
        Restless.call(
            () -> {
              for (var name : names) {
                while (!queue.enqueue(WorkItem.of(name, _ -> {})) && !over.get()) {
                  refused.incrementAndGet();
                  LockSupport.parkNanos(A_MOMENT); // full: let the consumers have a turn
                }
              }
              return "all in";
            }));
  }

  private static void expectTaken(Trial trial, List<String> taken, List<String> wanted) {
    trial.expectSoon(
        "all items are taken, each once",
        () -> taken.size() >= wanted.size(),
        () -> "some were not: they are lost, or left while all takers wait");
    trial.expectThat(
        "all items are taken, each once",
        Set.copyOf(taken).equals(Set.copyOf(wanted)) && taken.size() == wanted.size(),
        "one of them was taken twice");
  }
}
