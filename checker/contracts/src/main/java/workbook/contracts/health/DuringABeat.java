package workbook.contracts.health;

import static workbook.contracts.health.PulseBench.LIMIT;

import java.time.Duration;
import java.time.Instant;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.health.Pulse;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** A check that runs during a beat, in every order of their steps. */
final class DuringABeat {

  private DuringABeat() {}

  static void check(Trial trial, HeartbeatContract contract) {
    trial.setUp(
        "a clock that reads one hour; the first beat and a live check, in every order of their"
            + " steps");
    var now = Duration.ofHours(1).toNanos();
    var twin =
        InstrumentingLoader.twin(
            contract, trial.subject(contract.create(LIMIT, at(now))).getClass());
    trial.expectInEveryOrder(
        "live says 'waiting' or 'beating'",
        Interleavings.from(() -> new Race(twin.create(LIMIT, at(now))))
            .actor("worker", race -> race.pulse.beat())
            .actor("asker", race -> race.said = race.pulse.live().check().description())
            .check(
                race -> {
                  if (!race.said.startsWith("waiting") && !race.said.startsWith("beating")) {
                    throw new AssertionError("it says: " + race.said);
                  }
                }));
  }

  private static final class Race {

    final Pulse pulse;
    String said = "nothing";

    Race(Pulse pulse) {
      this.pulse = pulse;
    }
  }

  private static TimeSource at(long nanos) {
    return new TimeSource() {
      @Override
      public Instant now() {
        return Instant.ofEpochSecond(0, nanos);
      }

      @Override
      public long nanoTime() {
        return nanos;
      }

      @Override
      public boolean sleep(Duration time, CancellationToken wake) {
        throw new UnsupportedOperationException("this clock stands still");
      }

      @Override
      public boolean join(Thread thread, Duration limit) {
        throw new UnsupportedOperationException("this clock stands still");
      }
    };
  }
}
