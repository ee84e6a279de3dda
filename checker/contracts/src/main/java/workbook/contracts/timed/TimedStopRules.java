package workbook.contracts.timed;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Rule;
import workbook.checker.Trial;

/** The rules of how a service stops, in time and at the deadline. */
abstract class TimedStopRules extends IterationRules {

  /** A contract is stateless. */
  TimedStopRules() {}

  /** Whoever waits for a tick is woken by stop. */
  @Rule(
      number = "1.20",
      says =
          "Stop during a wait MUST end the service promptly, without error and without an"
              + " interrupt.",
      check =
          "that stop cancels the token that the loop waits with; that the loop ends when the wait"
              + " returns false; that a normal end is not logged as an error",
      lookAt = "stop")
  void stopDuringAWait(Trial trial) {
    trial.setUp(
        "a tick is an hour away; stop with 10 s to go; the wait takes 1 ms to be cancelled");
    var bench = bench(trial, _ -> trial.note("work"));
    var early = bench.service.completion().toCompletableFuture();
    bench.start();
    bench.ticks.lagWhenCancelled(Duration.ofMillis(1));
    var stop = bench.stop();
    trial.advanceTo(1);
    trial.expectReturn("stop returns as soon as the wait has ended, at 1 ms", stop);
    trial.expectThat(
        "the wait for the tick was not interrupted",
        !bench.waitInterrupted.get(),
        "it was ended by an interrupt, not by its token");
    trial.expect("no warning, no error in the log", trial.log().at(Level.WARN), List.of());
    var completion = bench.service.completion().toCompletableFuture();
    trial.expectSoon("the completion completes", completion::isDone, () -> "it is still open");
    trial.expectThat(
        "the completion completes normally",
        !completion.isCompletedExceptionally(),
        "it failed with " + failure(completion));
    trial.expectSoon(
        "the completion that was got before start completes, too",
        early::isDone,
        () -> "it is still open");
  }

  /** The work is told that the service is stopping. */
  @Rule(
      number = "1.21",
      says = "The token of the work MUST be cancelled as soon as stop begins, not before.",
      check =
          "that the work is given the token that stop cancels, and that stop cancels first and"
              + " waits then",
      lookAt = "stop")
  void workIsAskedToStop(Trial trial) {
    trial.setUp("work that goes on until its token is cancelled; then stop with 10 s to go");
    var seen = Collections.synchronizedList(new ArrayList<String>());
    var gate = trial.gate();
    var bench =
        bench(
                trial,
                token -> {
                  seen.add(token.isCancelled() ? "cancelled too early" : "not cancelled");
                  gate.pass(token);
                  seen.add(token.isCancelled() ? "cancelled" : "not cancelled");
                })
            .start();
    bench.tick();
    trial.expect(
        "not cancelled while the service runs", List.copyOf(seen), List.of("not cancelled"));
    var stop = bench.stop();
    trial.expectReturn("the work sees it and ends, so stop returns", stop);
    trial.settle();
    trial.expect(
        "it is told when stop begins", List.copyOf(seen), List.of("not cancelled", "cancelled"));
  }

  /** Stop waits for the iteration in progress, and nothing runs afterwards. */
  @Rule(
      number = "1.22",
      says =
          "Stop MUST wait for the iteration in progress, undisturbed; after it returned no work"
              + " runs.",
      check =
          "that stop waits for the thread to end; that it does not interrupt before the deadline;"
              + " that the loop asks the token again before it works again",
      lookAt = "stop")
  void stopWaitsForTheIteration(Trial trial) {
    trial.setUp("work in progress and a tick pending; stop with 10 s to go; the work ends at 4 s");
    var runs = new AtomicInteger();
    var interrupted = new AtomicBoolean();
    var gate = trial.gate();
    var bench =
        bench(
                trial,
                _ -> {
                  runs.incrementAndGet();
                  trial.note("work begins");
                  try {
                    gate.pass();
                    trial.note("work ends");
                  } catch (InterruptedException e) {
                    trial.note("work interrupted");
                    interrupted.set(true);
                    throw e;
                  }
                })
            .start();
    bench.tick();
    bench.tick();
    var stop = bench.stop();
    trial.expectWaiting("stop waits while the work is in progress", stop);
    trial.advanceTo(4_000);
    trial.expectWaiting("stop waits while the work is in progress, at 4 s", stop);
    gate.open();
    trial.expectReturn("stop returns when the work has ended", stop);
    trial.expectThat(
        "the work was not interrupted", !interrupted.get(), "the work was interrupted");
    bench.tick();
    trial.expectThat(
        "no work after stop returned", runs.get() == 1, "the work ran " + times(runs.get()));
  }

