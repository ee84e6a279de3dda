package workbook.contracts.queue;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
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
          for (boolean passed = false; !passed; ) {
            try {
              gate.pass();
              passed = true;
            } catch (InterruptedException e) {
              interrupted.incrementAndGet();
              trial.note("two interrupted, goes on");
            }
          }
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
    trial.expectSoon(
        "the items' tokens are cancelled",
        () -> tokens.stream().allMatch(CancellationToken::isCancelled),
        () -> tokens.stream().filter(token -> !token.isCancelled()).count() + " of 2 are not");
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
    trial.expectThat(
        "the message names bravo, charlie and delta, not alpha, and not zulu of another service",
        List.of("bravo", "charlie", "delta").stream().allMatch(message::contains)
            && !message.contains("alpha")
            && !message.contains("zulu"),
        "the message is: " + message);
    onItsWay(trial, contract);
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
    bench.enqueue("echo", _ -> gate.pass());
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
