package workbook.contracts.timed;

import ch.qos.logback.classic.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/** The rules of a service while it works: its start, its iterations and what they throw. */
abstract class IterationRules {

  /** A contract is stateless. */
  IterationRules() {}

  /**
   * Makes the service under test. It is not started.
   *
   * @param name its name
   * @param timer makes the timer when the service starts; the service owns it and closes it
   * @param work what to do at each tick
   * @return a new service
   */
  protected abstract HostedService create(
      String name, Supplier<? extends TickSource> timer, Work work);

  final TimedServiceBench bench(Trial trial, Work work) {
    return new TimedServiceBench(trial, timer -> create(TimedServiceBench.NAME, timer, work));
  }

  static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  /** One tick, one run; the thread says whose it is. */
  @Rule(
      number = "1.14",
      says = "The work MUST run once for each tick, on a thread named after the service.",
      check =
          "that start makes the timer and the thread; the loop's condition; that the thread is"
              + " given the service's name",
      lookAt = "start")
  void runsAtEachTick(Trial trial) {
    trial.setUp("a service named 'clock'; three ticks, each after the work of the one before");
    var threads = Collections.synchronizedList(new ArrayList<String>());
    var bench =
        bench(
                trial,
                _ -> {
                  trial.note("work");
                  threads.add(Thread.currentThread().getName());
                })
            .start();
    trial.expectThat("no work before the first tick", threads.isEmpty(), "the work ran");
    for (int tick = 1; tick <= 3; tick++) {
      bench.tick();
      int ran = threads.size();
      trial.expectThat(
          "after tick " + tick + " the work has run " + times(tick),
          ran == tick,
          "it has run " + times(ran));
    }
    for (var name : List.copyOf(threads)) {
      trial.expectThat(
          "the work's thread is named 'clock'",
          name.contains(TimedServiceBench.NAME),
          "it is named '" + name + "'");
    }
    trial.expect("the service's name is 'clock'", bench.service.name(), TimedServiceBench.NAME);
  }

  /** Start begins the loop and does not wait for it. */
  @Rule(
      number = "1.15",
      says = "Start MUST return at once, while the service waits for its first tick.",
      check =
          "that the loop runs on a thread of its own and not in start; that the constructor makes"
              + " no timer",
      lookAt = "start")
  void startReturns(Trial trial) {
    trial.setUp("a timer that does not tick");
    var bench = bench(trial, _ -> trial.note("work"));
    trial.settle();
    trial.expectThat(
        "no timer before start: it would begin to count",
        bench.timersMade.get() == 0,
        "it is made");
    var start = trial.start("starter", bench::callStart);
    trial.settle();
    trial.expectThat(
        "start has returned", start.isDone(), "start is still waiting, in its caller's thread");
    trial.expectReturn("start returns normally", start);
  }

  /** A service is started once. */
  @Rule(
      number = "1.16",
      says =
          "A second start MUST be refused with IllegalStateException and MUST NOT disturb the"
              + " first.",
      check =
          "that start looks whether it was called before, and that it does so before it makes a"
              + " second timer or thread",
      lookAt = "start")
  void startTwice(Trial trial) {
    trial.setUp("start, start again, one tick");
    var runs = new AtomicInteger();
    var bench =
        bench(
                trial,
                _ -> {
                  trial.note("work");
                  runs.incrementAndGet();
                })
            .start();
    var again = trial.start("second starter", bench::callStart);
    trial.expectThrow("the second start is refused", again, IllegalStateException.class);
    bench.tick();
    trial.expectThat(
        "the work ran once for one tick", runs.get() == 1, "it ran " + times(runs.get()));
    trial.expectThat(
        "one timer was made",
        bench.timersMade.get() == 1,
        bench.timersMade.get() + " timers were made");
  }

  /** One iteration at a time. */
  @Rule(
      number = "1.17",
      says = "An iteration MUST NOT overlap the next one.",
      check =
          "that the loop's own thread does the work, so that it cannot ask for the next tick before"
              + " the work is done",
      lookAt = "start")
  void noOverlap(Trial trial) {
    trial.setUp("work that takes longer than the time to the next tick");
    var gate = trial.gate();
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var runs = new AtomicInteger();
    var bench =
        bench(
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

  /** A failing iteration is no failing service. */
  @Rule(
      number = "1.18",
      says = "An exception in the work MUST be logged with its cause, and the next tick MUST run.",
      check =
          "that the exception is caught around the work, inside the loop; that the exception itself"
              + " is handed to the logger, as its last argument; that no type of exception is taken"
              + " for a stop: your own token says whether the service is asked to end",
      lookAt = "start")
  void exceptionInTheWork(Trial trial) {
    trial.setUp(
        "five ticks; the work throws at the first, a checked one at the second, a TimeoutException"
            + " and a CancellationException of its own at the third and fourth");
    var thrown =
        List.of(
            new IllegalStateException("disk full"),
            new java.io.IOException("no network"),
            new TimeoutException("the work's own"),
            new CancellationException("the work's own"));
    var runs = new AtomicInteger();
    var bench =
        bench(
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
  }

  /** An Error is not for a loop to survive. */
  @Rule(
      number = "1.19",
      says =
          "An Error in the work MUST end the service, surface as its failure and close its timer.",
      check =
          "that Exception is caught around the work, not Throwable; that the thread's last words"
              + " complete the completion exceptionally; that the timer is closed on this path too",
      lookAt = "completion")
  void errorInTheWork(Trial trial) {
    trial.setUp("two ticks; the work throws an AssertionError at the first");
    var error = new AssertionError("invariant broken");
    var runs = new AtomicInteger();
    var bench =
        bench(
                trial,
                _ -> {
                  trial.note("work throws");
                  runs.incrementAndGet();
                  throw error;
                })
            .start();
    bench.tick();
    var completion = bench.service.completion().toCompletableFuture();
    trial.expectSoon(
        "the completion tells of the failure", completion::isDone, () -> "it is still open");
    var failure = completion.handle((_, thrown) -> thrown).getNow(null);
    trial.expectThat(
        "the completion fails with the error",
        failure == error || (failure != null && failure.getCause() == error),
        "it "
            + (failure == null ? "completed normally" : "failed with " + Trial.describe(failure)));
    bench.tick();
    trial.expectThat(
        "no run after the error", runs.get() == 1, "the work ran " + times(runs.get()));
    bench.expectTimerClosed();
    trial.expectReturn("a stop after the end returns at once", bench.stop());
  }
}
