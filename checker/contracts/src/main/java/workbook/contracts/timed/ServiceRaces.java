package workbook.contracts.timed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** What comes between two lines of a service. Its own thread runs as it likes. */
final class ServiceRaces {

  private ServiceRaces() {}

  /** One schedule: a service, its timer, and what happened to them. */
  private static final class Race implements TickSource {

    final HostedService service;
    final List<CompletionStage<Void>> stages = new ArrayList<>(); // one actor runs at a time
    private final AtomicInteger timersMade = new AtomicInteger();
    private final AtomicInteger started = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean worked;
    private volatile boolean waitedFor;
    private volatile boolean closed;
    private boolean ticks; // guarded by this

    Race(TimedServiceContract contract) {
      this.service =
          contract.create(
              TimedServiceBench.NAME,
              () -> {
                timersMade.incrementAndGet();
                return this;
              },
              _ -> worked = true);
    }

    Race running() throws Exception {
      service.start();
      expectSoon("it has started, and does not wait for a tick", () -> waitedFor);
      return this;
    }

    void start() throws Exception {
      try {
        service.start();
        started.incrementAndGet();
      } catch (IllegalStateException e) {
        refused.incrementAndGet();
      }
    }

    void stop() throws Exception {
      service.stop(Deadline.after(Duration.ofSeconds(10), new Unlimited()));
    }

    // In all of these: whoever still waits may wait for a thread of the service's own, whose end or
    // beginning is looked for here.
    void expectOneStart(Map<String, String> waiting) {
      if (refused.get() != 1 || started.get() + waiting.size() != 1) {
        throw new AssertionError(
            "%d calls of start returned, %d were refused".formatted(started.get(), refused.get()));
      }
      tick();
      expectSoon("a timer ticks, and the work does not run", () -> worked);
      if (timersMade.get() != 1) {
        throw new AssertionError(timersMade.get() + " timers were made");
      }
    }

    /** A stop that came first does not count; one that came later ends the service. */
    void expectWorkOrEnd() throws Exception {
      tick();
      expectSoon(
          "its completion is open, and it does not work at a tick", () -> worked || hasEnded());
      if (!hasEnded()) {
        stop();
      }
      expectEnd();
    }

    void expectEnd() {
      expectSoon("the service was stopped, and its completion is open", this::hasEnded);
      for (var stage : stages) {
        expectSoon(
            "the service has ended, and a completion that it gave out is open",
            () -> stage.toCompletableFuture().isDone());
      }
      expectSoon("the service has ended, and its timer is not closed", () -> closed);
    }

    private boolean hasEnded() {
      return service.completion().toCompletableFuture().isDone();
    }

    private static void expectSoon(String otherwise, BooleanSupplier condition) {
      if (!Limit.of(Patience.SIGNAL).awaits(condition)) {
        throw new AssertionError(otherwise);
      }
    }

    private synchronized void tick() {
      ticks = true;
      notifyAll();
    }

    private synchronized void wake() {
      notifyAll();
    }

    @Override
    public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
      try (var _ = cancel.onCancel(this::wake)) {
        synchronized (this) {
          waitedFor = true;
          while (!ticks && !closed && !cancel.isCancelled()) {
            wait();
          }
          boolean ticked = ticks && !closed && !cancel.isCancelled();
          ticks = false;
          return ticked;
        }
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      notifyAll();
    }
  }

  /** A time whose joins wait for the end: who waits with a limit may find that it has passed. */
  private static final class Unlimited implements TimeSource {

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      if (thread.getState() == Thread.State.NEW) {
        throw new IllegalThreadStateException("Thread not started");
      }
      thread.join();
      return true;
    }

    @Override
    public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
      return TimeSource.system().sleep(time, wake);
    }

    @Override
    public Instant now() {
      return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
      return 0;
    }
  }

  static void twoStarts(Trial trial, TimedServiceContract contract) {
    trial.setUp("start from two threads, in every order of their steps; then a tick");
    trial.expectInEveryOrder(
        "one call of start returns, the other one is refused, and one timer is made",
        race(trial, contract, false)
            .actor("starter 1", Race::start)
            .actor("starter 2", Race::start)
            .check(Race::expectOneStart));
  }

  static void startAgainstStop(Trial trial, TimedServiceContract contract) {
    trial.setUp("start and stop from two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "the service has ended, or works until it is stopped once more",
        race(trial, contract, false)
            .actor("starter", race -> race.service.start())
            .actor("stopper", Race::stop)
            .check((race, _) -> race.expectWorkOrEnd()));
  }

  static void twoStops(Trial trial, TimedServiceContract contract) {
    trial.setUp("a service that waits for a tick; stop from two threads, in every order");
    trial.expectInEveryOrder(
        "both calls of stop return, and the service has ended",
        race(trial, contract, true)
            .actor("stopper 1", Race::stop)
            .actor("stopper 2", Race::stop)
            .check((race, _) -> race.expectEnd()));
  }

  static void twoWatchers(Trial trial, TimedServiceContract contract) {
    trial.setUp("completion is asked for by two threads, in every order; then stop");
    trial.expectInEveryOrder(
        "what each of them got completes",
        race(trial, contract, true)
            .actor("watcher 1", race -> race.stages.add(race.service.completion()))
            .actor("watcher 2", race -> race.stages.add(race.service.completion()))
            .check(
                race -> {
                  race.stop();
                  race.expectEnd();
                }));
  }

  private static Interleavings<Race> race(
      Trial trial, TimedServiceContract contract, boolean running) {
    var mine = contract.bench(trial, _ -> trial.note("work")).service;
    var twin = InstrumentingLoader.twin(contract, mine.getClass());
    return Interleavings.from(() -> running ? new Race(twin).running() : new Race(twin))
        .cleanUp(Race::close);
  }
}
