package workbook.contracts.shutdown;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.ServiceHost;

/** What comes between two lines of a host. */
final class HostRaces {

  private HostRaces() {}

  /** One schedule: a host with one service, and what happened to them. */
  private static final class Race implements HostedService {

    private final AtomicInteger starts = new AtomicInteger();
    private final AtomicInteger stops = new AtomicInteger();
    private final AtomicInteger sequences = new AtomicInteger();
    private final AtomicInteger returned = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Trial trial;
    final ServiceHost host;

    Race(Trial trial, HostContract contract) {
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

  private static Interleavings<Race> race(Trial trial, HostContract page, boolean running) {
    var options = new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST);
    var mine =
        trial.subject(page.create(List.of(), List.of(), options, (_, _) -> {}, trial.time()));
    var twin = InstrumentingLoader.twin(page, mine.getClass());
    return Interleavings.from(
        () -> running ? new Race(trial, twin).started() : new Race(trial, twin));
  }

  static void requestUnderARace(Trial trial, HostContract page) {
    trial.setUp("one service; start and requestStop, in every order of their steps");
    trial.expectInEveryOrder(
        "the host ends, and its service is stopped once if it was started",
        race(trial, page, false)
            .actor("starter", race -> race.host.start())
            .actor("stopper", race -> race.host.requestStop())
            .check((race, _) -> race.expectOneStop()));
    trial.setUp("a host that runs; requestStop from two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "the host ends, and its service is stopped once",
        race(trial, page, true)
            .actor("stopper 1", race -> race.host.requestStop())
            .actor("stopper 2", race -> race.host.requestStop())
            .check((race, _) -> race.expectOneStop()));
  }

  static void startsUnderARace(Trial trial, HostContract page) {
    trial.setUp("one service; start from two threads, in every order of their steps");
    trial.expectInEveryOrder(
        "the service is started once; one call of start returns, the other is refused",
        race(trial, page, false)
            .actor("starter 1", Race::startOrRefuse)
            .actor("starter 2", Race::startOrRefuse)
            .check((race, _) -> race.expectOneStart())
            .cleanUp(race -> race.host.requestStop()));
  }
}
