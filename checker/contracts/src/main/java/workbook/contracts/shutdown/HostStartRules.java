package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.ServiceHost;
import workbook.shutdown.StopSequence;

/** The rules of how a host starts. */
abstract class HostStartRules {

  /** A contract is stateless. */
  HostStartRules() {}

  /**
   * Makes the host under test. It is not started.
   *
   * @param services what it runs
   * @param listeners who hears of its life
   * @param options how it behaves
   * @param stopping how services are stopped
   * @param time in which the deadline is counted
   * @return a new host
   */
  protected abstract ServiceHost create(
      List<HostedService> services,
      List<LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time);

  final HostBench bench(Trial trial, LifecycleListener... listeners) {
    return bench(trial, CrashPolicy.STOP_HOST, listeners);
  }

  final HostBench bench(Trial trial, CrashPolicy policy, LifecycleListener... listeners) {
    return new HostBench(trial, this::create, policy, listeners);
  }

  /** A service may rely on those before it. */
  @Rule(
      number = "4.12",
      says = "Services MUST be started in order, each after the one before has started.",
      check =
          "the direction of the loop; that start itself calls the services one after the other,"
              + " without a thread for each",
      lookAt = "start")
  void startInOrder(Trial trial) {
    trial.setUp("services a, b, c; the start of b waits at a gate");
    var gate = trial.gate();
    var bench = bench(trial);
    bench.b.atStart(_ -> gate.pass());
    var start = bench.callStart("starter");
    bench.staff.expect("c waits for b", "a starts", "a started", "b starts");
    trial.expectWaiting("start waits for b", start);
    gate.open();
    trial.expectReturn("start returns when all have started", start);
    bench.expectAfterStart("all are started, in order");
    bench.expectRunning("the host runs");
  }

  /** A start that fails leaves nothing behind. */
  @Rule(
      number = "4.13",
      says =
          "When a service fails to start, those before it MUST be stopped, last first, those after"
              + " it never started, and the cause thrown.",
      check =
          "the list of those that were started, and that the failing one is not in it; the catch"
              + " around the loop, for Error, too; that the cause is thrown as it is, after the"
              + " others were stopped; that the completion is completed on this path; that the"
              + " roll-back has the time of a stop, and is the only one, also when somebody asks"
              + " later",
      lookAt = "start")
  void failingStart(Trial trial) {
    trial.setUp(
        "services a, b, c; the start of c fails, once with an exception, once with an Error");
    var causes = List.of(new IOException("port in use"), new NoClassDefFoundError("driver"));
    for (var cause : causes) {
      var bench = bench(trial);
      bench.c.atStart(_ -> fail(bench.staff, "c fails", cause));
      var start = bench.callStart("starter");
      var thrown = trial.expectThrow("start throws", start, Throwable.class);
      bench.staff.expect(
          "a and b are stopped, last first, before start throws",
          "a starts",
          "a started",
          "b starts",
          "b started",
          "c starts",
          "c fails",
          "b stops",
          "b stopped",
          "a stops",
          "a stopped");
      trial.expectThat(
          "the cause itself is thrown", thrown == cause, Trial.describe(thrown) + " was thrown");
      bench.expectFailure("the completion fails with the cause", cause);
      bench.expectStopWithin();
      bench.requestStop();
      trial.settle();
      trial.expect("runs of the sequence, after one more request: 1", bench.sequences.get(), 1);
    }
    var bench = bench(trial);
    bench.b.atStart(_ -> fail(bench.staff, "b fails", causes.getFirst()));
    trial.expectThrow("start throws", bench.callStart("starter"), IOException.class);
    bench.staff.expect(
        "what comes after the failing one is never started",
        "a starts",
        "a started",
        "b starts",
        "b fails",
        "a stops",
        "a stopped");
  }

  static void fail(Staff staff, String event, Throwable cause) throws Exception {
    staff.happens(event);
    fail(cause);
  }

  static void fail(Throwable cause) throws Exception {
    if (cause instanceof Error error) {
      throw error;
    }
    throw (Exception) cause;
  }

  /** The cause of it all comes first; what went wrong while clearing up is kept with it. */
  @Rule(
      number = "4.14",
      says = "A failure while a failed start is rolled back MUST be suppressed in its cause.",
      check =
          "what happens to an exception of the stop sequence, and to an Error, while the start is"
              + " rolled back; addSuppressed",
      lookAt = "start")
  void failingRollback(Trial trial) {
    trial.setUp(
        "services a, b, c; the start of c fails, and so does the stop of b, once with an exception,"
            + " once with an Error");
    for (var later : List.of(new IllegalStateException("connection lost"), new AssertionError())) {
      failingRollback(trial, later);
    }
  }

  private void failingRollback(Trial trial, Throwable later) {
    var bench = bench(trial);
    var cause = new IOException("port in use");
    bench.c.atStart(_ -> fail(bench.staff, "c fails", cause));
    bench.b.atStop(_ -> fail(later));
    var thrown = trial.expectThrow("start throws", bench.callStart("starter"), Throwable.class);
    trial.expectThat(
        "the cause itself is thrown", thrown == cause, Trial.describe(thrown) + " was thrown");
    trial.expect(
        "the failure of b's stop is suppressed in it",
        Arrays.asList(thrown.getSuppressed()),
        List.of(later));
    bench.staff.expect(
        "a is stopped all the same",
        "a starts",
        "a started",
        "b starts",
        "b started",
        "c starts",
        "c fails",
        "b stops",
        "b fails",
        "a stops",
        "a stopped");
  }

  /** A host is started once. */
  @Rule(
      number = "4.15",
      says =
          "A second start MUST be refused with IllegalStateException and MUST NOT disturb the"
              + " first.",
      check =
          "that start looks first whether it was called before, also while the first call is in"
              + " progress, when it has failed, and when the host has ended",
      lookAt = "start")
  void startTwice(Trial trial) {
    trial.setUp("start, and again: during the start, while the host runs, after its end");
    var gate = trial.gate();
    var bench = bench(trial);
    bench.b.atStart(_ -> gate.pass());
    var start = bench.callStart("starter");
    bench.staff.expect("b is starting", "a starts", "a started", "b starts");
    expectRefused(bench, "a second start is refused while the first is in progress");
    gate.open();
    trial.expectReturn("the first start returns", start);
    expectRefused(bench, "a second start is refused while the host runs");
    bench.expectAfterStart("each service was started once, and none was stopped");
    bench.expectRunning("the host runs");
    bench.requestStop();
    bench.expectGoodEnd();
    expectRefused(bench, "a second start is refused after the end");
    bench.expectAllStopped();
    trial.setUp("a start that fails, and a start of a host that was asked to stop; each again");
    var failing = bench(trial);
    failing.a.atStart(_ -> fail(failing.staff, "a fails", new IOException("port in use")));
    trial.expectThrow("the first start throws", failing.callStart("starter"), IOException.class);
    expectRefused(failing, "a second start is refused after one that failed");
    failing.staff.expect("a was started once", "a starts", "a fails");
    var asked = bench(trial);
    asked.requestStop();
    trial.expectReturn("start after requestStop returns normally", asked.callStart("starter"));
    expectRefused(asked, "a second start is refused, though the first started nothing");
  }

  private static void expectRefused(HostBench bench, String expected) {
    bench.trial.expectThrow(
        expected, bench.callStart("second starter"), IllegalStateException.class);
  }
}
