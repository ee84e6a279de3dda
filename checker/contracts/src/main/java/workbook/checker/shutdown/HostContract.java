package workbook.checker.shutdown;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import workbook.checker.Gate;
import workbook.checker.Module;
import workbook.checker.Patience;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.HttpEndpoint;
import workbook.shutdown.JobRequests;
import workbook.shutdown.JobWorker;
import workbook.shutdown.StopSequence;

/**
 * The rules of a host. Those about its start are in {@link HostStartRules}, those about its stop in
 * {@link HostStopRules}, and what comes at the same time in {@link HostRaceRules}.
 */
@Tag("step-2")
@Step(module = Module.SHUTDOWN, number = 2, type = "Host")
public abstract class HostContract extends HostRaceRules {

  /** A contract is stateless. */
  protected HostContract() {}

  /** Writes down what it hears, among what the services do. */
  private static final class Hearing implements LifecycleListener {

    private final String name;
    volatile HostBench bench;

    Hearing(String name) {
      this.name = name;
    }

    void hears(String event) {
      if (event.equals("stopped") && bench.hasEnded()) {
        bench.staff.happens("the completion completes before " + name + " hears stopped");
      }
      bench.staff.happens(name + " hears " + event);
    }

    @Override
    public void started() {
      hears("started");
    }

    @Override
    public void stopping() {
      hears("stopping");
    }

    @Override
    public void stopped() {
      hears("stopped");
    }
  }

  /**
   * Whoever listens can tell what is true when it hears of it.
   *
   * <p>If this fails, check: where each event is told: {@code started} in start, after the last
   * service; {@code stopping} before the sequence, {@code stopped} after it and before the
   * completion completes.
   */
  @Rule(
      number = "4.28",
      says =
          "Every listener MUST hear started, stopping and stopped: once, in this order, each when"
              + " it is true.",
      lookAt = "start")
  void events(Trial trial) {
    trial.setUp("services a, b, c and two listeners; start, requestStop twice");
    var one = new Hearing("one");
    var two = new Hearing("two");
    var bench = bench(trial, one, two);
    one.bench = bench;
    two.bench = bench;
    trial.expectReturn("start returns", bench.callStart("starter"));
    bench.expectAfterStart(
        "started is heard before start returns, when all have started",
        "one hears started",
        "two hears started");
    bench.requestStop();
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAfterStart(
        "stopping is heard before the first service stops, stopped after the last",
        "one hears started",
        "two hears started",
        "one hears stopping",
        "two hears stopping",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped",
        "one hears stopped",
        "two hears stopped");
  }

  /**
   * A listener may find at the last moment that the application had better not run.
   *
   * <p>If this fails, check: that the stop does not begin while start still tells of the start.
   */
  @Rule(
      number = "4.29",
      says = "A stop asked for by a listener that hears started MUST NOT overtake that event.",
      lookAt = "start")
  void stopWhenStarted(Trial trial) {
    trial.setUp(
        "two listeners; the first asks for the stop when it hears started, then waits at a gate");
    var two = new Hearing("two");
    var asking = new Asking(new Gate(trial.time()));
    trial.afterwards(asking.gate::open);
    var bench = bench(trial, asking, two);
    asking.bench = bench;
    two.bench = bench;
    var start = bench.callStart("starter");
    bench.expectAfterStart("nothing is stopped while listeners are told of the start");
    asking.gate.open();
    trial.expectReturn("start returns", start);
    bench.expectGoodEnd();
    bench.expectAfterStart(
        "the second listener hears started first, and the rest then",
        "two hears started",
        "two hears stopping",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped",
        "two hears stopped");
  }

  private static final class Asking implements LifecycleListener {

    private final Gate gate;
    volatile HostBench bench;

    Asking(Gate gate) {
      this.gate = gate;
    }

