package workbook.contracts.queue;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.checker.interleaving.Halt;
import workbook.contracts.shared.ServiceEnds;

/**
 * What can happen while one thread of a service stands between two of its lines. Each scenario is
 * tried for every line: one thread is stopped there until all others have done what they can.
 */
final class BetweenTwoLines {

  private static final int MOST_LINES = 200;

  private BetweenTwoLines() {}

  /** A worker that has got an item and does not run it yet; stop has time. */
  static void drained(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    forEachLine(
        trial,
        halt -> {
          var gate = trial.gate();
          var bench = twin.bench(trial, 1).quiet().start();
          bench.queue.haltNext(halt);
          bench.enqueue("echo", _ -> gate.pass());
          trial.settle();
          trial.setUp("one worker that has just got 'echo'" + standsAt(halt) + "; stop");
          var stop = bench.stopAndSay();
          trial.expectWaiting("stop waits while the worker has an item", stop);
          goOn(trial, halt);
          trial.expect("the worker runs echo", String.join(", ", bench.begun), "echo");
          trial.expectWaiting("stop waits while echo is in progress", stop);
          gate.open();
          trial.expect("stop, when echo has ended", bench.said(stop), QueuedServiceBench.RETURNED);
          trial.expect("echo ends undisturbed", String.join(", ", bench.done), "echo");
        });
  }

  /** The same, and the deadline passes. */
  static void named(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    forEachLine(
        trial,
        halt -> {
          var gate = trial.gate();
          var bench = twin.bench(trial, 1).quiet().start();
          bench.queue.haltNext(halt);
          bench.enqueue("echo", _ -> gate.pass());
          trial.settle();
          trial.setUp(
              "one worker that has just got 'echo'"
                  + standsAt(halt)
                  + ", until the deadline of a stop has passed");
          var stop = bench.stopAndSay();
          bench.advanceToTheDeadline();
          goOn(trial, halt);
          bench.expectNoneLost(bench.said(stop), "echo");
        });
  }

  /** A stop whose deadline has passed, while a worker does what it can. */
  static void stopAtTheDeadline(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    forEachLine(
        trial,
        halt -> {
          var gate = trial.gate();
          var bench = twin.bench(trial, 1).quiet().start();
          bench.enqueue("bravo", _ -> gate.pass());
          bench.enqueue("charlie");
          bench.expectBegun("bravo begins", "bravo");
          var stop = bench.stopAndSay(halt);
          bench.advanceToTheDeadline();
          trial.setUp(
              "one worker: 'bravo' never ends by itself, 'charlie' is queued; stop, whose thread,"
                  + " after the deadline,"
                  + standsAt(halt)
                  + " while all others go on");
          goOn(trial, halt);
          bench.expectNoneLost(bench.said(stop), "bravo", "charlie");
        });
    forEachLine(
        trial,
        halt -> {
          var gate = trial.gate();
          var never = trial.gate();
          var bench = twin.bench(trial, 1).quiet().start();
          bench.enqueue("bravo", _ -> gate.pass());
          bench.enqueue("charlie", _ -> never.pass());
          bench.enqueue("delta");
          bench.expectBegun("bravo begins", "bravo");
          var stop = bench.stopAndSay(halt);
          bench.advanceToTheDeadline();
          gate.open();
          trial.settle();
          trial.setUp(
              "one worker: 'bravo' ends right after the deadline, 'charlie', which never ends, and"
                  + " 'delta' are queued; stop, whose thread, after the deadline,"
                  + standsAt(halt)
                  + " while all others go on");
          goOn(trial, halt);
          bench.expectNoneLost(bench.said(stop), "bravo", "charlie", "delta");
        });
  }

  /** The same, with an item that heeds its token: no interrupt is needed to end it. */
  static void endsWhenCancelled(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    forEachLine(
        trial,
        halt -> {
          var bench = twin.bench(trial, 1).quiet().start();
          bench.enqueue(
              "bravo",
              token -> {
                trial.time().sleep(Duration.ofDays(1), token);
                throw new CancellationException("half done");
              });
          bench.expectBegun("bravo begins", "bravo");
          var stop = bench.stopAndSay(halt);
          bench.advanceToTheDeadline();
          trial.setUp(
              "one worker: 'bravo' gives up when its token is cancelled; stop, whose thread, after"
                  + " the deadline,"
                  + standsAt(halt)
                  + " while all others go on");
          goOn(trial, halt);
          var said = bench.said(stop);
          trial.expectThat(
              "stop throws, since bravo was not done when its time was up",
              !said.equals(QueuedServiceBench.RETURNED),
              "it returned normally");
        });
  }

