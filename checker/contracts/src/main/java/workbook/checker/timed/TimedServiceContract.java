package workbook.checker.timed;

import ch.qos.logback.classic.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import workbook.checker.Actor;
import workbook.checker.Contract;
import workbook.checker.Gate;
import workbook.checker.ManualTicks;
import workbook.checker.Module;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/** The rules of a service that does its work at every tick. */
@Tag("step-3")
@Step(module = Module.TIMED, number = 3, type = "TimedService")
public abstract class TimedServiceContract extends Contract {

  private static final String NAME = "clock";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** A contract is stateless. */
  protected TimedServiceContract() {}

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

  private static String times(int count) {
    return count == 1 ? "once" : count + " times";
  }

  /** A service under test, its ticks, and a way to stop it. */
  private final class Bench {

    final Trial trial;
    final ManualTicks ticks;
    final HostedService service;
    final AtomicInteger timersMade = new AtomicInteger();
    final AtomicBoolean waitInterrupted = new AtomicBoolean();

    Bench(Trial trial, Work work) {
      this.trial = trial;
      this.ticks = new ManualTicks(trial.time());
      this.service = trial.subject(create(NAME, this::timer, work));
      trial.afterwards(ticks::close);
    }

    private TickSource timer() {
      timersMade.incrementAndGet();
      return new TickSource() {
        @Override
        public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
          try {
            return ticks.waitForNextTick(cancel);
          } catch (InterruptedException e) {
            waitInterrupted.set(true);
            throw e;
          }
        }

        @Override
        public void close() {
          ticks.close();
        }
      };
    }

    Bench start() {
      var start = trial.start("starter", this::callStart);
      trial.expectReturn("start returns", start);
      trial.expectSoon(
          "the service waits for a tick", ticks::wasWaitedFor, () -> "nobody waits for the timer");
      trial.settle();
      return this;
    }

    Object callStart() throws Exception {
      trial.note("start");
      service.start();
      return "normally";
    }

    void tick() {
      trial.note("tick");
      ticks.tick();
      trial.settle();
    }

    void expectTimerClosed() {
      trial.expectThat("the timer is closed", ticks.isClosed(), "nobody has closed the timer");
    }

