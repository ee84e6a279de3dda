package workbook.contracts.shutdown;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import workbook.checker.Patience;
import workbook.checker.ReservedPort;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
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
 * {@link HostStopRules} and {@link HostCrashRules}, what comes at the same time in {@link
 * HostRaceRules}, and what others hear of it in {@link HostListenerRules}.
 */
@Tag("step-2")
@Step(module = WorkbookModule.SHUTDOWN, number = 2, type = "Host")
public abstract class HostContract extends HostListenerRules {

  /** A contract is stateless. */
  protected HostContract() {}

  /** A host leaves no thread behind, whatever way it goes. */
  @Rule(
      number = "4.31",
      says = "After its end, no thread of the host MUST be left, also when its start failed.",
      check =
          "executors that are not shut down; threads that wait for a stop that nobody asks for; the"
              + " way of a failed start",
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

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "4.32",
      says = "A service that is there twice, and anything that is null, MUST be refused.",
      check =
          "the constructor; that services are compared with ==, since the same one would be started"
              + " twice",
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
    trial.expectRefused(
        "a list of services that is null", () -> make(Trial.noValue(), none, options, stop, time));
    trial.expectRefused(
        "a list of listeners that is null",
        () -> make(services, Trial.noValue(), options, stop, time));
    trial.expectRefused(
        "options that are null", () -> make(services, none, Trial.noValue(), stop, time));
    trial.expectRefused(
        "a sequence that is null", () -> make(services, none, options, Trial.noValue(), time));
    trial.expectRefused(
        "a time that is null", () -> make(services, none, options, stop, Trial.noValue()));
    var someNull = new ArrayList<HostedService>(services);
    someNull.add(Trial.noValue());
    trial.expectRefused(
        "a list of services with a null in it", () -> make(someNull, none, options, stop, time));
    var noListener = new ArrayList<LifecycleListener>();
    noListener.add(Trial.noValue());
    trial.expectRefused(
        "a list of listeners with a null in it",
        () -> make(services, noListener, options, stop, time));
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
   */
  @Rule(
      number = "4.33",
      says =
          "HTTP MUST refuse new connections while a request in flight is answered, and the job that"
              + " it brings MUST be done.",
      check = "the order of the stop; that the completion waits for the worker",
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
    var port = ReservedPort.forServer();
    trial.afterwards(port::close);
    var http =
        new HttpEndpoint(
            "http",
            port.number(),
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
    var client = trial.start("client", () -> Client.post(port.number(), "/jobs/1"));
    trial.expectThat("the request is in flight", await(arrived), "it has not arrived");
    trial.note("requestStop");
    host.requestStop();
    trial.expectSoon(
        "new connections are refused",
        () -> !Client.canConnect(port.number()),
        () -> "they are accepted");
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
