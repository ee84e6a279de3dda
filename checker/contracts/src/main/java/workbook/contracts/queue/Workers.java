package workbook.contracts.queue;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceEnds;
import workbook.contracts.shared.ServiceStarts;

/** How the workers begin, and how they run the items. */
final class Workers {

  private Workers() {}

  static void start(Trial trial, QueuedServiceContract contract) {
    trial.setUp("an item that is queued before the start; start, start again, then an item");
    trial.lookAt("start");
    var early = contract.bench(trial, 1);
    early.enqueue("early");
    trial.settle();
    trial.expectThat(
        "nobody takes from the queue before start",
        !early.queue.wasWaitedFor(),
        "the constructor has begun a worker");
    early.start();
    trial.lookAt("WorkItem.run", "start");
    early.expectDone("it runs after start", "early");
    trial.lookAt("start");
    var bench = contract.bench(trial, 1);
    var start = ServiceStarts.call(trial, bench.service, "starter");
    trial.expectReturn("start returns while the queue is empty", start);
    bench.expectWorker();
    trial.watchThreads();
    ServiceStarts.second(trial, bench.service);
    trial.expectNoNewThread("the refused start has begun no more workers");
    var thread = new AtomicReference<@Nullable String>();
    bench.enqueue("one", _ -> thread.set(Thread.currentThread().getName()));
    bench.expectDone("the item ran", "one");
    var name = String.valueOf(thread.get());
    trial.expectThat(
        "its thread is named after the service, '" + QueuedServiceBench.NAME + "'",
        name.contains(QueuedServiceBench.NAME),
        "its name is '" + name + "'");
    trial.lookAt("name");
    trial.expect(
        "the service's name is '" + QueuedServiceBench.NAME + "'",
        bench.service.name(),
        QueuedServiceBench.NAME);
    BetweenTwoLines.twoStarts(trial, contract);
  }

  static void order(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker; three items, the first waits at a gate");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("one", _ -> gate.pass());
    bench.enqueue("two");
    bench.enqueue("three");
    bench.expectBegun("the first item begins", "one");
    trial.expectThat(
        "both others wait in the queue, or one of them if the worker has taken the other already",
        bench.queue.size() >= 1,
        "both have been taken out of the queue");
    trial.expect("the others wait for it", List.copyOf(bench.begun), List.of("one"));
    gate.open();
    bench.expectDone("all run once, in order", "one", "two", "three");
  }

