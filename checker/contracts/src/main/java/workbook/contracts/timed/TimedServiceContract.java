package workbook.contracts.timed;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.fakes.ManualTicks;
import workbook.hosting.Deadline;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/**
 * The rules of a service that does its work at every tick. Those about its work are in {@link
 * IterationRules}, those about its stop in {@link TimedStopRules}.
 */
@Tag("step-3")
@Step(module = WorkbookModule.TIMED, number = 3, type = "TimedService")
public abstract class TimedServiceContract extends TimedStopRules {

  /** A contract is stateless. */
  protected TimedServiceContract() {}

  /** Whoever calls stop can be interrupted, and the interrupt is not lost. */
  @Rule(
      number = "1.25",
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
            ? "work in progress; stop is called by a thread that is interrupted already"
            : "stop waits for work in progress; the thread that called it is interrupted");
    var gate = trial.gate();
    var flag = new AtomicBoolean();
    var bench = bench(trial, _ -> gate.pass()).start();
    bench.tick();
    var stop =
        trial.start(
            "stopper",
            () -> {
              if (beforehand) {
                Thread.currentThread().interrupt();
              }
              try {
                bench.service.stop(Deadline.after(TimedServiceBench.LIMIT, trial.time()));
                return flag.compareAndSet(false, Thread.currentThread().isInterrupted());
              } catch (Exception e) {
                flag.set(
                    e instanceof InterruptedException || Thread.currentThread().isInterrupted());
                return true;
              }
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

  /** What was started is gone. */
  @Rule(
      number = "1.26",
      says = "After stop, the timer MUST be closed and no thread of the service MUST be left.",
      check =
          "that stop waits for the thread; that the timer is closed when the loop ends, on every"
              + " path (try-with-resources); helpers that you started",
      lookAt = "stop")
  void nothingLeft(Trial trial) {
    trial.setUp("start, one tick, stop; the timer takes 1 ms to see that the wait is cancelled");
    trial.watchThreads();
    var bench = bench(trial, _ -> trial.note("work")).start();
    bench.ticks.lagWhenCancelled(Duration.ofMillis(1));
    bench.tick();
    var stop = bench.stop();
    trial.settle();
    if (!stop.isDone()) {
      trial.advanceTo(1);
    }
    trial.expectReturn("stop returns", stop);
    bench.expectTimerClosed();
    trial.expectNoNewThread("no thread is left after stop");
  }

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "1.27",
      says = "A name, a timer or a work that is null MUST be refused.",
      check = "the constructor, Objects.requireNonNull with the argument's name",
      lookAt = "<init>")
  void arguments(Trial trial) {
    Supplier<TickSource> timer = () -> new ManualTicks(trial.time());
    Work work = _ -> {};
    trial.subject(create(TimedServiceBench.NAME, timer, work));
    trial.expectRefused("a name of null", () -> create(Trial.noValue(), timer, work));
    trial.expectRefused(
        "a timer of null", () -> create(TimedServiceBench.NAME, Trial.noValue(), work));
    trial.expectRefused(
        "a work of null", () -> create(TimedServiceBench.NAME, timer, Trial.noValue()));
  }

  /** Who was stopped by force has not failed. */
  @Rule(
      number = "1.28",
      says = "An interrupt at the deadline MUST NOT count as a failure of the service.",
      check =
          "where the InterruptedException of the work goes, and the one of the wait for a tick:"
              + " once the token is cancelled, an interrupt is only what stop has done",
      lookAt = "stop")
  void forcedIsNoFailure(Trial trial) {
    trial.setUp("stop with 10 s to go; a wait for a tick that takes 20 s to be cancelled");
    var waits = bench(trial, _ -> trial.note("work")).start();
    waits.ticks.lagWhenCancelled(Duration.ofSeconds(20));
    forceToStop(waits, 10_000);

    trial.setUp("stop with 10 s to go; work that never ends by itself and is interrupted");
    var gate = trial.gate();
    var works = bench(trial, _ -> gate.pass()).start();
    works.tick();
    forceToStop(works, 20_000);
  }

  private static void forceToStop(TimedServiceBench bench, long deadline) {
    bench.stop();
    bench.trial.advanceTo(deadline);
    bench.trial.settle();
    expectNoFailure(bench);
  }

  private static void expectNoFailure(TimedServiceBench bench) {
    var completion = bench.service.completion().toCompletableFuture();
    bench.trial.expectThat(
        "the completion does not fail",
        !completion.isCompletedExceptionally(),
        "it failed with " + failure(completion));
  }
}
