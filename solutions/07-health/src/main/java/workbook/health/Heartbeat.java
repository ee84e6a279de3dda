package workbook.health;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import workbook.hosting.Arguments;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;

/**
 * A pulse that remembers when it last beat. What it says is worked out when it is asked, from the
 * clock and from the service's own end; nothing has to be reset.
 */
public final class Heartbeat implements Pulse {

  private final Duration limit;
  private final TimeSource time;
  private volatile @Nullable Long lastBeat; // on time's monotonic clock
  private volatile CompletableFuture<?> end = new CompletableFuture<>();

  /**
   * A pulse that has not beaten yet.
   *
   * @param limit the longest time between two beats, longer than zero; at the limit itself the
   *     service still counts as beating
   * @param time whose monotonic clock counts
   */
  public Heartbeat(Duration limit, TimeSource time) {
    this.limit = Arguments.positive(limit, "limit");
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public void beat() {
    lastBeat = time.nanoTime();
  }

  @Override
  public void watch(HostedService service) {
    end = Objects.requireNonNull(service, "service").completion().toCompletableFuture();
  }

  @Override
  public HealthCheck live() {
    return () -> check(HealthStatus.HEALTHY);
  }

  @Override
  public HealthCheck ready() {
    return () -> check(HealthStatus.UNHEALTHY);
  }

  /** The result; the two checks differ only where the service does no work and is not broken. */
  private HealthResult check(HealthStatus idle) {
    if (end.isCompletedExceptionally()) {
      return HealthResult.unhealthy("dead: the service has failed, see the log");
    }
    if (end.isDone()) {
      return new HealthResult(idle, "ended: the service has come to its end");
    }
    var last = lastBeat;
    if (last == null) {
      return new HealthResult(idle, "waiting for the first beat");
    }
    var age = Duration.ofNanos(time.nanoTime() - last);
    var beat = "last beat " + age.toMillis() + " ms ago, limit " + millis(limit) + " ms";
    return age.compareTo(limit) > 0
        ? HealthResult.unhealthy("stale: " + beat)
        : HealthResult.healthy("beating: " + beat);
  }

  /** In milliseconds, or as many as fit: a limit may be for ever. */
  private static long millis(Duration time) {
    return TimeUnit.MILLISECONDS.convert(time);
  }
}
