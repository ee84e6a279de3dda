package workbook.contracts.health;

import static workbook.contracts.health.PulseBench.BAD;
import static workbook.contracts.health.PulseBench.GOOD;

import java.time.Duration;
import java.util.List;
import workbook.checker.Trial;
import workbook.contracts.shared.OtherOrigin;

/** On which clock the age of a beat is measured. */
final class PulseClocks {

  /** What a clock may read, though some would take it for "never". */
  private static final List<Long> READINGS = List.of(0L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);

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
    var bench = contract.bench(trial, OtherOrigin.overflowing(trial.time(), Duration.ofSeconds(2)));
    bench.expect("before the clock overflows", "waiting", GOOD, BAD);
    bench.beat();
    trial.advanceTo(1_000);
    bench.expect("1 s after a beat, 1 s before the overflow", "beating", GOOD, GOOD);
    trial.advanceTo(4_000);
    bench.expect("4 s after a beat, over the overflow", "beating", GOOD, GOOD);
    trial.advanceTo(6_000);
    bench.expect("6 s after a beat, over the overflow", "stale", BAD, BAD);
    for (long reading : READINGS) {
      trial.setUp("a limit of 5 s; a monotonic clock that reads " + reading + " at a beat");
      var other = contract.bench(trial, new OtherOrigin(trial.time(), reading));
      other.beat();
      long begin = trial.time().millis();
      trial.advanceTo(begin + 5_000);
      other.expect("5 s after the beat", "beating", GOOD, GOOD);
      trial.advanceTo(begin + 5_001);
      other.expect("5001 ms after the beat", "stale", BAD, BAD);
    }
  }
}
