package workbook.proof.hosting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import workbook.hosting.Deadline;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.HostProcess;
import workbook.shutdown.HttpEndpoint;
import workbook.shutdown.JobRequests;
import workbook.shutdown.JobWorker;
import workbook.shutdown.StopSignal;

/** The given parts of module 04. */
class ShutdownPartsTest {

  private static final TimeSource TIME = TimeSource.system();

  private static Deadline in(long millis) {
    return Deadline.after(Duration.ofMillis(millis), TIME);
  }

  @Test
  void theWorkerDrains() throws Exception {
    var worker = new JobWorker("worker");
    var done = new CopyOnWriteArrayList<String>();
    var begun = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    worker.start();
    worker.submit(
        "one",
        _ -> {
          begun.countDown();
          gate.await();
          done.add("one");
        });
    worker.submit(
        "failing",
        _ -> {
          throw new IOException("disk full");
        });
    worker.submit("two", _ -> done.add("two"));
    begun.await();
    var refused = Thread.ofVirtual().unstarted(() -> gateAfterRefusal(worker, gate));
    refused.start();
    worker.stop(in(20_000));
    assertThat(done).containsExactly("one", "two");
    assertThat(worker.submit("late", _ -> {})).isFalse();
  }

  private static void gateAfterRefusal(JobWorker worker, CountDownLatch gate) {
    while (worker.submit("asking", _ -> {})) {
      Thread.onSpinWait();
    }
    gate.countDown();
  }

  @Test
  void theWorkerNamesWhatIsNotDone() throws Exception {
    var worker = new JobWorker("worker");
    var begun = new CountDownLatch(1);
    worker.start();
    worker.submit(
        "one",
        _ -> {
          begun.countDown();
          new CountDownLatch(1).await();
        });
    worker.submit("two", _ -> {});
    begun.await();
    assertThatThrownBy(() -> worker.stop(in(0)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("worker", "one (interrupted)", "two (not begun)");
    worker.completion().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void jobsByHttp() throws Exception {
    var worker = new JobWorker("worker");
    var http = new HttpEndpoint("http", 0, "/jobs", new JobRequests(worker, TIME));
    worker.start();
    http.start();
    try (var client = HttpClient.newHttpClient()) {
      assertThat(status(client, http, "POST", "/jobs/0")).isEqualTo(202);
      assertThat(status(client, http, "GET", "/jobs/0")).isEqualTo(405);
      assertThat(status(client, http, "POST", "/jobs/soon")).isEqualTo(404);
      worker.stop(in(20_000));
      assertThat(status(client, http, "POST", "/jobs/0")).isEqualTo(503);
    }
    assertThatThrownBy(
            () ->
                new HttpEndpoint("other", http.port(), "/jobs", new JobRequests(worker, TIME))
                    .start())
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll(String.valueOf(http.port()), "give another");
    http.stop(in(20_000));
  }

  private static int status(HttpClient client, HttpEndpoint http, String method, String path)
      throws Exception {
    var uri = URI.create("http://localhost:" + http.port() + path);
    var request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void theEndpointCountsWhatItLeavesUnanswered() throws Exception {
    var arrived = new CountDownLatch(1);
    var http =
        new HttpEndpoint(
            "http",
            0,
            "/",
            _ -> {
              arrived.countDown();
              try {
                new CountDownLatch(1).await();
              } catch (InterruptedException e) {
                throw new IOException("interrupted", e);
              }
            });
    http.start();
    var client = HttpClient.newHttpClient();
    var uri = URI.create("http://localhost:" + http.port() + "/");
    client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
    arrived.await();
    assertThatThrownBy(() -> http.stop(in(0)))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContainingAll("http", "1 requests in flight");
    client.shutdownNow();
  }

  @Test
  void options() {
    assertThatThrownBy(() -> new HostOptions(Duration.ZERO, CrashPolicy.IGNORE))
        .hasMessageContainingAll("stopWithin", "PT0S");
    assertThat(StopSignal.SIGINT.exitCode()).isEqualTo(130);
    assertThat(StopSignal.SIGTERM.exitCode()).isEqualTo(143);
  }

  /** The rules send SIGTERM only; Ctrl-C is the other one. */
  @Test
  @EnabledOnOs(
      value = {OS.LINUX, OS.MAC},
      disabledReason = "SIGINT is sent with kill")
  void hearsSigint() throws Exception {
    var command =
        List.of(
            System.getProperty("java.home") + "/bin/java",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            ShutdownPartsTest.class.getName());
    var child = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var out = child.inputReader()) {
      assertThat(out.readLine()).isEqualTo("listening");
      new ProcessBuilder("kill", "-INT", String.valueOf(child.pid())).start().waitFor();
      assertThat(out.readLine()).isEqualTo("SIGINT");
      new ProcessBuilder("kill", "-TERM", String.valueOf(child.pid())).start().waitFor();
      assertThat(out.readLine()).isEqualTo("SIGTERM");
      assertThat(child.waitFor(20, TimeUnit.SECONDS)).isTrue();
      assertThat(child.exitValue()).isEqualTo(StopSignal.SIGTERM.exitCode());
    } finally {
      child.destroyForcibly();
    }
  }

  /** The other end of {@link #hearsSigint}. */
  static void main() throws InterruptedException {
    HostProcess.own()
        .onStopSignal(
            signal -> {
              System.out.println(signal);
              if (signal == StopSignal.SIGTERM) {
                HostProcess.own().halt(signal.exitCode());
              }
            });
    System.out.println("listening");
    new CountDownLatch(1).await();
  }
}
