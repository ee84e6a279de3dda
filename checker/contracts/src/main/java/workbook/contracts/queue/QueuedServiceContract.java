package workbook.contracts.queue;

import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.hosting.Deadline;

/**
 * The rules of a service that runs what is queued. Those about its workers are in {@link
 * WorkerRules}, those about its stop in {@link DrainRules} and {@link DeadlineRules}.
 */
@Tag("step-2")
@Step(module = WorkbookModule.QUEUE, number = 2, type = "QueuedService")
public abstract class QueuedServiceContract extends DeadlineRules {

  /** A contract is stateless. */
  protected QueuedServiceContract() {}

  /** Stop can be called at any time. */
  @Rule(
      number = "2.27",
      says = "Stop before start, twice, and from two threads at once MUST be harmless.",
      check = "what stop does when there are no threads yet, and when they have ended",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    trial.setUp("stop; start; stop from two threads while an item is in progress; stop again");
    var never = bench(trial, 1);
    trial.expectReturn("stop before start returns", never.stop());
    var gate = trial.gate();
    var bench = bench(trial, 1).start();
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
    stopAfterTheDeadline(trial);
  }

  private void stopAfterTheDeadline(Trial trial) {
    trial.setUp("an item in progress; a stop that runs into its deadline; stop again");
    var gate = trial.gate();
    var bench = bench(trial, 1).start();
    bench.enqueue("two", _ -> gate.pass());
    bench.expectBegun("the item begins", "two");
    bench.stop();
    trial.advanceTo(10_000);
    trial.settle();
    gate.open(); // if the interrupt has not, this ends it
    trial.settle();
    trial.expectReturn("a stop after the end that was forced returns", bench.stop());
  }

  /** Whoever calls stop can be interrupted, and the interrupt is not lost. */
  @Rule(
      number = "2.28",
      says = "An interrupt of the thread that calls stop MUST NOT be lost.",
      check =
          "catch blocks for InterruptedException: throw it on, or set the flag again; no"
              + " Thread.interrupted() in stop",
      lookAt = "stop")
  void interruptOfTheCaller(Trial trial) {
    for (boolean beforehand : List.of(false, true)) {
      interruptOfTheCaller(trial, beforehand);
    }
  }

  private void interruptOfTheCaller(Trial trial, boolean beforehand) {
    trial.setUp(
        beforehand
            ? "an item in progress; stop is called by a thread that is interrupted already"
            : "stop waits for an item in progress; the thread that called it is interrupted");
    var gate = trial.gate();
    var flag = new AtomicBoolean();
    var bench = bench(trial, 1).start();
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

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "2.29",
      says = "A name or a queue that is null and fewer than one worker MUST be refused.",
      check = "the constructor, Objects.requireNonNull with the argument's name, Arguments.atLeast",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var queue = new RecordingQueue(trial);
    trial.subject(create(QueuedServiceBench.NAME, queue, 1));
    trial.expectRefused("a name of null", () -> create(Trial.noValue(), queue, 1));
    trial.expectRefused(
        "a queue of null", () -> create(QueuedServiceBench.NAME, Trial.noValue(), 1));
    for (int workers : List.of(0, -3)) {
      trial.expectThrow(
          workers + " workers are refused with IllegalArgumentException",
          () -> create(QueuedServiceBench.NAME, queue, workers),
          IllegalArgumentException.class);
    }
  }
}
