package workbook.contracts.health;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.health.Pulse;
import workbook.hosting.TimeSource;

/** The rules of a service's sign of life. */
@Tag("step-1")
@Step(module = WorkbookModule.HEALTH, number = 1, type = "Heartbeat")
public abstract class HeartbeatContract {

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
    return new PulseBench(trial, create(PulseBench.LIMIT, time));
  }

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
    Beats.age(trial, this);
  }

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
    Beats.waiting(trial, this);
  }

  @Rule(
      number = "7.3",
      says =
          "A beat MUST make a stale service healthy again, and MUST count for its own service"
              + " only.",
      check = "fields that remember a verdict; static fields",
      lookAt = "beat")
  void again(Trial trial) throws Exception {
    Beats.again(trial, this);
  }

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
    Ends.dead(trial, this);
  }

  @Rule(
      number = "7.5",
      says =
          "A watched service that has ended without a failure, 'ended', MUST NOT be ready and MUST"
              + " be live.",
      check = "the difference between completed and completed exceptionally",
      lookAt = "watch")
  void ended(Trial trial) throws Exception {
    Ends.ended(trial, this);
  }

  @Rule(
      number = "7.6",
      says = "The text of the exception that a service failed with MUST NOT be in a description.",
      check = "that no message and no toString of the failure gets into a description",
      lookAt = "watch")
  void secret(Trial trial) throws Exception {
    Ends.secret(trial, this);
  }

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
    PulseClocks.clocks(trial, this);
  }

  @Rule(
      number = "7.8",
      says = "A check beside a beat MUST say what was so before it or after it, in every order.",
      check =
          "two fields that a beat sets one after the other; a field that is read twice in one"
              + " check",
      lookAt = "beat")
  void beside(Trial trial) {
    BesideABeat.beside(trial, this);
  }

  @Rule(
      number = "7.9",
      says = "A pulse MUST NOT start a thread.",
      check = "threads and timers that watch the beats: whoever asks can look",
      lookAt = "beat")
  void noThread(Trial trial) throws Exception {
    Ends.noThread(trial, this);
  }

  @Rule(
      number = "7.10",
      says =
          "A limit that is not longer than zero, and a limit, time or service that is null, MUST be"
              + " refused.",
      check = "the checks at the door, and that their messages name the argument",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofThePulse(trial, this);
  }
}