  /** Two stops whose deadline has passed. */
  static void twoStops(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    forEachLine(
        trial,
        halt -> {
          var gate = trial.gate();
          var bench = twin.bench(trial, 1).quiet().start();
          bench.enqueue("bravo", _ -> gate.pass());
          bench.enqueue("charlie");
          bench.enqueue("delta");
          bench.expectBegun("bravo begins", "bravo");
          var first = bench.stopAndSay(halt);
          trial.expectWaiting("the first stop waits", first);
          var second = bench.stopAndSay();
          bench.advanceToTheDeadline();
          trial.setUp(
              "one worker: 'bravo' never ends by itself, 'charlie' and 'delta' are queued; two"
                  + " stops with the same deadline; after it the first one's thread"
                  + standsAt(halt)
                  + " while all others go on");
          goOn(trial, halt);
          bench.expectNoneLost(
              "%s; the other says: %s".formatted(bench.said(first), bench.said(second)),
              "bravo",
              "charlie",
              "delta");
        });
  }

  /** Two starts, of which one must be refused. */
  static void twoStarts(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    forEachLine(
        trial,
        halt -> {
          var bench = twin.bench(trial, 1).quiet();
          var first = bench.startAndSay(halt::countFromHere);
          trial.settle();
          trial.setUp("two starts at once; the first one's thread" + standsAt(halt));
          var second = bench.startAndSay();
          trial.settle();
          goOn(trial, halt);
          var said =
              trial.expectReturn("the first start returns, or is refused", first)
                  + ", "
                  + trial.expectReturn("the second start returns, or is refused", second);
          trial.expectThat(
              "one of two starts is refused with an IllegalStateException",
              said.indexOf("refused") >= 0
                  && said.indexOf("refused") == said.lastIndexOf("refused"),
              "the first: " + said.replace(", ", "; the second: "));
          bench.expectWorker();
          trial.expectReturn("stop returns", bench.stop());
        });
  }

  /** A start and a stop at once: either may come first, and neither may fail. */
  static void startAndStop(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    trial.watchThreads();
    forEachLine(
        trial,
        halt -> {
          var bench = twin.bench(trial, 2).quiet();
          var start = bench.startAndSay(halt::countFromHere);
          trial.settle();
          trial.setUp("two workers; start, whose thread" + standsAt(halt) + ", and stop");
          expectBothEnd(trial, bench, halt, start, bench.stopAndSay());
        });
    forEachLine(
        trial,
        halt -> {
          var bench = twin.bench(trial, 2).quiet();
          var stop =
              trial.start(
                  "stopper",
                  () -> {
                    halt.countFromHere();
                    bench.service.stop(bench.deadline());
                    return QueuedServiceBench.RETURNED;
                  });
          trial.settle();
          trial.setUp("two workers; stop, whose thread" + standsAt(halt) + ", and start");
          expectBothEnd(trial, bench, halt, bench.startAndSay(), stop);
        });
  }

  /** The end of one worker, while another one ends, too. */
  static void ends(Trial trial, QueuedServiceContract contract) {
    var twin = contract.twin(trial);
    forEachLine(
        trial,
        halt -> {
          var gate = trial.gate();
          var bench = twin.bench(trial, 2).quiet().start();
          for (var name : List.of("one", "two")) { // so that both take part in the virtual time
            bench.enqueue(name, _ -> gate.pass());
            bench.expectBegun("the item begins", name);
          }
          gate.open();
          trial.settle();
          bench.queue.haltNext(halt);
          var stop = bench.stopAndSay();
          trial.settle();
          trial.setUp(
              "two idle workers; stop; a worker that is told that nothing will come"
                  + standsAt(halt)
                  + " while the other ends");
          goOn(trial, halt);
          trial.expect("stop, when both have ended", bench.said(stop), QueuedServiceBench.RETURNED);
          ServiceEnds.expectNormal(trial, bench.service);
        });
  }

  private static void expectBothEnd(
      Trial trial, QueuedServiceBench bench, Halt halt, Caller<String> start, Caller<String> stop) {
    trial.settle();
    goOn(trial, halt);
    trial.expectReturn("start returns, or is refused with an IllegalStateException", start);
    trial.expectReturn("stop returns", stop);
    trial.expectReturn("a stop after both returns", bench.stop());
    trial.expectNoNewThread("no worker is left after the last stop");
  }

  private static void forEachLine(Trial trial, Consumer<Halt> scenario) {
    boolean all =
        Halt.atEachLine(
            MOST_LINES,
            halt -> {
              trial.afterwards(halt::letGo);
              scenario.accept(halt);
            });
    if (!all) {
      throw trial.notDecided(
          "there are more than " + MOST_LINES + " lines between which others may come in",
          "make do with fewer steps");
    }
  }

  private static String standsAt(Halt halt) {
    return halt.isReached() ? " stands before " + halt.place() : " goes on";
  }

  private static void goOn(Trial trial, Halt halt) {
    halt.letGo();
    if (halt.isReached()) {
      trial.expectSoon("the thread goes on", halt::hasGoneOn, () -> "it stands at " + halt.place());
    }
    trial.settle();
  }
}
