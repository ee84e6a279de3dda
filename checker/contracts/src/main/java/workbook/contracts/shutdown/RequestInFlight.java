package workbook.contracts.shutdown;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.ReservedPort;
import workbook.checker.Trial;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.HttpEndpoint;
import workbook.shutdown.JobRequests;
import workbook.shutdown.JobWorker;

/** A host whose services are the HTTP endpoint and the worker that this module gives. */
final class RequestInFlight {

  private RequestInFlight() {}

  /**
   * What reverse order is for: no new request comes in, those in flight are answered, and the job
   * that the last of them brings is still done.
   */
  static void requestInFlight(Trial trial, HostContract page) throws Exception {
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
            page.create(
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
    trial.expectThat(
        "new connections are refused",
        comesAbout(() -> !Client.canConnect(port.number())),
        "they are accepted");
    trial.expectThat(
        "the host waits for the request in flight",
        !host.completion().toCompletableFuture().isDone(),
        "its completion says that it has ended");
    released.countDown();
    trial.expectThat("the client is answered", comesAbout(client::isDone), "it waits");
    trial.expect(
        "the status of the answer: 202", trial.expectReturn("the client is answered", client), 202);
    trial.expectThat(
        "the host ends",
        comesAbout(() -> host.completion().toCompletableFuture().isDone()),
        "its completion is open");
    trial.expect("done when the host ended: the job", List.copyOf(done), List.of("the job"));
  }

  /** What sockets are needed for takes longer than a signal between threads. */
  private static boolean comesAbout(BooleanSupplier condition) {
    return Limit.of(Patience.ANSWER).awaits(condition);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return Limit.of(Patience.ANSWER).awaits(latch);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