  static void howMany(Trial trial, QueuedServiceContract contract) {
    trial.setUp("three workers; eight items that wait at a gate");
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var gate = trial.gate();
    var bench = contract.bench(trial, 3).start();
    for (int n = 1; n <= 8; n++) {
      bench.enqueue(
          "item " + n,
          _ -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            gate.pass();
            running.decrementAndGet();
          });
    }
    trial.expectSoon(
        "three items run at a time", () -> running.get() >= 3, () -> running.get() + " at a time");
    trial.settle();
    trial.expect("three items run at a time, no more", running.get() + " at a time", "3 at a time");
    int waiting = bench.queue.size();
    trial.expectThat(
        "the other five wait in the queue, or four if one has been taken already",
        waiting == 5 || waiting == 4,
        waiting + " wait in the queue");
    gate.open();
    trial.expectSoon(
        "all eight are done",
        () -> bench.done.size() == 8,
        () -> "done: " + Trial.describe(List.copyOf(bench.done)));
    trial.expect("at most three run at a time", most.get() + " at a time", "3 at a time");
  }

  static void itemThrows(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker; three items: the first throws, the second throws a checked exception");
    var unchecked = new IllegalStateException("no such image");
    var checked = new IOException("disk full");
    var bench = contract.bench(trial, 1).start();
    bench.enqueue(
        "one",
        _ -> {
          throw unchecked;
        });
    bench.enqueue(
        "two",
        _ -> {
          throw checked;
        });
    bench.enqueue("three");
    bench.expectDone("the third item runs", "three");
    for (var exception : List.of(unchecked, checked)) {
      trial.expectThat(
          "a warning or an error is logged with the "
              + exception.getClass().getSimpleName()
              + " attached",
          trial.log().hasWarningWith(exception),
          "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    }
    trial.setUp("one worker; an item throws an Error");
    trial.lookAt("completeExceptionally", "complete", "start");
    var error = new NoClassDefFoundError("Thumbnails");
    var another = contract.bench(trial, 1).start();
    another.enqueue(
        "four",
        _ -> {
          throw error;
        });
    ServiceEnds.expectFailure(trial, another.service, error);
    oneOfTwoFails(trial, contract, error);
    failsWhileStopping(trial, contract, error);
    queueFails(trial, contract);
  }

  // What looks like a cancellation is the item's own affair while nobody has asked the service to
  // stop.
  static void itemCancelsItself(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "one worker; items that throw TimeoutException, CancellationException,"
            + " InterruptedException, one that leaves the interrupt flag set, and one more");
    var bench = contract.bench(trial, 1).start();
    bench.enqueue(
        "times out",
        _ -> {
          throw new TimeoutException("the item's own");
        });
    bench.enqueue(
        "cancels",
        _ -> {
          throw new CancellationException("the item's own");
        });
    bench.enqueue(
        "interrupted",
        _ -> {
          throw new InterruptedException("the item's own");
        });
    bench.enqueue("sets the flag", _ -> Thread.currentThread().interrupt());
    var flag = new AtomicReference<>("the last item has not begun");
    bench.enqueue("last", _ -> flag.set(Thread.currentThread().isInterrupted() ? "set" : "clear"));
    trial.expectSoon(
        "the worker goes on to the last item",
        () -> bench.done.contains("last"),
        () -> "begun: " + Trial.describe(List.copyOf(bench.begun)));
    trial.expect("the interrupt flag, when the last item begins", flag.get(), "clear");
  }

  private static void failsWhileStopping(Trial trial, QueuedServiceContract contract, Error error) {
    trial.setUp("two workers, one of them idle; stop; the other one's item throws an Error");
    trial.lookAt("completeExceptionally", "complete", "start");
    var gate = trial.gate();
    var bench = contract.bench(trial, 2).start();
    bench.enqueue(
        "seven",
        _ -> {
          try {
            gate.pass();
          } catch (InterruptedException e) {
            trial.note("seven is interrupted"); // that is for other rules
          }
          throw error;
        });
    bench.expectBegun("seven begins", "seven");
    bench.stop();
    trial.settle();
    gate.open();
    ServiceEnds.expectFailure(trial, bench.service, error);
  }

  private static void oneOfTwoFails(Trial trial, QueuedServiceContract contract, Error error) {
    trial.setUp("two workers; an item throws an Error; then another item; stop");
    trial.lookAt("completeExceptionally", "complete", "start");
    var bench = contract.bench(trial, 2).start();
    bench.enqueue(
        "five",
        _ -> {
          throw error;
        });
    bench.expectBegun("five begins", "five");
    bench.enqueue("six");
    trial.settle();
    var stop = bench.stopAndSay();
    bench.advanceToTheDeadline();
    bench.said(stop);
    ServiceEnds.expectFailure(trial, bench.service, error);
  }

  // What failed once may fail for ever: a worker that asks again would fill the log.
  private static void queueFails(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker; the queue throws an exception when it is asked for an item");
    trial.lookAt("completeExceptionally", "complete", "start");
    var queue = new BrokenQueue(trial);
    var service = trial.subject(contract.create(QueuedServiceBench.NAME, queue, 1));
    ServiceStarts.first(trial, service);
    ServiceEnds.expectFailure(trial, service, queue.failure);
    trial.settle();
    trial.expectThat(
        "the worker ends",
        queue.asked() < BrokenQueue.MOST_CALLS,
        "it asks the queue again and again");
  }
}