    Actor<Object> stop() {
      return trial.start(
          "stopper",
          () -> {
            trial.note("stop");
            service.stop(Deadline.after(LIMIT, trial.time()));
            trial.note("stop returned");
            return "normally";
          });
    }
  }

  /**
   * One tick, one run; the thread says whose it is.
   *
   * <p>If this fails, check: that start makes the timer and the thread; the loop's condition; that
   * the thread is given the service's name.
   */
  @Rule(
      number = "1.14",
      says = "The work MUST run once for each tick, on a thread named after the service.",
      lookAt = "start")
  void runsAtEachTick(Trial trial) {
    trial.setUp("a service named 'clock'; three ticks, each after the work of the one before");
    var threads = Collections.synchronizedList(new ArrayList<String>());
    var bench =
        new Bench(
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
          "the work's thread is named 'clock'", name.contains(NAME), "it is named '" + name + "'");
    }
    trial.expect("the service's name is 'clock'", bench.service.name(), NAME);
  }

  /**
   * Start begins the loop and does not wait for it.
   *
   * <p>If this fails, check: that the loop runs on a thread of its own and not in start; that the
   * constructor makes no timer.
   */
  @Rule(
      number = "1.15",
      says = "Start MUST return at once, while the service waits for its first tick.",
      lookAt = "start")
  void startReturns(Trial trial) {
    trial.setUp("a timer that does not tick");
    var bench = new Bench(trial, _ -> trial.note("work"));
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

  /**
   * A service is started once.
   *
   * <p>If this fails, check: that start looks whether it was called before, and that it does so
   * before it makes a second timer or thread.
   */
  @Rule(
      number = "1.16",
      says =
          "A second start MUST be refused with IllegalStateException and MUST NOT disturb the"
              + " first.",
      lookAt = "start")
  void startTwice(Trial trial) {
    trial.setUp("start, start again, one tick");
    var runs = new AtomicInteger();
    var bench =
        new Bench(
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

  /**
   * One iteration at a time.
   *
   * <p>If this fails, check: that the loop's own thread does the work, so that it cannot ask for
   * the next tick before the work is done.
   */
  @Rule(number = "1.17", says = "An iteration MUST NOT overlap the next one.", lookAt = "start")
  void noOverlap(Trial trial) {
    trial.setUp("work that takes longer than the time to the next tick");
    var gate = new Gate(trial.time());
    var running = new AtomicInteger();
    var most = new AtomicInteger();
    var runs = new AtomicInteger();
    var bench =
        new Bench(
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

  /**
   * A failing iteration is no failing service.
   *
   * <p>If this fails, check: that the exception is caught around the work, inside the loop; that
   * the exception itself is handed to the logger, as its last argument; that no type of exception
   * is taken for a stop: your own token says whether the service is asked to end.
   */
  @Rule(
      number = "1.18",
      says = "An exception in the work MUST be logged with its cause, and the next tick MUST run.",
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
        new Bench(
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

  /**
   * An Error is not for a loop to survive.
   *
   * <p>If this fails, check: that Exception is caught around the work, not Throwable; that the
   * thread's last words complete the completion exceptionally; that the timer is closed on this
   * path too.
   */
  @Rule(
      number = "1.19",
      says =
          "An Error in the work MUST end the service, surface as its failure and close its timer.",
      lookAt = "completion")
  void errorInTheWork(Trial trial) {
    trial.setUp("two ticks; the work throws an AssertionError at the first");
    var error = new AssertionError("invariant broken");
    var runs = new AtomicInteger();
    var bench =
        new Bench(
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

  /**
   * Whoever waits for a tick is woken by stop.
   *
   * <p>If this fails, check: that stop cancels the token that the loop waits with; that the loop
   * ends when the wait returns false; that a normal end is not logged as an error.
   */
  @Rule(
      number = "1.20",
      says =
          "Stop during a wait MUST end the service promptly, without error and without an"
              + " interrupt.",
      lookAt = "stop")
  void stopDuringAWait(Trial trial) {
    trial.setUp(
        "a tick is an hour away; stop with 10 s to go; the wait takes 1 ms to be cancelled");
    var bench = new Bench(trial, _ -> trial.note("work"));
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

  /**
   * The work is told that the service is stopping.
   *
   * <p>If this fails, check: that the work is given the token that stop cancels, and that stop
   * cancels first and waits then.
   */
  @Rule(
      number = "1.21",
      says = "The token of the work MUST be cancelled as soon as stop begins, not before.",
      lookAt = "stop")
  void workIsAskedToStop(Trial trial) {
    trial.setUp("work that goes on until its token is cancelled; then stop with 10 s to go");
    var seen = Collections.synchronizedList(new ArrayList<String>());
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench =
        new Bench(
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

  /**
   * Stop waits for the iteration in progress, and nothing runs afterwards.
   *
   * <p>If this fails, check: that stop waits for the thread to end; that it does not interrupt
   * before the deadline; that the loop asks the token again before it works again.
   */
  @Rule(
      number = "1.22",
      says =
          "Stop MUST wait for the iteration in progress, undisturbed; after it returned no work"
              + " runs.",
      lookAt = "stop")
  void stopWaitsForTheIteration(Trial trial) {
    trial.setUp("work in progress and a tick pending; stop with 10 s to go; the work ends at 4 s");
    var runs = new AtomicInteger();
    var interrupted = new AtomicBoolean();
    var gate = new Gate(trial.time());
    var bench =
        new Bench(
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

  /**
   * At the deadline patience ends.
   *
   * <p>If this fails, check: that the wait in stop is {@link Deadline#join}, not a join without
   * end; that stop interrupts the thread when the join returned false; that it then throws, with
   * the service's name.
   */
  @Rule(
      number = "1.23",
      says =
          "At the deadline the iteration MUST be interrupted, and stop MUST throw a"
              + " TimeoutException that names the service.",
      lookAt = "stop")
  void deadline(Trial trial) {
    trial.setUp("work that never ends by itself; stop with 10 s to go");
    var interrupted = new AtomicBoolean();
    var gate = new Gate(trial.time());
    var bench =
        new Bench(
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
        "the message names the service 'clock'", message.contains(NAME), "it says: " + message);
  }

  /**
   * Stop can be called at any time.
   *
   * <p>If this fails, check: what stop does when there is no thread yet, and when it has ended;
   * that stop holds no monitor while it waits, since the second caller could then neither give up
   * at its deadline nor be interrupted.
   */
  @Rule(
      number = "1.24",
      says = "Stop before start, twice, and from two threads at once MUST be harmless.",
      lookAt = "stop")
  void stopAtAnyTime(Trial trial) {
    trial.setUp("stop; start; stop from two threads while work is in progress; stop again");
    var gate = new Gate(trial.time());
    var runs = new AtomicInteger();
    var bench =
        new Bench(
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
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var bench = new Bench(trial, _ -> gate.pass()).start();
    bench.tick();
    bench.stop();
    trial.advanceTo(10_000);
    trial.settle();
    gate.open(); // if the interrupt has not, this ends it
    trial.settle();
    trial.expectReturn("a stop after the end that was forced returns", bench.stop());
  }

  /**
   * Whoever calls stop can be interrupted, and the interrupt is not lost.
   *
   * <p>If this fails, check: catch blocks for InterruptedException: throw it on, or set the flag
   * again; no {@code Thread.interrupted()} in stop.
   */
  @Rule(
      number = "1.25",
      says = "An interrupt of the thread that calls stop MUST NOT be lost.",
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
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var flag = new AtomicBoolean();
    var bench = new Bench(trial, _ -> gate.pass()).start();
    bench.tick();
    var stop =
        trial.start(
            "stopper",
            () -> {
              if (beforehand) {
                Thread.currentThread().interrupt();
              }
              try {
                bench.service.stop(Deadline.after(LIMIT, trial.time()));
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

  /**
   * What was started is gone.
   *
   * <p>If this fails, check: that stop waits for the thread; that the timer is closed when the loop
   * ends, on every path (try-with-resources); helpers that you started.
   */
  @Rule(
      number = "1.26",
      says = "After stop, the timer MUST be closed and no thread of the service MUST be left.",
      lookAt = "stop")
  void nothingLeft(Trial trial) {
    trial.setUp("start, one tick, stop; the timer takes 1 ms to see that the wait is cancelled");
    trial.watchThreads();
    var bench = new Bench(trial, _ -> trial.note("work")).start();
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

  /**
   * Bad arguments are refused where they are handed in.
   *
   * <p>If this fails, check: the constructor, {@code Objects.requireNonNull} with the argument's
   * name.
   */
  @Rule(
      number = "1.27",
      says = "A name, a timer or a work that is null MUST be refused.",
      lookAt = "<init>")
  void arguments(Trial trial) {
    Supplier<TickSource> timer = () -> new ManualTicks(trial.time());
    Work work = _ -> {};
    trial.subject(create(NAME, timer, work));
    trial.expectRefused("a name of null", () -> create(Trial.noValue(), timer, work));
    trial.expectRefused("a timer of null", () -> create(NAME, Trial.noValue(), work));
    trial.expectRefused("a work of null", () -> create(NAME, timer, Trial.noValue()));
  }

  /**
   * Who was stopped by force has not failed.
   *
   * <p>If this fails, check: where the InterruptedException of the work goes, and the one of the
   * wait for a tick: once the token is cancelled, an interrupt is only what stop has done.
   */
  @Rule(
      number = "1.28",
      says = "An interrupt at the deadline MUST NOT count as a failure of the service.",
      lookAt = "stop")
  void forcedIsNoFailure(Trial trial) {
    trial.setUp("stop with 10 s to go; a wait for a tick that takes 20 s to be cancelled");
    var waits = new Bench(trial, _ -> trial.note("work")).start();
    waits.ticks.lagWhenCancelled(Duration.ofSeconds(20));
    forceToStop(waits, 10_000);

    trial.setUp("stop with 10 s to go; work that never ends by itself and is interrupted");
    var gate = new Gate(trial.time());
    trial.afterwards(gate::open);
    var works = new Bench(trial, _ -> gate.pass()).start();
    works.tick();
    forceToStop(works, 20_000);
  }

  private static void forceToStop(Bench bench, long deadline) {
    bench.stop();
    bench.trial.advanceTo(deadline);
    bench.trial.settle();
    expectNoFailure(bench);
  }

  private static void expectNoFailure(Bench bench) {
    var completion = bench.service.completion().toCompletableFuture();
    bench.trial.expectThat(
        "the completion does not fail",
        !completion.isCompletedExceptionally(),
        "it failed with " + failure(completion));
  }

  private static String failure(CompletableFuture<Void> completion) {
    var thrown = completion.handle((_, failure) -> failure).getNow(null);
    return Trial.describe(thrown instanceof CompletionException ? thrown.getCause() : thrown);
  }
}
