package workbook.contracts.health;

import java.time.Duration;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.health.Pulse;
import workbook.hosting.TimeSource;

/** The rules of the heartbeat of one service. */
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
          "Both checks MUST be healthy, 'beating', while the last beat is no older than the limit,"
              + " and unhealthy, 'stale', after that.",
      check =
          "that the check reads the clock each time it is asked; that an age of exactly the limit"
              + " is still in time; that the description begins with the word",
      lookAt = {"unhealthy", "beat"})
  void age(Trial trial) throws Exception {
    Beats.age(trial, this);
  }

  @Rule(
      number = "7.2",
      says =
          "Until its first beat, however long that takes, a service MUST be live and MUST NOT be"
              + " ready: 'waiting'.",
      check =
          "that \"no beat yet\" is not stored as a time, such as zero; that a service that is slow"
              + " to begin does not become stale",
      lookAt = {"unhealthy", "beat"})
  void waiting(Trial trial) throws Exception {
    Beats.waiting(trial, this);
  }

  @Rule(
      number = "7.3",
      says =
          "A beat MUST make a stale service healthy again, and MUST count for its own service"
              + " only.",
      check = "that no field remembers a verdict; that no field is static",
      lookAt = {"unhealthy", "beat"})
  void again(Trial trial) throws Exception {
    Beats.again(trial, this);
  }

  @Rule(
      number = "7.4",
      says =
          "As soon as a watched service has failed, both checks MUST be unhealthy, 'dead', for"
              + " good: a beat changes nothing.",
      check =
          "that each check looks at the completion, and does so before it looks at the beat; that"
              + " the completion is not cast: toCompletableFuture gives its future",
      lookAt = {"unhealthy", "watch"})
  void dead(Trial trial) throws Exception {
    Ends.dead(trial, this);
  }

  @Rule(
      number = "7.5",
      says =
          "Once a watched service has ended without a failure, it MUST be live and MUST NOT be"
              + " ready: 'ended'.",
      check =
          "that a completion that failed is told apart from one that completed normally; that an"
              + " end makes only ready unhealthy",
      lookAt = {"unhealthy", "watch"})
  void ended(Trial trial) throws Exception {
    Ends.ended(trial, this);
  }

  @Rule(
      number = "7.6",
      says =
          "A description MUST NOT contain the text of the exception that the service failed with.",
      check = "that no description is made from the exception's message or its toString",
      lookAt = "watch")
  void secret(Trial trial) throws Exception {
    Ends.secret(trial, this);
  }

  @Rule(
      number = "7.7",
      says =
          "A pulse MUST measure the age of a beat on the monotonic clock, whatever its values, and"
              + " MUST NOT depend on the wall clock.",
      check =
          "that nanoTime is read, not now; that one value is subtracted from the other and the"
              + " difference compared with the limit, since the values themselves may be negative"
              + " and may overflow",
      lookAt = "beat")
  void clocks(Trial trial) throws Exception {
    PulseClocks.clocks(trial, this);
  }

  @Rule(
      number = "7.8",
      says =
          "A check that runs during a beat MUST report the state before the beat or the state after"
              + " it, in every order of their steps.",
      check =
          "that a beat changes one field, not two one after the other; that a check reads that"
              + " field once",
      lookAt = {"unhealthy", "beat"})
  void checkDuringABeat(Trial trial) {
    DuringABeat.check(trial, this);
  }

  @Rule(
      number = "7.9",
      says = "A pulse MUST NOT start a thread.",
      check = "that no thread or timer watches the beats, since a check can look when it is asked",
      lookAt = {"ofVirtual", "beat"})
  void noThread(Trial trial) throws Exception {
    Ends.noThread(trial, this);
  }

  @Rule(
      number = "7.10",
      says =
          "A pulse MUST refuse a limit that is null, zero or negative, and a time or a service that"
              + " is null.",
      check =
          "that the constructor and watch refuse what they cannot use, with a message that names"
              + " the argument",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BadArguments.ofThePulse(trial, this);
  }
}
