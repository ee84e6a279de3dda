package workbook.contracts.shutdown;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.contracts.shutdown.Staff.Member;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.ServiceHost;
import workbook.shutdown.StopSequence;

/** A host under test, the services a, b and c, and a sequence that stops them as it should be. */
final class HostBench {

  static final Duration STOP_WITHIN = Duration.ofSeconds(10);

  final Trial trial;
  final Staff staff;
  final Member a;
  final Member b;
  final Member c;
  final ServiceHost host;
  final AtomicInteger sequences = new AtomicInteger();
  final List<LifecycleListener> listeners = new ArrayList<>();
  volatile long stopWithin = -1; // in ms, as the sequence was told

  /** Makes a host, such as the learner's test class does. */
  interface Maker {
    ServiceHost create(
        List<HostedService> services,
        List<LifecycleListener> listeners,
        HostOptions options,
        StopSequence stopping,
        TimeSource time);
  }

  HostBench(Trial trial, Maker maker, CrashPolicy policy, LifecycleListener... listeners) {
    this.trial = trial;
    this.staff = new Staff(trial);
    this.a = staff.member("a");
    this.b = staff.member("b");
    this.c = staff.member("c");
    this.listeners.addAll(Arrays.asList(listeners));
    this.host =
        trial.subject(
            maker.create(
                List.of(a, b, c),
                this.listeners,
                new HostOptions(STOP_WITHIN, policy),
                this::stopAll,
                trial.time()));
  }

  /** What module 04's first step teaches, without its forcing. */
  private void stopAll(List<? extends HostedService> started, Deadline deadline) throws Exception {
    sequences.incrementAndGet();
    stopWithin = deadline.remaining().toMillis();
    sequence(trial).stop(started, deadline);
  }

  static StopSequence sequence(Trial trial) {
    return (started, deadline) -> {
      trial.time().enroll(Thread.currentThread());
      inReverse(started, deadline);
    };
  }

  private static void inReverse(List<? extends HostedService> started, Deadline deadline)
      throws Exception {
    Throwable first = null;
    for (var service : started.reversed()) {
      try {
        service.stop(deadline);
      } catch (Throwable e) {
        if (first == null) {
          first = e;
        } else {
          first.addSuppressed(e);
        }
      }
    }
    if (first instanceof Error error) {
      throw error;
    }
    if (first instanceof Exception exception) {
      throw exception;
    }
  }

  Caller<Object> callStart(String caller) {
    return trial.start(
        caller,
        () -> {
          host.start();
          return "normally";
        });
  }

  /** Starts all three, and expects it to have worked. */
  HostBench started() {
    trial.expectReturn("start returns", callStart("starter"));
    staff.expect(
        "all services are started",
        "a starts",
        "a started",
        "b starts",
        "b started",
        "c starts",
        "c started");
    return this;
  }

  Caller<Object> callRequestStop(String caller) {
    return trial.start(
        caller,
        () -> {
          trial.note("requestStop");
          host.requestStop();
          return "normally";
        });
  }

  void requestStop() {
    trial.expectReturn("requestStop returns at once", callRequestStop("stopper"));
  }

  /** Expects what the sequence was given: the time counts from when the stopping begins. */
  void expectStopWithin() {
    trial.lookAt("stopWithin", "StopSequence.stop", "requestStop");
    trial.expect("the time that the sequence was given, in ms: 10000", stopWithin, 10_000L);
    trial.lookAt();
  }

  /** Lets the work of a service fail, on a thread of the service's own, which then goes on. */
  void crash(Staff.Member service, Throwable cause) {
    trial.expectReturn(
        "the thread of " + service.name() + " goes on when its work has failed",
        trial.start(
            "thread of " + service.name(),
            () -> {
              trial.note("the work of " + service.name() + " fails");
              service.work.completeExceptionally(cause);
              return "normally";
            }));
  }

  boolean hasEnded() {
    return host.completion().toCompletableFuture().isDone();
  }

  void expectRunning(String expected) {
    trial.settle();
    trial.expectThat(expected, !hasEnded(), "its completion says that it has ended");
  }

  void expectEnd(String expected) {
    trial.expectSoon(
        expected, this::hasEnded, () -> "its completion is open; so far: " + shown(staff.events()));
    trial.settle();
  }

  void expectGoodEnd() {
    expectEnd("the host ends");
    var failure = failure();
    trial.expectThat(
        "it ends well", failure == null, "its completion failed with " + Trial.describe(failure));
  }

  /** Expects that the host ends with this failure, and gives what its completion failed with. */
  void expectFailure(String expected, Throwable wanted) {
    expectEnd("the host ends");
    var failure = failure();
    trial.expectThat(
        expected,
        failure == wanted,
        failure == null
            ? "its completion completed normally"
            : "its completion failed with " + Trial.describe(failure));
  }

  /** What the completion failed with, without the wrapping that stages add; null if it did not. */
  @Nullable Throwable failure() {
    var thrown = host.completion().handle((_, t) -> t).toCompletableFuture().join();
    while (thrown instanceof CompletionException && thrown.getCause() != null) {
      thrown = thrown.getCause();
    }
    return thrown;
  }

  /** What happened after the start. */
  void expectAfterStart(String expected, String... wanted) {
    var all = new ArrayList<String>();
    Collections.addAll(
        all, "a starts", "a started", "b starts", "b started", "c starts", "c started");
    Collections.addAll(all, wanted);
    staff.expect(expected, all.toArray(String[]::new));
  }

  void expectAllStopped() {
    expectAfterStart(
        "all services are stopped, in reverse order",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped");
  }

  static String shown(List<String> events) {
    return Trial.describe(events);
  }
}