    @Override
    public void started() {
      bench.host.requestStop();
      try {
        gate.pass();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /**
   * A listener is a guest.
   *
   * <p>If this fails, check: the catch around each single call of a listener.
   */
  @Rule(
      number = "4.30",
      says =
          "What a listener throws MUST be logged, and the other listeners, the services and the end"
              + " MUST go on as if it had not.",
      lookAt = "start")
  void failingListener(Trial trial) {
    trial.setUp("two listeners; the first throws at every event");
    var failures =
        List.of(
            new IllegalStateException("at started"),
            new IllegalStateException("at stopping"),
            new IllegalStateException("at stopped"));
    var two = new Hearing("two");
    var bench = bench(trial, throwing(failures), two);
    two.bench = bench;
    trial.expectReturn("start returns", bench.callStart("starter"));
    bench.requestStop();
    bench.expectGoodEnd();
    bench.expectAfterStart(
        "the second listener hears everything, and all services are stopped",
        "two hears started",
        "two hears stopping",
        "c stops",
        "c stopped",
        "b stops",
        "b stopped",
        "a stops",
        "a stopped",
        "two hears stopped");
    for (var failure : failures) {
      trial.expectThat(
          "a warning or an error is logged with the failure " + failure.getMessage(),
          trial.log().hasWarningWith(failure),
          "logged: " + Trial.describe(trial.log().at(Level.INFO)));
    }
  }

  private static LifecycleListener throwing(List<? extends RuntimeException> failures) {
    return new LifecycleListener() {
      @Override
      public void started() {
        throw failures.get(0);
      }

      @Override
      public void stopping() {
        throw failures.get(1);
      }

      @Override
      public void stopped() {
        throw failures.get(2);
      }
    };
  }

  /**
   * A host leaves no thread behind, whatever way it goes.
   *
   * <p>If this fails, check: executors that are not shut down; threads that wait for a stop that
   * nobody asks for; the way of a failed start.
   */
  @Rule(
      number = "4.31",
      says = "After its end, no thread of the host MUST be left, also when its start failed.",
      lookAt = "start")
  void nothingLeft(Trial trial) {
    trial.setUp("a host is started and stopped; another one fails to start");
    trial.watchThreads();
    var bench = bench(trial).started();
    bench.requestStop();
    bench.expectGoodEnd();
    trial.expectNoNewThread("no thread is left after the stop");
    var failing = bench(trial);
    failing.c.atStart(_ -> fail(failing.staff, "c fails", new IOException("port in use")));
    trial.expectThrow("start throws", failing.callStart("starter"), IOException.class);
    trial.expectNoNewThread("no thread is left after the failed start");
  }

  /**
   * Bad arguments are refused where they are handed in.
   *
   * <p>If this fails, check: the constructor; that services are compared with {@code ==}, since the
   * same one would be started twice.
   */
  @Rule(
      number = "4.32",
      says = "A service that is there twice, and anything that is null, MUST be refused.",
      lookAt = "<init>")
  void arguments(Trial trial) {
    var staff = new Staff(trial);
    HostedService one = staff.member("a printer");
    HostedService two = staff.member("two");
    var options = new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST);
    StopSequence stop = (_, _) -> {};
    var time = trial.time();
    var services = List.of(one, two);
    List<LifecycleListener> none = List.of();
    trial.subject(create(services, none, options, stop, time));
    trial.expectRefused(
        "the same service, 'a printer', twice",
        () -> create(List.of(one, two, one), none, options, stop, time),
        "a printer");
    var nothing = "a list of services that is null";
    trial.expectRefused(
        nothing, () -> make(Trial.noValue(), none, options, stop, time), "services");
    trial.expectRefused(
        "a list of listeners that is null",
        () -> make(services, Trial.noValue(), options, stop, time),
        "listeners");
    trial.expectRefused(
        "options that are null",
        () -> make(services, none, Trial.noValue(), stop, time),
        "options");
    trial.expectRefused(
        "a sequence that is null",
        () -> make(services, none, options, Trial.noValue(), time),
        "stopping");
    trial.expectRefused(
        "a time that is null", () -> make(services, none, options, stop, Trial.noValue()), "time");
  }

  private void make(
      List<HostedService> services,
      List<LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    create(services, listeners, options, stopping, time);
  }

  /**
   * What reverse order is for: no new request comes in, those in flight are answered, and the job
   * that the last of them brings is still done.
   *
   * <p>If this fails, check: the order of the stop; that the completion waits for the worker.
   */
  @Rule(
      number = "4.33",
      says =
          "HTTP MUST refuse new connections while a request in flight is answered, and the job that"
              + " it brings MUST be done.",
      lookAt = "requestStop")
  void requestInFlight(Trial trial) throws Exception {
    trial.setUp(
        "the given worker and HTTP endpoint, in this order; stop while a request is in flight");
    var done = new CopyOnWriteArrayList<String>();
    var arrived = new CountDownLatch(1);
    var released = new CountDownLatch(1);
    trial.afterwards(released::countDown);
    var worker = new JobWorker("worker");
    var requests = new JobRequests(worker, _ -> _ -> done.add("the job"));
    var http =
        new HttpEndpoint(
            "http",
            0,
            "/jobs",
            exchange -> {
              arrived.countDown();
              await(released);
              requests.handle(exchange);
            });
    var options = new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST);
    var stopping = HostBench.sequence(trial);
    var host =
        trial.subject(
            create(
                new ArrayList<>(List.of(worker, http)),
                List.of(),
                options,
                stopping,
                trial.time()));
    host.start();
    int port = http.port();
    var client = trial.start("client", () -> Client.post(port, "/jobs/1"));
    trial.expectThat("the request is in flight", await(arrived), "it has not arrived");
    trial.note("requestStop");
    host.requestStop();
    trial.expectSoon(
        "new connections are refused", () -> !Client.canConnect(port), () -> "they are accepted");
    trial.expectThat(
        "the host waits for the request in flight",
        !host.completion().toCompletableFuture().isDone(),
        "its completion says that it has ended");
    released.countDown();
    trial.expect(
        "the status of the answer: 202", trial.expectReturn("the client is answered", client), 202);
    trial.expectSoon(
        "the host ends",
        () -> host.completion().toCompletableFuture().isDone(),
        () -> "its completion is open");
    trial.expect("done when the host ended: the job", List.copyOf(done), List.of("the job"));
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(Patience.ANSWER.limit().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
