package workbook.proof.health;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import workbook.health.HealthCheck;
import workbook.health.HealthResult;
import workbook.health.Pulse;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;

/**
 * Right: two fields for a beat, written in one order and read in the other; the clock is read
 * before them, so a beat may be younger than the look at it; the end is a word that is set once.
 */
public final class TwoFieldsHeartbeat implements Pulse {

  private final TimeSource time;
  private final long limit;
  private final AtomicLong last = new AtomicLong();
  private volatile boolean hasBeaten; // set after last, read before it
  private volatile @Nullable String end;

  /** As the reference's. */
  public TwoFieldsHeartbeat(Duration limit, TimeSource time) {
    if (limit == null || limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException("limit is to be positive, not " + limit);
    }
    if (time == null) {
      throw new IllegalArgumentException("time is missing");
    }
    this.limit = TimeUnit.NANOSECONDS.convert(limit);
    this.time = time;
  }

  @Override
  public void beat() {
    last.set(time.nanoTime());
    hasBeaten = true;
  }

  @Override
  public void watch(HostedService service) {
    Objects.requireNonNull(service, "the service")
        .completion()
        .thenRun(() -> end = "ended")
        .exceptionally(
            _ -> {
              end = "dead";
              return null;
            });
  }

  @Override
  public HealthCheck live() {
    return new Look(true);
  }

  @Override
  public HealthCheck ready() {
    return new Look(false);
  }

  private final class Look implements HealthCheck {
    private final boolean live;

    Look(boolean live) {
      this.live = live;
    }

    @Override
    public HealthResult check() {
      long now = time.nanoTime();
      var word = end;
      if (word == null && !hasBeaten) {
        word = "waiting";
      }
      if (word == null) {
        word = now - last.get() > limit ? "stale" : "beating";
      }
      boolean idle = word.equals("ended") || word.equals("waiting");
      boolean good = word.equals("beating") || (live && idle);
      return good ? HealthResult.healthy(word + ".") : HealthResult.unhealthy(word + "!");
    }
  }
}
