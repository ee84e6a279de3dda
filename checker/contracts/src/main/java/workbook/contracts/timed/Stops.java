package workbook.contracts.timed;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Trial;
import workbook.contracts.shared.BusyService;
import workbook.contracts.shared.ServiceEnds;
import workbook.contracts.shared.ServiceStops;
import workbook.contracts.shared.Stopper;

/** The stop of a service, in time and at the deadline. */
final class Stops {

  private Stops() {}

  static void duringAWait(Trial trial, TimedServiceContract contract) {
    trial.setUp(
        "a tick is an hour away; stop with 10 s to go; the wait takes 1 ms to be cancelled");
    var bench = contract.bench(trial, _ -> trial.note("work"));
    var early = bench.service.completion();
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
    ServiceEnds.expectNormal(trial, bench.service, early);
  }

  static void everyCompletion(Trial trial, TimedServiceContract contract) {
    trial.setUp("completion is asked for before start, while the service runs, and after its end");
    var bench = contract.bench(trial, _ -> trial.note("work"));
    var before = bench.service.completion().toCompletableFuture();
    bench.start();
    var during = bench.service.completion().toCompletableFuture();
    trial.expectThat(
        "it is open while the service runs",
        !before.isDone() && !during.isDone(),
        "it has completed");
    trial.expectReturn("stop returns", bench.stop());
    ServiceEnds.expectNormal(trial, bench.service);
    trial.expectThat(
        "what was asked for before start, and during the run, has completed",
        before.isDone() && during.isDone(),
        "it is still open");
    ServiceRaces.twoWatchers(trial, contract);
  }

  static void throwingAction(Trial trial, TimedServiceContract contract) {
    var thrown = List.of(new IllegalStateException("cannot be woken"), new AssertionError("no"));
    for (var each : thrown) {
      var type = each.getClass().getSimpleName();
      trial.setUp(
          "work registers an action that throws %s, and ends at 4 s; stop, 10 s to go"
              .formatted(type));
      var busy = withAction(trial, contract, each);
      long begin = trial.time().millis();
      var stop = new Stopper(trial, busy.service()).stop();
      trial.advanceTo(begin + 4_000);
      trial.expectWaiting("stop waits while the work is in progress", stop);
      busy.gate().open();
      trial.expectSoon("stop ends when the work has ended", stop::isDone, () -> "it goes on");
      ServiceEnds.expectNormal(trial, busy.service());

      trial.setUp(
          "work registers an action that throws %s, and does not end; stop, 10 s to go"
              .formatted(type));
      var stuck = withAction(trial, contract, each);
      var forced = new Stopper(trial, stuck.service()).stop();
      trial.advanceTo(trial.time().millis() + 10_000);
      trial.expectSoon("stop ends at the deadline", forced::isDone, () -> "it goes on");
      ServiceEnds.expectNormal(trial, stuck.service()); // its work was interrupted
    }
  }

  private static BusyService withAction(
      Trial trial, TimedServiceContract contract, Throwable thrown) {
    var gate = trial.gate();
    var bench =
        contract
            .bench(
                trial,
                token -> {
                  token.onCancel(
                      () -> {
                        trial.note("the action throws");
                        throwUnchecked(thrown);
                      });
                  gate.pass();
                })
            .start();
    bench.tick();
    return new BusyService(bench.service, gate);
  }

