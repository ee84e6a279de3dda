package workbook.contracts.health;

import static workbook.contracts.health.PulseBench.LIMIT;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.health.Pulse;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** A check that runs during a beat, in every order of their steps. */
final class DuringABeat {

  private static final long HOUR = Duration.ofHours(1).toNanos();

  private DuringABeat() {}

  static void check(Trial trial, HeartbeatContract contract) {
    trial.setUp(
        "a clock that reads one hour; the first beat and a live check, in every order of their"
            + " steps");
    var twin =
        InstrumentingLoader.twin(
            contract, trial.subject(contract.create(LIMIT, new StillTime(HOUR))).getClass());
    trial.expectInEveryOrder(
        "live says 'waiting' or 'beating'",
        Interleavings.from(() -> new Race(twin.create(LIMIT, new StillTime(HOUR))))
            .actor("worker", race -> race.pulse.beat())
            .actor("asker", race -> race.said = race.pulse.live().check().description())
            .check(
                race -> {
                  if (!race.said.startsWith("waiting") && !race.said.startsWith("beating")) {
                    throw new AssertionError("it says: " + race.said);
                  }
                }));
    afterAnHour(trial, twin);
  }

  private static void afterAnHour(Trial trial, HeartbeatContract twin) {
    trial.setUp("a beat an hour ago; another one and both checks, in every order of their steps");
    trial.expectInEveryOrder(
        "each check is unhealthy and says 'stale', or is healthy and says 'beating'",
        Interleavings.from(() -> Race.stale(twin))
            .actor("worker", race -> race.pulse.beat())
            .actor(
                "asker",
                race -> {
                  race.seen.add(race.pulse.live().check());
                  race.seen.add(race.pulse.ready().check());
                })
            .check(Race::expectWhole));
  }

  private static final class Race {

    final Pulse pulse;
    String said = "nothing";
    private final List<HealthResult> seen = new ArrayList<>();

    Race(Pulse pulse) {
      this.pulse = pulse;
    }

    /** A service that has beaten once, an hour ago. */
    static Race stale(HeartbeatContract contract) {
      var time = new StillTime(HOUR);
      var race = new Race(contract.create(LIMIT, time));
      race.pulse.beat();
      time.nanos = 2 * HOUR;
      return race;
    }

    void expectWhole() {
      for (var result : seen) {
        var word = result.status() == HealthStatus.HEALTHY ? "beating" : "stale";
        if (!result.description().startsWith(word)) {
          throw new AssertionError("%s: %s".formatted(result.status(), result.description()));
        }
      }
    }
  }

  /** A time that stands still. */
  private static final class StillTime implements TimeSource {

    private long nanos; // set while no actor runs

    StillTime(long nanos) {
      this.nanos = nanos;
    }

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
  }
}
