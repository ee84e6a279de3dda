package workbook.proof.health;

import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import workbook.health.HealthCheck;
import workbook.health.HealthResult;
import workbook.health.Pulse;
import workbook.hosting.Arguments;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;

/** Right: it is told of the end, one lock guards all that it knows, and beats are counted. */
public final class ListeningHeartbeat implements Pulse {

  private final long limit;
  private final TimeSource time;
  private final Object lock = new Object();
  private long beats; // these four guarded by lock
  private long latest;
  private boolean failed;
  private boolean over;

  /** As the reference's. */
  public ListeningHeartbeat(Duration limit, TimeSource time) {
    this.limit = Arguments.positive(limit, "limit").toNanos();
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public void beat() {
    synchronized (lock) {
      beats++;
      latest = time.nanoTime();
    }
  }

  @Override
  public void watch(HostedService service) {
    Objects.requireNonNull(service, "service")
        .completion()
        .whenComplete(
            (_, failure) -> {
              synchronized (lock) {
                over = true;
                failed = failure != null;
              }
            });
  }

  @Override
  public HealthCheck live() {
    return () -> say(() -> true);
  }

  @Override
  public HealthCheck ready() {
    return () -> say(() -> false);
  }

  private HealthResult say(BooleanSupplier goodWhenIdle) {
    synchronized (lock) {
      if (over && failed) {
        return HealthResult.unhealthy("dead");
      }
      if (over || beats == 0) {
        var word = over ? "ended" : "waiting";
        return goodWhenIdle.getAsBoolean()
            ? HealthResult.healthy(word)
            : HealthResult.unhealthy(word);
      }
      long age = time.nanoTime() - latest;
      return age <= limit ? HealthResult.healthy("beating") : HealthResult.unhealthy("stale");
    }
  }
}
