package workbook.proof.health;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import workbook.health.HealthCheck;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.health.Pulse;
import workbook.hosting.Arguments;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;

/** Right: a state is worked out first, and each check has its own table of what it means. */
public final class StateHeartbeat implements Pulse {

  private enum State {
    DEAD("dead", false, false),
    ENDED("ended", true, false),
    WAITING("waiting", true, false),
    STALE("stale", false, false),
    BEATING("beating", true, true);

    private final String word;
    private final boolean live;
    private final boolean ready;

    State(String word, boolean live, boolean ready) {
      this.word = word;
      this.live = live;
      this.ready = ready;
    }

    HealthResult result(boolean good) {
      return new HealthResult(good ? HealthStatus.HEALTHY : HealthStatus.UNHEALTHY, word);
    }
  }

  private final Duration limit;
  private final TimeSource time;
  private final AtomicReference<Optional<Long>> beat = new AtomicReference<>(Optional.empty());
  private final AtomicReference<Optional<HostedService>> watched =
      new AtomicReference<>(Optional.empty());

  /** As the reference's. */
  public StateHeartbeat(Duration limit, TimeSource time) {
    this.limit = Arguments.positive(limit, "limit");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public void beat() {
    beat.set(Optional.of(time.nanoTime()));
  }

  @Override
  public void watch(HostedService service) {
    Objects.requireNonNull(service, "service");
    watched.set(Optional.of(service));
  }

  @Override
  public HealthCheck live() {
    return () -> {
      var state = state();
      return state.result(state.live);
    };
  }

  @Override
  public HealthCheck ready() {
    return () -> {
      var state = state();
      return state.result(state.ready);
    };
  }

  private State state() {
    var end =
        watched
            .get()
            .map(service -> service.completion().toCompletableFuture().state())
            .orElse(Future.State.RUNNING);
    return switch (end) {
      case FAILED, CANCELLED -> State.DEAD;
      case SUCCESS -> State.ENDED;
      case RUNNING ->
          beat.get()
              .map(last -> Duration.ofNanos(time.nanoTime() - last))
              .map(age -> age.compareTo(limit) > 0 ? State.STALE : State.BEATING)
              .orElse(State.WAITING);
    };
  }
}
