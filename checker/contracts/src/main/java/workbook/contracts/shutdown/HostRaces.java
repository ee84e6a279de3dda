package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import workbook.checker.Limit;
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

    Race(Trial trial, HostContract contract, HostedService... others) {
      this.trial = trial;
      this.host =
          contract.create(
              Stream.concat(Stream.of(this), Stream.of(others)).toList(),
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

    /** Its second service fails to start, if the host comes to it. */
    void startOrFail() throws Exception {
      try {
        host.start();
      } catch (IOException e) {
        trial.note("start throws");
      }
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
      var end = host.completion().handle((_, _) -> "in whatever way").toCompletableFuture();
      if (!Limit.of(Patience.SIGNAL).awaits(end::isDone)) {
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
    var twin = twin(trial, page);
    return Interleavings.from(
        () -> running ? new Race(trial, twin).started() : new Race(trial, twin));
  }

  private static HostContract twin(Trial trial, HostContract page) {
    var options = new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST);
    var mine =
        trial.subject(page.create(List.of(), List.of(), options, (_, _) -> {}, trial.time()));
    return InstrumentingLoader.twin(page, mine.getClass());
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
    requestWhileAStartFails(trial, page);
  }

  private static void requestWhileAStartFails(Trial trial, HostContract page) {
    trial.setUp(
        "two services, the second of which fails to start; start and requestStop, in every order of"
            + " their steps");
    var twin = twin(trial, page);
    trial.expectInEveryOrder(
        "the host ends, and its first service is stopped once if it was started",
        Interleavings.from(() -> new Race(trial, twin, new Failing()))
            .actor("starter", Race::startOrFail)
            .actor("stopper", race -> race.host.requestStop())
            .check((race, _) -> race.expectOneStop()));
  }

  /** A service that cannot be started. */
  private static final class Failing implements HostedService {

    @Override
    public String name() {
      return "b";
    }

    @Override
    public void start() throws IOException {
      throw new IOException("port in use");
    }

    @Override
    public void stop(Deadline deadline) {
      throw new AssertionError("what was not started is not stopped");
    }
  }

  /** One schedule: a host with two services, whose work fails, and whose stop waits for both. */
  private static final class TwoCrashes {

    final CompletableFuture<Void> first = new CompletableFuture<>();
    final CompletableFuture<Void> second = new CompletableFuture<>();
    final IllegalStateException cause = new IllegalStateException("invariant broken");
    final IOException other = new IOException("disk full");
    private final CountDownLatch both = new CountDownLatch(1);
    private final ServiceHost host;

    TwoCrashes(Trial trial, HostContract contract) throws Exception {
      host =
          contract.create(
              List.of(new Working("a", first), new Working("b", second)),
              List.of(),
              new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST),
              (_, _) -> both.await(),
              trial.time());
      host.start();
    }

    void expectBoth() throws Exception {
      both.countDown();
      var end = host.completion().handle((_, thrown) -> thrown).toCompletableFuture();
      if (!Limit.of(Patience.SIGNAL).awaits(end::isDone)) {
        throw new AssertionError("two services have failed, and the host does not end");
      }
      var failure = end.join();
      while (failure instanceof CompletionException && failure.getCause() != null) {
        failure = failure.getCause();
      }
      var all = new HashSet<Throwable>();
      if (failure != null) {
        all.add(failure);
        all.addAll(List.of(failure.getSuppressed()));
      }
      if (!all.equals(Set.of(cause, other))) {
        throw new AssertionError(
            "of the two failures the completion holds " + Trial.describe(List.copyOf(all)));
      }
    }
  }

  /** A service whose work somebody else ends. */
  private record Working(String name, CompletableFuture<Void> work) implements HostedService {

    @Override
    public void start() {}

    @Override
    public void stop(Deadline deadline) {}

    @Override
    public CompletionStage<Void> completion() {
      return work;
    }
  }

  static void crashesUnderARace(Trial trial, HostContract page) {
    trial.setUp(
        "crashes stop the host; the work of two services fails at the same time, in every order of"
            + " the host's steps");
    var twin = twin(trial, page);
    trial.expectInEveryOrder(
        "the completion fails with one of the two, and has the other suppressed",
        Interleavings.from(() -> new TwoCrashes(trial, twin))
            .actor("a", race -> race.first.completeExceptionally(race.cause))
            .actor("b", race -> race.second.completeExceptionally(race.other))
            .check((race, _) -> race.expectBoth()));
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
