package workbook.contracts.health;

import static workbook.contracts.health.PulseBench.BAD;
import static workbook.contracts.health.PulseBench.GOOD;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** On which clock the age of a beat is measured. */
final class PulseClocks {

  private PulseClocks() {}

  static void clocks(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp(
        "a limit of 5 s; the wall clock is changed; a monotonic clock that overflows at 2 s");
    for (long hours : List.of(1L, -2L)) {
      var bench = contract.bench(trial);
      bench.beat();
      trial.time().shiftWallClock(Duration.ofHours(hours));
      bench.expect("the wall clock changed by " + hours + " h", "beating", GOOD, GOOD);
    }
    var bench = contract.bench(trial, new Overflowing(trial.time()));
    bench.expect("before the clock overflows", "waiting", GOOD, BAD);
    bench.beat();
    trial.advanceTo(1_000);
    bench.expect("1 s after a beat, 1 s before the overflow", "beating", GOOD, GOOD);
    trial.advanceTo(4_000);
    bench.expect("4 s after a beat, over the overflow", "beating", GOOD, GOOD);
    trial.advanceTo(6_000);
    bench.expect("6 s after a beat, over the overflow", "stale", BAD, BAD);
  }

  /** A time whose monotonic clock reaches the largest long 2 s after it was made. */
  private static final class Overflowing implements TimeSource {

    private final TimeSource time;
    private final long shift;

    Overflowing(TimeSource time) {
      this.time = time;
      shift = Long.MAX_VALUE - Duration.ofSeconds(2).toNanos() - time.nanoTime();
    }

    @Override
    public Instant now() {
      return time.now();
    }

    @Override
    public long nanoTime() {
      return time.nanoTime() + shift;
    }

    @Override
    public boolean sleep(Duration duration, CancellationToken wake) throws InterruptedException {
      return time.sleep(duration, wake);
    }

    @Override
    public boolean join(Thread thread, Duration limit) throws InterruptedException {
      return time.join(thread, limit);
    }
  }
}