  private static void throwUnchecked(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  static void cancelTheToken(Trial trial, TimedServiceContract contract) {
    trial.setUp("work that goes on until its token is cancelled; then stop with 10 s to go");
    var seen = Collections.synchronizedList(new ArrayList<String>());
    var gate = trial.gate();
    var bench =
        contract
            .bench(
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
    trial.lookAt("Work.run", "stop");
    trial.expectReturn("the work sees that its token is cancelled and ends, so stop returns", stop);
    trial.settle();
    trial.expect(
        "the token is cancelled once stop has begun",
        List.copyOf(seen),
        List.of("not cancelled", "cancelled"));
  }

  static void waitForTheIteration(Trial trial, TimedServiceContract contract) {
    trial.setUp("work in progress and a tick pending; stop with 10 s to go; the work ends at 4 s");
    var runs = new AtomicInteger();
    var interrupted = new AtomicBoolean();
    var gate = trial.gate();
    var bench =
        contract
            .bench(
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
        "no run after stop has returned",
        runs.get() == 1,
        "the work ran " + Iterations.times(runs.get()));
  }

  static void atTheDeadline(Trial trial, TimedServiceContract contract) {
    trial.setUp("work that never ends by itself; stop with 10 s to go");
    var interrupted = new AtomicBoolean();
    var gate = trial.gate();
    var bench =
        contract
            .bench(
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
    ServiceStops.expectTimeout(trial, stop, TimedServiceBench.NAME);
    trial.settle();
    trial.expectThat(
        "the work was interrupted at the deadline", interrupted.get(), "the work goes on");
    passedDeadline(trial, contract);
  }

  private static void passedDeadline(Trial trial, TimedServiceContract contract) {
    trial.setUp("work that never ends by itself; stop with a deadline that has passed");
    var busy = busy(trial, contract);
    var stop = new Stopper(trial, busy.service()).stop(Duration.ZERO, "stop, no time left");
    ServiceStops.expectTimeout(trial, stop, TimedServiceBench.NAME);
    ServiceEnds.expectNormal(trial, busy.service());
  }

  static void atAnyTime(Trial trial, TimedServiceContract contract) {
    trial.setUp("stop; start; stop from two threads while work is in progress; stop again");
    var gate = trial.gate();
    var runs = new AtomicInteger();
    var bench =
        contract.bench(
            trial,
            _ -> {
              runs.incrementAndGet();
              gate.pass();
            });
    trial.expectReturn("stop before start returns", bench.stop());
    bench.start();
    bench.tick();
    trial.expectThat(
        "stop before start does nothing: the work runs at a tick",
        runs.get() == 1,
        "it did not run");
    var busy = new BusyService(bench.service, gate);
    var stops = ServiceStops.fromTwoThreads(trial, busy);
    ServiceStops.expectEnd(trial, busy, stops);
    ServiceStops.afterTheDeadline(trial, () -> busy(trial, contract));
    ServiceRaces.startAgainstStop(trial, contract);
    ServiceRaces.twoStops(trial, contract);
  }

  static void interruptOfTheCaller(Trial trial, TimedServiceContract contract) {
    ServiceStops.interruptOfTheCaller(trial, () -> busy(trial, contract));
  }

  static void leftovers(Trial trial, TimedServiceContract contract) {
    trial.setUp("start, one tick, stop; the timer takes 1 ms to see that the wait is cancelled");
    trial.watchThreads();
    var bench = contract.bench(trial, _ -> trial.note("work")).start();
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

  static void forcedIsNoFailure(Trial trial, TimedServiceContract contract) {
    trial.setUp("stop with 10 s to go; a wait for a tick that takes 20 s to be cancelled");
    var waits = contract.bench(trial, _ -> trial.note("work")).start();
    waits.ticks.lagWhenCancelled(Duration.ofSeconds(20));
    forceToStop(waits, 10_000);

    trial.setUp("stop with 10 s to go; work that never ends by itself and is interrupted");
    var gate = trial.gate();
    var works = contract.bench(trial, _ -> gate.pass()).start();
    works.tick();
    forceToStop(works, 20_000);
  }

  private static void forceToStop(TimedServiceBench bench, long deadline) {
    bench.stop();
    bench.trial.advanceTo(deadline);
    bench.trial.settle();
    ServiceEnds.expectNormal(bench.trial, bench.service);
  }

  private static BusyService busy(Trial trial, TimedServiceContract contract) {
    var gate = trial.gate();
    var bench = contract.bench(trial, _ -> gate.pass()).start();
    bench.tick();
    return new BusyService(bench.service, gate);
  }
}