  /** At the deadline patience ends. */
  @Rule(
      number = "1.23",
      says =
          "At the deadline the iteration MUST be interrupted, and stop MUST throw a"
              + " TimeoutException that names the service.",
      check =
          "that the wait in stop is Deadline.join, not a join without end; that stop interrupts the"
              + " thread when the join returned false; that it then throws, with the service's"
              + " name",
      lookAt = "stop")
  void deadline(Trial trial) {
    trial.setUp("work that never ends by itself; stop with 10 s to go");
    var interrupted = new AtomicBoolean();
    var gate = trial.gate();
    var bench =
        bench(
                trial,
                _ -> {
                  try {
                    gate.pass();
                  } catch (InterruptedException e) {
                    trial.note("work interrupted");
                    interrupted.set(true);
                    throw e;
                  }
                })
            .start();
    bench.tick();
    var stop = bench.stop();
    trial.advanceTo(9_999);
    trial.expectWaiting("stop waits at 9,999 ms", stop);
    trial.expectThat(
        "no interrupt before the deadline", !interrupted.get(), "the work was interrupted");
    trial.advanceTo(10_000);
    var timeout = trial.expectThrow("stop throws at the deadline", stop, TimeoutException.class);
    trial.settle();
    trial.expectThat(
        "the work was interrupted at the deadline", interrupted.get(), "the work goes on");
    var message = String.valueOf(timeout.getMessage());
    trial.expectThat(
        "the message names the service 'clock'",
        message.contains(TimedServiceBench.NAME),
        "it says: " + message);
  }

  /** Stop can be called at any time. */
  @Rule(
      number = "1.24",
      says = "Stop before start, twice, and from two threads at once MUST be harmless.",
      check =
          "what stop does when there is no thread yet, and when it has ended; that stop holds no"
              + " monitor while it waits, since the second caller could then neither give up at its"
              + " deadline nor be interrupted",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    trial.setUp("stop; start; stop from two threads while work is in progress; stop again");
    var gate = trial.gate();
    var runs = new AtomicInteger();
    var bench =
        bench(
            trial,
            _ -> {
              runs.incrementAndGet();
              gate.pass();
            });
    trial.expectReturn("stop before start returns", bench.stop());
    bench.start();
    bench.tick();
    trial.expectThat(
        "stop before start does nothing: the work runs at a tick", runs.get() == 1, "it did not");
    var first = bench.stop();
    trial.expectWaiting("the first stop waits for the work", first);
    var second = bench.stop();
    trial.expectWaiting("the second stop waits for the same end", second);
    trial.expectWaiting("the first stop waits on", first);
    gate.open();
    trial.expectReturn("the first stop returns", first);
    trial.expectReturn("the second stop returns", second);
    trial.expectReturn("a stop after the end returns", bench.stop());
    stopAfterTheDeadline(trial);
  }

  private void stopAfterTheDeadline(Trial trial) {
    trial.setUp("work in progress; a stop that runs into its deadline; stop again");
    var gate = trial.gate();
    var bench = bench(trial, _ -> gate.pass()).start();
    bench.tick();
    bench.stop();
    trial.advanceTo(10_000);
    trial.settle();
    gate.open(); // if the interrupt has not, this ends it
    trial.settle();
    trial.expectReturn("a stop after the end that was forced returns", bench.stop());
  }

  static String failure(CompletableFuture<Void> completion) {
    var thrown = completion.handle((_, failure) -> failure).getNow(null);
    return Trial.describe(thrown instanceof CompletionException ? thrown.getCause() : thrown);
  }
}
