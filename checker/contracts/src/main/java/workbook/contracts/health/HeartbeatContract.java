package workbook.contracts.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.interleaving.InstrumentingLoader;
import workbook.checker.interleaving.Interleavings;
import workbook.health.Pulse;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/** The rules of a service's sign of life. */
@Tag("step-1")
@Step(module = WorkbookModule.HEALTH, number = 1, type = "Heartbeat")
public abstract class HeartbeatContract extends EndRules {

  /** A contract is stateless. */
  protected HeartbeatContract() {}

  /** The age of the last beat decides, and it is looked at when somebody asks. */
  @Rule(
      number = "7.1",
      says =
          "Up to the limit after a beat, both checks MUST be healthy, 'beating'; after it"
              + " unhealthy, 'stale'.",
      check =
          "that the check reads the clock each time; that it compares the age with the limit, and"
              + " that an age of exactly the limit is still in time; that the description begins"
              + " with the word",
      lookAt = "beat")
  void age(Trial trial) throws Exception {
    trial.setUp("a limit of 5 s; beats at 0 and 1000 ms, then none; then a limit of 1500 ms");
    var bench = bench(trial);
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
    var brief = new PulseBench(trial, create(Duration.ofMillis(1_500), trial.time()));
    brief.beat();
    long beat = trial.time().millis();
    trial.advanceTo(beat + 1_500);
    brief.expect("a limit of 1500 ms, 1500 ms after the beat", "beating", GOOD, GOOD);
    trial.advanceTo(beat + 1_501);
    brief.expect("a limit of 1500 ms, 1501 ms after the beat", "stale", BAD, BAD);
  }

  /** Who has not begun is neither well nor dead. */
  @Rule(
      number = "7.2",
      says =
          "Before the first beat, 'waiting', a service MUST NOT be ready and MUST be live, however"
              + " long it takes.",
      check =
          "what stands for \"no beat yet\": a time does not; that a service which takes long to"
              + " begin does not become stale",
      lookAt = "beat")
  void waiting(Trial trial) throws Exception {
    trial.setUp("a limit of 5 s; no beat for an hour, then one");
    var bench = bench(trial);
    for (long at : List.of(0L, 5_001L, HOUR)) {
      trial.advanceTo(at);
      bench.expect("at " + at + " ms", "waiting", GOOD, BAD);
    }
    bench.beat();
    bench.expect("after the first beat", "beating", GOOD, GOOD);
  }

  /** Nobody has to be told that things are well again. */
  @Rule(
      number = "7.3",
      says =
          "A beat MUST make a stale service healthy again, and MUST count for its own service"
              + " only.",
      check = "fields that remember a verdict; static fields",
      lookAt = "beat")
  void again(Trial trial) throws Exception {
    trial.setUp("two services with a limit of 5 s; both beat at 0 ms, one of them at 9000 ms");
    var one = bench(trial);
    var other = bench(trial);
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

  /** Ages are differences on the clock that nobody sets. */
  @Rule(
      number = "7.7",
      says =
          "The age MUST be measured on the monotonic clock, whatever its values: not on the wall"
              + " clock.",
      check =
          "nanoTime, not now; one value minus the other, compared with the limit: the values"
              + " themselves may be negative and may overflow",
      lookAt = "beat")
  void clocks(Trial trial) throws Exception {
    trial.setUp("a limit of 5 s; the wall clock is set; a monotonic clock that overflows at 2 s");
    for (long hours : List.of(1L, -2L)) {
      var bench = bench(trial);
      bench.beat();
      trial.time().shiftWallClock(Duration.ofHours(hours));
      bench.expect("the wall clock set by " + hours + " h", "beating", GOOD, GOOD);
    }
    var bench = bench(trial, new Overflowing(trial.time()));
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

  /** Half a beat is none. */
  @Rule(
      number = "7.8",
      says = "A check beside a beat MUST say what was so before it or after it, in every order.",
      check =
          "two fields that a beat sets one after the other; a field that is read twice in one"
              + " check",
      lookAt = "beat")
  void beside(Trial trial) {
    trial.setUp("a clock that says an hour; the first beat beside live, in every order of steps");
    var now = Duration.ofHours(1).toNanos();
    var twin = InstrumentingLoader.twin(this, trial.subject(create(LIMIT, at(now))).getClass());
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

  /** Looking is free. */
  @Rule(
      number = "7.9",
      says = "A pulse MUST NOT start a thread.",
      check = "threads and timers that watch the beats: whoever asks can look",
      lookAt = "beat")
  void noThread(Trial trial) throws Exception {
    trial.setUp("a service that is watched, beats, is asked, gets stale, and ends");
    trial.watchThreads();
    var bench = bench(trial);
    var gate = trial.gate();
    var service = bench.watched(gate::pass);
    service.start();
    bench.beat();
    bench.look("live", bench.live);
    trial.advanceTo(6_000);
    bench.look("ready", bench.ready);
    gate.open();
    bench.expectEnd(service);
    trial.expectNoNewThread("no thread but the service's own, which has ended");
  }

  /** What cannot work is refused when it is made. */
  @Rule(
      number = "7.10",
      says =
          "A limit that is not longer than zero, and a limit, time or service that is null, MUST be"
              + " refused.",
      check = "the checks at the door, and that their messages name the argument",
      lookAt = "<init>")
  void arguments(Trial trial) {
    trial.setUp("a pulse with bad arguments");
    var time = trial.time();
    var pulse = trial.subject(create(LIMIT, time));
    trial.expectRefused("a limit of zero", () -> create(Duration.ZERO, time));
    var negative = Duration.ofSeconds(-1);
    trial.expectRefused("a negative limit", () -> create(negative, time));
    trial.expectRefused("a limit of null", () -> create(Trial.noValue(), time));
    trial.expectRefused("a time of null", () -> create(LIMIT, Trial.noValue()));
    trial.expectRefused("a service of null", () -> pulse.watch(Trial.noValue()));
  }
}
