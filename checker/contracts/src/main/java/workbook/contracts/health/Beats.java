package workbook.contracts.health;

import static workbook.contracts.health.PulseBench.BAD;
import static workbook.contracts.health.PulseBench.GOOD;
import static workbook.contracts.health.PulseBench.HOUR;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import workbook.checker.Trial;
import workbook.health.Pulse;

/** How long a beat counts. */
final class Beats {

  private Beats() {}

  static void age(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp("a limit of 5 s; beats at 0 and 1000 ms, then none; another pulse, limit 1500 ms");
    var bench = contract.bench(trial);
    bench.beat();
    trial.advanceTo(1_000);
    bench.beat();
    for (long after : List.of(0L, 1L, 4_999L, 5_000L)) {
      trial.advanceTo(1_000 + after);
      bench.expect(after + " ms after the beat", "beating", GOOD, GOOD);
    }
    for (long after : List.of(5_001L, HOUR)) {
      trial.advanceTo(1_000 + after);
      bench.expect(after + " ms after the beat", "stale", BAD, BAD);
    }
    var brief = new PulseBench(trial, contract.create(Duration.ofMillis(1_500), trial.time()));
    brief.beat();
    long beat = trial.time().millis();
    trial.advanceTo(beat + 1_500);
    brief.expect("a limit of 1500 ms, 1500 ms after the beat", "beating", GOOD, GOOD);
    trial.advanceTo(beat + 1_501);
    brief.expect("a limit of 1500 ms, 1501 ms after the beat", "stale", BAD, BAD);
    forEver(trial, contract);
  }

  // It fits into no long of nanoseconds: whoever minds that has to say so at once.
  private static void forEver(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp("a limit that is the longest of all durations; one beat");
    Pulse pulse;
    try {
      pulse = contract.create(ChronoUnit.FOREVER.getDuration(), trial.time());
    } catch (IllegalArgumentException | ArithmeticException e) {
      trial.note("such a limit is refused");
      return;
    }
    var bench = new PulseBench(trial, pulse);
    bench.beat();
    trial.advanceTo(trial.time().millis() + HOUR);
    bench.expect("an hour after the beat", "beating", GOOD, GOOD);
  }

  static void waiting(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp("a limit of 5 s; no beat for an hour, then one");
    var bench = contract.bench(trial);
    for (long at : List.of(0L, 5_001L, HOUR)) {
      trial.advanceTo(at);
      bench.expect("at " + at + " ms", "waiting", GOOD, BAD);
    }
    bench.beat();
    bench.expect("after the first beat", "beating", GOOD, GOOD);
  }

  static void again(Trial trial, HeartbeatContract contract) throws Exception {
    trial.setUp("two services with a limit of 5 s; both beat at 0 ms, one of them at 9000 ms");
    var one = contract.bench(trial);
    var other = contract.bench(trial);
    one.beat();
    other.beat();
    trial.advanceTo(9_000);
    one.expect("at 9000 ms, the first service", "stale", BAD, BAD);
    one.beat();
    one.expect("after its second beat, the first service", "beating", GOOD, GOOD);
    other.expect("at 9000 ms, the other service", "stale", BAD, BAD);
    trial.advanceTo(14_001);
    one.expect("at 14001 ms, the first service", "stale", BAD, BAD);
  }
}
