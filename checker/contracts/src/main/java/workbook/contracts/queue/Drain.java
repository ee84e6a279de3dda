package workbook.contracts.queue;

import ch.qos.logback.classic.Level;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceEnds;
import workbook.hosting.CancellationToken;

/** A stop that comes to its end in time. */
final class Drain {

  private Drain() {}

  static void whenIdle(Trial trial, QueuedServiceContract contract) {
    trial.setUp("two workers wait at an empty queue; one item was done; stop with 10 s to go");
    var bench = contract.bench(trial, 2);
    var early = bench.service.completion();
    bench.start();
    bench.enqueue("one");
    bench.expectDone("the item ran", "one");
    trial.expectReturn("stop returns at the same time, 0 ms", bench.stop());
    trial.expect("no time has passed: 0 ms", trial.time().millis() + " ms", "0 ms");
    expectQuietLog(trial);
    ServiceEnds.expectNormal(trial, bench.service, early);
  }

  static void runningItems(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "two workers, two items in progress; stop with 10 s to go; one item ends at 4 s, the other"
            + " at 8 s");
    for (int first : List.of(0, 1)) { // each worker once, in case stop waits for only one of them
      oneAfterTheOther(trial, contract, first);
    }
    expectQuietLog(trial);
    callerInterrupted(trial, contract);
  }

  /** Who waits for the items is interrupted, and they are not. */
  private static void callerInterrupted(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "one worker, one item in progress, one queued; the caller of stop is interrupted while it"
            + " waits; another stop; then the item ends");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue(
        "three",
        token -> {
          gate.pass(token);
          if (token.isCancelled()) {
            throw new IllegalStateException("cancelled");
          }
        });
    bench.enqueue("four");
    bench.expectBegun("the item begins", "three");
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the item is in progress", stop);
    trial.note("interrupt the caller of stop");
    stop.thread().interrupt();
    var another = bench.stop();
    trial.expectWaiting("another stop waits while the item is in progress", another);
    gate.open();
    bench.expectDone("both items end normally", "three", "four");
  }

  static void everything(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker, one item in progress and two queued; stop with 10 s to go");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.enqueue("two");
    bench.enqueue("three");
    bench.expectBegun("the first item begins", "one");
    var stop = bench.stop();
    trial.expectWaiting("stop waits while items are left", stop);
    gate.open();
    trial.expectReturn("stop returns when all is done", stop);
    trial.expect(
        "one, two and three are done", List.copyOf(bench.done), List.of("one", "two", "three"));
    BetweenTwoLines.drained(trial, contract);
  }

  // An item accepted now would never run.
  static void newItems(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker, one item in progress; stop; then an item is offered");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.expectBegun("the item begins", "one");
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the item is in progress", stop);
    trial.expectThat(
        "the queue is closed when stop begins",
        bench.queue.isClosed(),
        "it is open: what is offered now is accepted");
    gate.open();
    trial.expectReturn("stop returns", stop);
  }

  private static void oneAfterTheOther(Trial trial, QueuedServiceContract contract, int first) {
    record Running(Thread thread, Gate gate, CancellationToken token) {}
    var running = new CopyOnWriteArrayList<Running>();
    var bench = contract.bench(trial, 2).start();
    for (var name : List.of("one", "two")) {
      bench.enqueue(
          name,
          token -> {
            var gate = trial.gate();
            running.add(new Running(Thread.currentThread(), gate, token));
            gate.pass(token);
          });
    }
    trial.expectSoon("both items run", () -> running.size() == 2, () -> running.size() + " run");
    long begin = trial.time().millis();
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the items are in progress", stop);
    trial.advanceTo(begin + 4_000);
    trial.expectWaiting("stop waits while the items are in progress, at 4 s", stop);
    running.sort(Comparator.comparing(item -> item.thread().threadId()));
    running.get(first).gate().open();
    trial.advanceTo(begin + 8_000);
    trial.expectWaiting("stop waits while one of the items is in progress, at 8 s", stop);
    trial.expect(
        "the items' token is not cancelled before the deadline",
        running.stream().map(item -> item.token().isCancelled() ? "cancelled" : "open").toList(),
        List.of("open", "open"));
    trial.lookAt("complete", "stop");
    trial.expect(
        "the service's completion is open while an item runs",
        bench.service.completion().toCompletableFuture().isDone() ? "completed" : "open",
        "open");
    trial.lookAt();
    running.get(1 - first).gate().open();
    trial.expectReturn("stop returns when the items have ended", stop);
    trial.expectThat(
        "both items end normally",
        bench.done.containsAll(List.of("one", "two")),
        "one of them did not");
  }

  /** Two workers may say the same, in any order. */
  static void expectQuietLog(Trial trial) {
    var said = trial.log().at(Level.WARN).stream().distinct().sorted().toList();
    trial.expect("no warning, no error in the log", said, List.of());
  }
}
