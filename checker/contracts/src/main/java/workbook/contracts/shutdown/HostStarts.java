package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import workbook.checker.Trial;

/** How a host starts, and what it does when a service fails to. */
final class HostStarts {

  private HostStarts() {}

  static void startInOrder(Trial trial, HostContract page) {
    trial.setUp("services a, b, c; the start of b waits at a gate");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.b.atStart(_ -> gate.pass());
    var start = bench.callStart("starter");
    bench.staff.expect("c waits for b", "a starts", "a started", "b starts");
    trial.expectWaiting("start waits for b", start);
    gate.open();
    trial.expectReturn("start returns when all have started", start);
    bench.expectAfterStart("all are started, in order");
    bench.expectRunning("the host runs");
  }

  static void failingStart(Trial trial, HostContract page) {
    trial.setUp(
        "services a, b, c; the start of c fails: with an IOException, an Error, an"
            + " InterruptedException");
    var causes =
        List.of(
            new IOException("port in use"),
            new NoClassDefFoundError("driver"),
            new InterruptedException("while connecting"));
    for (var cause : causes) {
      var bench = page.bench(trial);
      bench.c.atStart(_ -> bench.staff.fail("c fails", cause));
      var start = bench.callStart("starter");
      var thrown = trial.expectThrow("start throws", start, Throwable.class);
      bench.staff.expect(
          "a and b are stopped, in reverse order, before start throws",
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
    var bench = page.bench(trial);
    bench.b.atStart(_ -> bench.staff.fail("b fails", causes.getFirst()));
    trial.expectThrow("start throws", bench.callStart("starter"), IOException.class);
    bench.staff.expect(
        "what comes after the failing service is never started",
        "a starts",
        "a started",
        "b starts",
        "b fails",
        "a stops",
        "a stopped");
    thrownAfterTheStop(trial, page);
    askedMeanwhile(trial, page, true);
    askedMeanwhile(trial, page, false);
    crashMeanwhile(trial, page);
  }

  private static void thrownAfterTheStop(Trial trial, HostContract page) {
    trial.setUp("services a, b, c; the start of b fails; the stop of a waits at a gate");
    var cause = new IOException("port in use");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.a.atStop(_ -> gate.pass());
    bench.b.atStart(_ -> bench.staff.fail("b fails", cause));
    var start = bench.callStart("starter");
    bench.staff.expect(
        "a is asked to stop", "a starts", "a started", "b starts", "b fails", "a stops");
    trial.expectWaiting("start waits for the stop of a before it throws", start);
    gate.open();
    trial.expectThrow("start throws", start, IOException.class);
  }

  /** Whoever asks for a stop that is under way anyway asks for nothing more. */
  private static void askedMeanwhile(Trial trial, HostContract page, boolean itself) {
    trial.setUp(
        "services a, b, c; the start of b waits at a gate; meanwhile "
            + (itself ? "b itself" : "another thread")
            + " asks the host to stop; then the start of b fails");
    var cause = new IOException("port in use");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.b.atStart(
        _ -> {
          if (itself) {
            trial.note("requestStop");
            bench.host.requestStop();
          }
          gate.pass();
          bench.staff.fail("b fails", cause);
        });
    var start = bench.callStart("starter");
    bench.staff.expect("b is starting", "a starts", "a started", "b starts");
    if (!itself) {
      bench.requestStop();
    }
    trial.expectWaiting("start waits for b", start);
    gate.open();
    var thrown = trial.expectThrow("start throws", start, Throwable.class);
    trial.expectThat(
        "the cause itself is thrown", thrown == cause, Trial.describe(thrown) + " was thrown");
    bench.expectFailure("the completion fails with the cause", cause);
    bench.staff.expect(
        "a is stopped, once; c is not started",
        "a starts",
        "a started",
        "b starts",
        "b fails",
        "a stops",
        "a stopped");
    trial.expect("runs of the sequence: 1", bench.sequences.get(), 1);
  }

  private static void crashMeanwhile(Trial trial, HostContract page) {
    trial.setUp(
        "services a, b, c; the work of a fails while the start of b waits at a gate; then the start"
            + " of b fails, too");
    var cause = new IOException("port in use");
    var crash = new IllegalStateException("invariant broken");
    var gate = trial.gate();
    var bench = page.bench(trial);
    bench.b.atStart(
        _ -> {
          gate.pass();
          bench.staff.fail("b fails", cause);
        });
    var start = bench.callStart("starter");
    bench.staff.expect("b is starting", "a starts", "a started", "b starts");
    bench.crash(bench.a, crash);
    gate.open();
    var thrown = trial.expectThrow("start throws", start, Throwable.class);
    trial.expectThat(
        "the cause itself is thrown", thrown == cause, Trial.describe(thrown) + " was thrown");
    bench.expectEnd("the host ends");
    var failure = bench.failure();
    trial.expectThat(
        "the completion fails with one of the two, and has the other suppressed",
        failure == cause && List.of(cause.getSuppressed()).contains(crash)
            || failure == crash && List.of(crash.getSuppressed()).contains(cause),
        failure == null
            ? "its completion completed normally"
            : "its completion failed with %s, suppressed: %s"
                .formatted(
                    Trial.describe(failure), Trial.describe(List.of(failure.getSuppressed()))));
    trial.expect("runs of the sequence: 1", bench.sequences.get(), 1);
  }

  /** The cause of it all comes first; what went wrong while clearing up is kept with it. */
  static void failingRollback(Trial trial, HostContract page) {
    trial.setUp(
        "services a, b, c; the start of c fails, and so does the stop of b, once with an exception,"
            + " once with an Error");
    for (var later : List.of(new IllegalStateException("connection lost"), new AssertionError())) {
      failingRollback(trial, page, later);
    }
  }

  private static void failingRollback(Trial trial, HostContract page, Throwable later) {
    var bench = page.bench(trial);
    var cause = new IOException("port in use");
    bench.c.atStart(_ -> bench.staff.fail("c fails", cause));
    bench.b.atStop(_ -> Staff.fail(later));
    var thrown = trial.expectThrow("start throws", bench.callStart("starter"), Throwable.class);
    trial.expectThat(
        "the cause itself is thrown", thrown == cause, Trial.describe(thrown) + " was thrown");
    trial.lookAt("StopSequence.stop", "start");
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

  static void startTwice(Trial trial, HostContract page) {
    trial.setUp("start, and again: during the start, while the host runs, after its end");
    var gate = trial.gate();
    var bench = page.bench(trial);
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
    var failing = page.bench(trial);
    failing.a.atStart(_ -> failing.staff.fail("a fails", new IOException("port in use")));
    trial.expectThrow("the first start throws", failing.callStart("starter"), IOException.class);
    expectRefused(failing, "a second start is refused after one that failed");
    failing.staff.expect("a was started once", "a starts", "a fails");
    var asked = page.bench(trial);
    asked.requestStop();
    trial.expectReturn("start after requestStop returns normally", asked.callStart("starter"));
    expectRefused(asked, "a second start is refused, though the first started nothing");
  }

  private static void expectRefused(HostBench bench, String expected) {
    bench.trial.lookAt("IllegalStateException", "start");
    bench.trial.expectThrow(
        expected, bench.callStart("second starter"), IllegalStateException.class);
    bench.trial.lookAt();
  }
}
