package workbook.contracts.timed;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.contracts.shared.ServiceEnds;

/** The runs of the work, and what it throws. */
final class Iterations {

  private Iterations() {}

  static void oneForEachTick(Trial trial, TimedServiceContract contract) {
    trial.setUp("a service named 'clock'; three ticks, each after the work of the one before");
    trial.lookAt("start");
    var threads = Collections.synchronizedList(new ArrayList<String>());
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  trial.note("work");
                  threads.add(Thread.currentThread().getName());
                })
            .start();
    trial.lookAt("waitForNextTick", "start");
    trial.expectThat("no work before the first tick", threads.isEmpty(), "the work ran");
    for (int tick = 1; tick <= 3; tick++) {
      bench.tick();
      int ran = threads.size();
      trial.expectThat(
          "after tick " + tick + " the work has run " + times(tick),
          ran == tick,
          "it has run " + times(ran));
    }
    trial.lookAt();
    for (var name : List.copyOf(threads)) {
      trial.expectThat(
          "the work's thread is named 'clock'",
          name.contains(TimedServiceBench.NAME),
          "it is named '" + name + "'");
    }
    trial.lookAt("name");
    trial.expect("the service's name is 'clock'", bench.service.name(), TimedServiceBench.NAME);
  }

  static void overlap(Trial trial, TimedServiceContract contract) {
    trial.setUp("work that takes longer than the time to the next tick");
    var gate = trial.gate();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var runs = new AtomicInteger();
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  most.accumulateAndGet(running.incrementAndGet(), Math::max);
                  trial.note("work begins");
                  gate.pass();
                  trial.note("work ends");
                  running.decrementAndGet();
                  runs.incrementAndGet();
                })
            .start();
    bench.tick();
    bench.tick();
    bench.tick();
    trial.expectThat(
        "one run at a time while ticks go by", most.get() == 1, most.get() + " runs at a time");
    gate.open();
    trial.settle();
    trial.expectThat("one run at a time", most.get() == 1, most.get() + " runs at a time");
    trial.expectThat(
        "the first run, and one for the ticks that went by",
        runs.get() == 2,
        "the work ran " + times(runs.get()));
  }

  static void exception(Trial trial, TimedServiceContract contract) {
    trial.setUp(
        "five ticks; the work throws at the first, a checked one at the second, a TimeoutException"
            + " and a CancellationException of its own at the third and fourth");
    var thrown =
        List.of(
            new IllegalStateException("disk full"),
            new IOException("no network"),
            new TimeoutException("the work's own"),
            new CancellationException("the work's own"));
    var runs = new AtomicInteger();
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  int run = runs.getAndIncrement();
                  trial.note(run < thrown.size() ? "work throws" : "work");
                  if (run < thrown.size()) {
                    throw thrown.get(run);
                  }
                })
            .start();
    for (int tick = 1; tick <= 5; tick++) {
      bench.tick();
    }
    trial.expectThat(
        "the work runs at all five ticks", runs.get() == 5, "it ran " + times(runs.get()));
    for (var exception : thrown) {
      trial.expectThat(
          "a warning or an error is logged with the "
              + exception.getClass().getSimpleName()
              + " attached",
          trial.log().hasWarningWith(exception),
          "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    }
    trial.expectThat(
        "the service goes on",
        !bench.service.completion().toCompletableFuture().isDone(),
        "its completion says that it ended");
    interrupts(trial, contract);
    whileStopping(trial, contract);
  }

  // What is not stop does not end the loop, whatever it looks like.
  private static void interrupts(Trial trial, TimedServiceContract contract) {
    trial.setUp(
        "three ticks; the work throws an InterruptedException of its own at the first, and leaves"
            + " the interrupt flag set at the second");
    var thrown = new InterruptedException("the work's own");
    var runs = new AtomicInteger();
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  int run = runs.incrementAndGet();
                  trial.note("run " + run);
                  if (run == 1) {
                    throw thrown;
                  }
                  if (run == 2) {
                    Thread.currentThread().interrupt();
                  }
                })
            .start();
    for (int tick = 1; tick <= 3; tick++) {
      bench.tick();
      int ran = runs.get();
      trial.expectThat(
          "after tick " + tick + " the work has run " + times(tick),
          ran == tick,
          "it has run " + times(ran));
    }
    trial.expectThat(
        "a warning or an error is logged with the InterruptedException attached",
        trial.log().hasWarningWith(thrown),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    trial.lookAt("waitForNextTick", "start");
    trial.expectReturn("stop returns", bench.stop());
    ServiceEnds.expectNormal(trial, bench.service);
  }

  private static void whileStopping(Trial trial, TimedServiceContract contract) {
    trial.setUp("work that throws an IOException when stop waits for it");
    var thrown = new IOException("half of it is written");
    var gate = trial.gate();
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  gate.pass();
                  throw thrown;
                })
            .start();
    bench.tick();
    var stop = bench.stop();
    trial.settle();
    gate.open();
    trial.expectReturn("stop returns when the work has ended", stop);
    trial.settle();
    trial.expectThat(
        "a warning or an error is logged with the IOException attached",
        trial.log().hasWarningWith(thrown),
        "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    ServiceEnds.expectNormal(trial, bench.service);
  }

  // An Error says that the program itself is broken: no loop should survive it.
  static void error(Trial trial, TimedServiceContract contract) {
    trial.setUp("two ticks; the work throws an AssertionError at the first");
    var error = new AssertionError("invariant broken");
    var runs = new AtomicInteger();
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  trial.note("work throws");
                  runs.incrementAndGet();
                  throw error;
                })
            .start();
    bench.tick();
    trial.lookAt("Work.run", "start");
    ServiceEnds.expectFailure(trial, bench.service, error);
    bench.tick();
    trial.expectThat(
        "no run after the error", runs.get() == 1, "the work ran " + times(runs.get()));
    trial.lookAt("waitForNextTick", "start");
    bench.expectTimerClosed();
    trial.expectReturn("a stop after the end returns at once", bench.stop());
    errorWhileStopping(trial, contract);
  }

  private static void errorWhileStopping(Trial trial, TimedServiceContract contract) {
    trial.setUp("work that throws an AssertionError when stop waits for it");
    var error = new AssertionError("found broken at the end");
    var gate = trial.gate();
    var bench =
        contract
            .bench(
                trial,
                _ -> {
                  try {
                    gate.pass();
                  } catch (InterruptedException e) {
                    trial.note("the work is interrupted"); // that is for other rules
                  }
                  throw error;
                })
            .start();
    bench.tick();
    bench.stop();
    trial.settle();
    gate.open();
    trial.lookAt("completeExceptionally", "Work.run", "start");
    ServiceEnds.expectFailure(trial, bench.service, error);
  }

  static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }
}
