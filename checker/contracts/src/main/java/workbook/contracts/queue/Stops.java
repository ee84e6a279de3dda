package workbook.contracts.queue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import workbook.checker.Trial;
import workbook.hosting.Deadline;

/** The stop itself: when it is called, by whom, and what it leaves. */
final class Stops {

  private Stops() {}

  static void everyWorker(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "four workers and a normal stop; then two workers, two items and a stop at the deadline");
    trial.watchThreads();
    var first = contract.bench(trial, 4).start();
    first.enqueue("one");
    first.expectDone("the item ran", "one");
    trial.expectReturn("stop returns", first.stop());
    trial.expectNoNewThread("no worker is left after a normal stop");
    var gate = trial.gate();
    var second = contract.bench(trial, 2).start();
    for (var name : List.of("two", "three")) {
      second.enqueue(name, _ -> gate.pass());
      second.expectBegun("the item begins", name);
    }
    var stop = second.stop();
    trial.advanceTo(10_000);
    trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.expectNoNewThread("no worker is left after the deadline");
  }

  static void atAnyTime(Trial trial, QueuedServiceContract contract) {
    trial.setUp("stop; start; stop from two threads while an item is in progress; stop again");
    var never = contract.bench(trial, 1);
    trial.expectReturn("stop before start returns", never.stop());
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.expectBegun("the item begins", "one");
    var first = bench.stop();
    trial.expectWaiting("the first stop waits for the item", first);
    var second = bench.stop();
    // It may well stand at a monitor that the first one holds.
    var waits = Set.of(Thread.State.WAITING, Thread.State.BLOCKED, Thread.State.TERMINATED);
    trial.expectSoon(
        "the second stop waits for the same end",
        () -> waits.contains(second.thread().getState()),
        () -> "it is " + second.thread().getState());
    trial.expectThat(
        "the second stop waits for the same end", !second.isDone(), "it ended while the item runs");
    gate.open();
    trial.expectReturn("the first stop returns", first);
    trial.expectReturn("the second stop returns", second);
    trial.expectReturn("a stop after the end returns", bench.stop());
    stopAfterTheDeadline(trial, contract);
  }

  static void interruptOfTheCaller(Trial trial, QueuedServiceContract contract) {
    for (boolean beforehand : List.of(false, true)) {
      interruptOfTheCaller(trial, contract, beforehand);
    }
  }

  private static void stopAfterTheDeadline(Trial trial, QueuedServiceContract contract) {
    trial.setUp("an item in progress; a stop that runs into its deadline; stop again");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("two", _ -> gate.pass());
    bench.expectBegun("the item begins", "two");
    bench.stop();
    trial.advanceTo(10_000);
    trial.settle();
    gate.open(); // if the interrupt has not, this ends it
    trial.settle();
    trial.expectReturn("a stop after the end that was forced returns", bench.stop());
  }

  private static void interruptOfTheCaller(
      Trial trial, QueuedServiceContract contract, boolean beforehand) {
    trial.setUp(
        beforehand
            ? "an item in progress; stop is called by a thread that is interrupted already"
            : "stop waits for an item in progress; the thread that called it is interrupted");
    var gate = trial.gate();
    var flag = new AtomicBoolean();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.expectBegun("the item begins", "one");
    var stop =
        trial.start(
            "stopper",
            () -> {
              if (beforehand) {
                Thread.currentThread().interrupt();
              }
              try {
                bench.service.stop(Deadline.after(QueuedServiceBench.LIMIT, trial.time()));
                flag.set(Thread.currentThread().isInterrupted());
              } catch (Exception e) {
                flag.set(
                    e instanceof InterruptedException || Thread.currentThread().isInterrupted());
              }
              return "in some way";
            });
    trial.settle();
    if (!beforehand) {
      trial.note("interrupt the caller of stop");
      stop.thread().interrupt();
      trial.settle();
    }
    gate.open();
    trial.expectReturn("stop ends", stop);
    trial.expectThat(
        "stop throws InterruptedException or leaves the flag set",
        flag.get(),
        "neither: whoever interrupted will wait in vain");
  }
}
