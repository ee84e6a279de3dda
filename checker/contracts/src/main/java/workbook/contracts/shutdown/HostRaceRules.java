package workbook.contracts.shutdown;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Patience;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.ServiceHost;

/** The rules of a host for which it matters what comes between two of its lines. */
abstract class HostRaceRules extends HostCrashRules {

  private static final int MOST_SCHEDULES = 1_000;

  /** A contract is stateless. */
  HostRaceRules() {}

  /** One schedule: a host with one service, and what happened to them. */
  private static final class Race implements HostedService {

    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private final AtomicInteger sequences = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Trial trial;
    final ServiceHost host;

    Race(Trial trial, HostStartRules contract) {
      this.trial = trial;
      this.host =
          contract.create(
              List.of(this),
              List.of(),
              new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST),
              (started, deadline) -> {
                sequences.incrementAndGet();
                for (var service : started) {
                  service.stop(deadline);
                }
              },
              trial.time());
    }

    void startOrRefuse() throws Exception {
      try {
        host.start();
        returned.incrementAndGet();
      } catch (IllegalStateException e) {
        refused.incrementAndGet();
      }
    }

    Race started() throws Exception {
      host.start();
      return this;
    }

    @Override
    public String name() {
      return "a";
    }

    @Override
    public void start() {
      starts.incrementAndGet();
    }

    @Override
    public void stop(Deadline deadline) {
      stops.incrementAndGet();
    }

    /**
     * Whoever still waits may wait for a thread of the host's own, so that is no fault by itself.
     */
    void expectOneStart() {
      if (starts.get() != 1 || returned.get() != 1) {
        throw new AssertionError(
            "the service was started %d times; %d calls of start returned, %d were refused"
                .formatted(starts.get(), returned.get(), refused.get()));
      }
    }

    void expectOneStop() throws Exception {
      try {
        host.completion()
            .toCompletableFuture()
            .get(Patience.SIGNAL.limit().toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        throw new AssertionError("the host was asked to stop and does not end");
      }
      // A second stop may be on its way, on a thread of the host's own: let it arrive.
      Thread.ofPlatform().start(() -> trial.time().advanceTo(0)).join();
      if (sequences.get() > 1 || stops.get() != starts.get()) {
        throw new AssertionError(
            "started %d times, stopped %d times, in %d stops"
                .formatted(starts.get(), stops.get(), sequences.get()));
      }
    }
  }

  private Interleavings<Race> race(Trial trial, boolean running) {
    var options = new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST);
    var mine = trial.subject(create(List.of(), List.of(), options, (_, _) -> {}, trial.time()));
    var twin = InstrumentingLoader.twin(this, mine.getClass());
    return Interleavings.from(
        () -> running ? new Race(trial, twin).started() : new Race(trial, twin));
  }

  /**
   * The moment when start has looked for the last time and requestStop for the first is a moment
   * like any other.
   */
  @Rule(
      number = "4.34",
      says =
          "A stop that is asked for at the same time as the start or another stop MUST be neither"
              + " lost nor done twice.",
      check =
          "that looking at the state and changing it are one step, in start and in requestStop; the"
              + " journal shows between which two lines another thread came in",
      lookAt = "requestStop")
  void requestUnderARace(Trial trial) {
    trial.setUp("one service; start and requestStop, in every order of their steps");
    trial.expectInEveryOrder(
        "the host ends, and its service is stopped once if it was started",
        race(trial, false)
            .actor("starter", race -> race.host.start())
            .actor("stopper", race -> race.host.requestStop())
            .check((race, _) -> race.expectOneStop())
            .atMost(2, MOST_SCHEDULES));
    trial.setUp("a host that runs; requestStop from two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "the host ends, and its service is stopped once",
        race(trial, true)
            .actor("stopper 1", race -> race.host.requestStop())
            .actor("stopper 2", race -> race.host.requestStop())
            .check((race, _) -> race.expectOneStop())
            .atMost(2, MOST_SCHEDULES));
  }

  /** Whoever comes second is told so, however close behind. */
  @Rule(
      number = "4.49",
      says = "Of two starts at the same time exactly one MUST be refused.",
      check = "that looking whether start was called and marking the call are one step",
      lookAt = "start")
  void startsUnderARace(Trial trial) {
    trial.setUp("one service; start from two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "the service is started once; one call of start returns, the other is refused",
        race(trial, false)
            .actor("starter 1", Race::startOrRefuse)
            .actor("starter 2", Race::startOrRefuse)
            .check((race, _) -> race.expectOneStart())
            .cleanUp(race -> race.host.requestStop())
            .atMost(2, MOST_SCHEDULES));
  }
}
