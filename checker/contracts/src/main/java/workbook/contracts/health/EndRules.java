package workbook.contracts.health;

import java.time.Duration;
import java.util.List;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.health.HealthStatus;
import workbook.health.Pulse;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;

/** What is said of a service that has come to its end. */
abstract class EndRules {

  static final Duration LIMIT = Duration.ofSeconds(5);
  static final long HOUR = 3_600_000;
  static final HealthStatus GOOD = HealthStatus.HEALTHY;
  static final HealthStatus BAD = HealthStatus.UNHEALTHY;

  /**
   * Makes the pulse under test. It has not beaten yet.
   *
   * @param limit the longest time between two beats
   * @param time whose clock counts
   * @return a new pulse
   */
  protected abstract Pulse create(Duration limit, TimeSource time);

  final PulseBench bench(Trial trial) {
    return bench(trial, trial.time());
  }

  final PulseBench bench(Trial trial, TimeSource time) {
    return new PulseBench(trial, create(LIMIT, time));
  }

  /** A crash is known at once, not when the beats are missed. */
  @Rule(
      number = "7.4",
      says =
          "A watched service that has failed MUST be 'dead' in both checks at once and for good,"
              + " whatever its beats.",
      check =
          "that the service's completion is asked each time, and before the age of the beat; that a"
              + " completion is not cast but asked for its future, with toCompletableFuture",
      lookAt = "watch")
  void dead(Trial trial) throws Exception {
    trial.setUp("services that fail: after a beat, before any, and before they are watched");
    var beating = bench(trial);
    var crash = trial.gate();
    var service =
        beating.watched(
            _ -> {
              crash.pass();
              throw new IllegalStateException("out of paper");
            });
    beating.expect("before start", "waiting", GOOD, BAD);
    service.start();
    beating.beat();
    beating.expect("while it runs", "beating", GOOD, GOOD);
    crash.open();
    beating.expectEnd(service);
    beating.expect("after a beat and a failure", "dead", BAD, BAD);
    trial.advanceTo(HOUR);
    beating.expect("an hour later", "dead", BAD, BAD);
    beating.beat();
    beating.expect("after a beat that comes late", "dead", BAD, BAD);

    var early = bench(trial);
    var failing =
        early.watched(
            _ -> {
              throw new AssertionError("no configuration");
            });
    failing.start();
    early.expectEnd(failing);
    early.expect("after a failure before any beat", "dead", BAD, BAD);

    var late = bench(trial);
    late.beat();
    late.pulse.watch(failing);
    late.expect("when it is watched after its failure", "dead", BAD, BAD);
  }

  /** An end is not a crash. */
  @Rule(
      number = "7.5",
      says =
          "A watched service that has ended without a failure, 'ended', MUST NOT be ready and MUST"
              + " be live.",
      check = "the difference between completed and completed exceptionally",
      lookAt = "watch")
  void ended(Trial trial) throws Exception {
    trial.setUp("a limit of 5 s; a service that beats and is stopped, one that just returns");
    var stopped = bench(trial);
    var gate = trial.gate();
    var service = stopped.watched(gate::pass);
    service.start();
    stopped.beat();
    service.stop(Deadline.after(Duration.ofMinutes(1), TimeSource.system()));
    stopped.expectEnd(service);
    stopped.expect("after it was stopped", "ended", GOOD, BAD);
    trial.advanceTo(HOUR);
    stopped.expect("an hour later", "ended", GOOD, BAD);

    var returned = bench(trial);
    var returning = returned.watched(_ -> trial.note("work"));
    returning.start();
    returned.expectEnd(returning);
    returned.expect("when it has returned before any beat", "ended", GOOD, BAD);
  }

  /** Whoever asks may be anybody. */
  @Rule(
      number = "7.6",
      says = "The text of the exception that a service failed with MUST NOT be in a description.",
      check = "that no message and no toString of the failure gets into a description",
      lookAt = "watch")
  void secret(Trial trial) throws Exception {
    trial.setUp("a service that fails with 'no route to db-7, password hunter2', and a cause");
    var bench = bench(trial);
    var service =
        bench.watched(
            _ -> {
              throw new IllegalStateException(
                  "no route to db-7, password hunter2", new RuntimeException("hunter2 is wrong"));
            });
    service.start();
    bench.expectEnd(service);
    for (var check : List.of(bench.live, bench.ready)) {
      var description = bench.look("the check of a dead service", check).description();
      trial.expectThat(
          "a description without what was thrown",
          !description.contains("hunter2") && !description.contains("db-7"),
          description);
    }
  }
}
