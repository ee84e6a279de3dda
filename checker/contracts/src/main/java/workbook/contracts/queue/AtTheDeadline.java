package workbook.contracts.queue;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceStops;
import workbook.contracts.shared.Stopper;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;

/** What happens to the items when a stop runs into its deadline. */
final class AtTheDeadline {

  private AtTheDeadline() {}

  static void runningItems(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "two workers, each with an item that never ends by itself, one not even when interrupted;"
            + " stop with 10 s to go");
    var interrupted = new AtomicInteger();
    var tokens = Collections.synchronizedList(new ArrayList<CancellationToken>());
    var gate = trial.gate();
    var bench = contract.bench(trial, 2).start();
    bench.enqueue(
        "one",
        token -> {
          tokens.add(token);
          try {
            gate.pass();
          } catch (InterruptedException e) {
            interrupted.incrementAndGet();
            trial.note("one interrupted");
            throw e;
          }
        });
    bench.enqueue(
        "two",
        token -> {
          tokens.add(token);
          passWhateverComes(
              gate,
              () -> {
                interrupted.incrementAndGet();
                trial.note("two interrupted, goes on");
              });
        });
    bench.expectBegun("the first item begins", "one");
    bench.expectBegun("the second item begins", "two");
    var stop = bench.stop();
    trial.advanceTo(9_999);
    trial.expectWaiting("stop waits at 9,999 ms", stop);
    trial.expectThat(
        "no interrupt before the deadline",
        interrupted.get() == 0,
        interrupted.get() + " of 2 were interrupted");
    trial.advanceTo(10_000);
    ServiceStops.expectTimeout(trial, stop, QueuedServiceBench.NAME);
    trial.expectSoon(
        "both items are interrupted",
        () -> interrupted.get() >= 2,
        () -> interrupted.get() + " of 2 were interrupted");
    trial.lookAt("WorkItem.run", "stop");
    trial.expectSoon(
        "the items' tokens are cancelled",
        () -> tokens.stream().allMatch(CancellationToken::isCancelled),
        () -> tokens.stream().filter(token -> !token.isCancelled()).count() + " of 2 are not");
    for (int first : List.of(0, 1)) { // each worker once, in case only one of the joins counts
      oneOfTwo(trial, contract, first);
    }
    actionThrows(trial, contract);
    afterwards(trial, contract);
  }

  private static void passWhateverComes(Gate gate, Runnable atAnInterrupt) {
    for (boolean passed = false; !passed; ) {
      try {
        gate.pass();
        passed = true;
      } catch (InterruptedException e) {
        atAnInterrupt.run();
      }
    }
  }

  private static void oneOfTwo(Trial trial, QueuedServiceContract contract, int first) {
    record Running(Thread thread, String name, Gate gate, CancellationToken token) {}
    trial.setUp("two workers; stop; one of their items ends in time, the other one never ends");
    var running = new CopyOnWriteArrayList<Running>();
    trial.watchThreads();
    var bench = contract.bench(trial, 2).start();
    for (var name : List.of("three", "four")) {
      var gate = trial.gate();
      bench.enqueue(
          name,
          token -> {
            running.add(new Running(Thread.currentThread(), name, gate, token));
            gate.pass();
          });
      bench.expectBegun("each item begins", name);
    }
    running.sort(Comparator.comparing(item -> item.thread().threadId()));
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the items are in progress", stop);
    running.get(first).gate().open();
    bench.advanceToTheDeadline();
    var message = ServiceStops.expectTimeout(trial, stop, QueuedServiceBench.NAME);
    var late = running.get(1 - first).name();
    trial.expectThat(
        "the message names the item that has not ended",
        message.contains(late),
        "it says: " + message);
    trial.lookAt("start");
    trial.expectNoNewThread("the worker of that item is interrupted, and ends");
    trial.lookAt();
    trial.expectThat(
        "the token of that item is cancelled",
        running.get(1 - first).token().isCancelled(),
        "it is open");
  }

  private static void actionThrows(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "two workers, each with an item whose action, registered with the token, throws; one more"
            + " is queued; stop with 10 s to go");
    var gate = trial.gate();
    trial.watchThreads();
    var bench = contract.bench(trial, 2).start();
    for (var name : List.of("five", "six")) {
      bench.enqueue(
          name,
          token -> {
            token.onCancel(
                () -> {
                  throw new IllegalStateException("thrown by the action of " + name);
                });
            gate.pass();
          });
      bench.expectBegun("each item begins", name);
    }
    bench.enqueue("seven");
    var stop = bench.stop();
    bench.advanceToTheDeadline();
    var message = ServiceStops.expectTimeout(trial, stop, QueuedServiceBench.NAME);
    trial.lookAt("WorkItem.name", "stop");
    trial.expectThat(
        "the message names five, six and seven",
        List.of("five", "six", "seven").stream().allMatch(message::contains),
        "it says: " + message);
    trial.expectNoNewThread("both workers are interrupted, and end");
  }

  private static void afterwards(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker; 'eight' never ends, 'nine' is queued; stop, its deadline has passed");
    var gate = trial.gate();
    trial.watchThreads();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("eight", _ -> gate.pass());
    bench.enqueue("nine");
    bench.expectBegun("eight begins", "eight");
    var stop = bench.stopAndSay(Deadline.after(Duration.ZERO, trial.time()));
    var message = bench.said(stop);
    trial.expectThat(
        "stop throws at once, and names eight and nine",
        message.contains("eight") && message.contains("nine"),
        "it says: " + message);
    trial.expectNoNewThread("the worker is interrupted, and ends");
  }

  static void leftovers(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker: 'alpha' done, 'bravo' never ends, 'charlie' and 'delta' queued; stop");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.enqueue("alpha");
    bench.enqueue("bravo", _ -> gate.pass());
    bench.enqueue("charlie");
    bench.enqueue("delta");
    bench.expectBegun("bravo begins", "bravo");
    var another = contract.bench(trial, 1).start();
    another.enqueue("zulu", _ -> gate.pass());
    another.expectBegun("zulu, an item of another service, begins", "zulu");
    var stop = bench.stop();
    trial.advanceTo(10_000);
    var timeout = trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    var message = String.valueOf(timeout.getMessage());
    trial.lookAt("WorkItem.name", "stop");
    trial.expectThat(
        "the message names bravo, charlie and delta, not alpha, and not zulu of another service",
        List.of("bravo", "charlie", "delta").stream().allMatch(message::contains)
            && !message.contains("alpha")
            && !message.contains("zulu"),
        "the message is: " + message);
    onItsWay(trial, contract);
    sameItem(trial, contract);
    nobodyLeft(trial, contract);
    BetweenTwoLines.named(trial, contract);
    BetweenTwoLines.stopAtTheDeadline(trial, contract);
    BetweenTwoLines.endsWhenCancelled(trial, contract);
  }

  private static void sameItem(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "two workers; one item put in three times, which never ends; 30 more are queued, the last"
            + " one's name is '100%d {0} {}'; stop");
    var gate = trial.gate();
    var bench = contract.bench(trial, 2).start();
    var running = new AtomicInteger();
    var same =
        bench.item(
            "foxtrot",
            _ -> {
              running.incrementAndGet();
              gate.pass();
            });
    for (int n = 0; n < 3; n++) {
      bench.queue.enqueue(same);
    }
    var others = new ArrayList<String>();
    for (int n = 1; n < 30; n++) {
      others.add("number %02d".formatted(n));
    }
    others.add("100%d {0} {}");
    others.forEach(bench::enqueue);
    trial.expectSoon(
        "it runs on both workers", () -> running.get() == 2, () -> "it runs on " + running);
    var stop = bench.stopAndSay();
    bench.advanceToTheDeadline();
    var message = bench.said(stop);
    trial.expect(
        "how often the message names foxtrot, which was accepted three times",
        message.split("foxtrot", -1).length - 1 + " times",
        "3 times");
    bench.expectNoneLost(message, others.toArray(String[]::new));
  }

  // With nobody to run it an item waits in vain, whether the deadline has come or not.
  private static void nobodyLeft(Trial trial, QueuedServiceContract contract) {
    for (boolean stopping : List.of(false, true)) {
      trial.setUp(
          "one worker; 'golf' throws an Error, 'hotel' is queued; stop, "
              + (stopping ? "before the Error" : "after it"));
      var gate = trial.gate();
      var bench = contract.bench(trial, 1).start();
      bench.enqueue(
          "golf",
          _ -> {
            gate.pass();
            throw new NoClassDefFoundError("Thumbnails");
          });
      bench.enqueue("hotel");
      bench.expectBegun("golf begins", "golf");
      var early = stopping ? bench.stopAndSay(bench.deadline(), Exception.class) : null;
      trial.settle();
      gate.open();
      trial.settle();
      var stop = early == null ? bench.stopAndSay(bench.deadline(), Exception.class) : early;
      bench.advanceToTheDeadline();
      bench.expectNoneLost(bench.said(stop), "hotel");
    }
  }

  static void nextItems(Trial trial, QueuedServiceContract contract) {
    trial.setUp("one worker, one item that never ends and two queued; stop with 10 s to go");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    trial.watchThreads();
    bench.enqueue("one", _ -> gate.pass());
    bench.enqueue("two");
    bench.enqueue("three");
    bench.expectBegun("the first item begins", "one");
    var stop = bench.stop();
    trial.advanceTo(10_000);
    trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.settle();
    trial.expectThat(
        "no other item is begun", bench.begun.equals(List.of("one")), "a queued item was begun");
  }

  private static void onItsWay(Trial trial, QueuedServiceContract contract) {
    trial.setUp(
        "one worker: 'echo' leaves the queue before the deadline and reaches its worker after it");
    var gate = trial.gate();
    var bench = contract.bench(trial, 1).start();
    bench.queue.holdNext();
    bench.enqueue("echo", _ -> passWhateverComes(gate, () -> {}));
    trial.expectSoon("echo is taken", bench.queue::holdsOne, () -> "it is still in the queue");
    var stop =
        trial.start(
            "stopper",
            () -> {
              trial.note("stop");
              try {
                bench.service.stop(Deadline.after(Stopper.LIMIT, trial.time()));
                return "stop returned normally";
              } catch (TimeoutException e) {
                return String.valueOf(e.getMessage());
              }
            });
    trial.advanceTo(20_000);
    bench.queue.release();
    trial.expectSoon(
        "echo reaches its worker", bench.queue::hasHandedOver, () -> "it is still on its way");
    var message = trial.expectReturn("stop ends when echo has reached its worker", stop);
    trial.settle();
    boolean leftAndLogged =
        !bench.begun.contains("echo")
            && String.join(" ", trial.log().at(Level.WARN)).contains("echo");
    trial.expectThat(
        "echo is named by stop, or left alone and named in the log",
        message.contains("echo") || leftAndLogged,
        "it is lost; what stop said: " + message);
  }
}
