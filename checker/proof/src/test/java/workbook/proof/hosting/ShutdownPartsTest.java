package workbook.proof.hosting;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import workbook.hosting.CancellationToken;
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

  /** What has ended is not named, though it ended after the deadline. */
  @Test
  void theWorkerNamesNoJobThatHasEnded() throws Exception {
    var gate = new CountDownLatch(1);
    var begun = new CountDownLatch(1);
    var worker = new JobWorker("worker");
    worker.start();
    worker.submit(
        "one",
        _ -> {
          begun.countDown();
          gate.await();
        });
    worker.submit("two", _ -> {});
    begun.await();
    assertThatThrownBy(() -> worker.stop(Deadline.after(Duration.ofSeconds(10), tooLate(gate))))
        .isInstanceOf(TimeoutException.class)
        .hasMessageContaining("two (not begun)")
        .message()
        .doesNotContain("one (");
  }

  /** A time in which a wait lasts until the gate is open and the thread ends, and is then over. */
  private static TimeSource tooLate(CountDownLatch gate) {
    return new TimeSource() {
      private volatile long now;

      @Override
      public Instant now() {
        return TIME.now();
      }

      @Override
      public long nanoTime() {
        return now;
      }

      @Override
      public boolean sleep(Duration time, CancellationToken wake) {
        throw new AssertionError("nobody sleeps here");
      }

      @Override
      public boolean join(Thread thread, Duration limit) throws InterruptedException {
        now = limit.toNanos();
        gate.countDown();
        thread.join();
        return false;
      }
    };
  }

  /** The JDK's server would wait for them; how far it is with each is up to chance. */
  @Test
  void whatIsNoRequestHoldsUpNoStop() throws Exception {
    var localhost = InetAddress.getLoopbackAddress();
    for (int n = 1; n <= 20; n++) {
      var http = new HttpEndpoint("http", 0, "/", any -> any.sendResponseHeaders(204, -1));
      http.start();
      try (var idle = new Socket(localhost, http.port());
          var half = new Socket(localhost, http.port());
          var client = HttpClient.newHttpClient()) {
        half.getOutputStream().write("POST / HTT".getBytes(US_ASCII));
        assertThat(status(client, http, "GET", "/")).isEqualTo(204);
        new Socket(localhost, http.port()).close();
        http.stop(in(60_000));
        assertThat(idle.getInputStream().read()).isEqualTo(-1);
        http.stop(in(60_000));
      }
    }
  }

  @Test
  void aRequestInFlightIsAnsweredWhileOthersAreHalf() throws Exception {
    var arrived = new CountDownLatch(1);
    var gate = new CountDownLatch(1);
    var http =
        new HttpEndpoint(
            "http",
            0,
            "/",
            exchange -> {
              arrived.countDown();
              pass(gate);
              exchange.sendResponseHeaders(204, -1);
            });
    http.start();
    try (var half = new Socket(InetAddress.getLoopbackAddress(), http.port());
        var client = HttpClient.newHttpClient()) {
      half.getOutputStream().write("POST / HTT".getBytes(US_ASCII));
      var uri = URI.create("http://localhost:" + http.port() + "/");
      var answer = client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
      arrived.await();
      var stop =
          new FutureTask<>(
              () -> {
                http.stop(in(60_000));
                return "stopped";
              });
      Thread.ofVirtual().start(stop);
      while (accepts(http.port())) {
        Thread.onSpinWait();
      }
      assertThat(stop.isDone()).isFalse();
      gate.countDown();
      assertThat(answer.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(204);
      assertThat(stop.get(60, TimeUnit.SECONDS)).isEqualTo("stopped");
    }
  }

  private static void pass(CountDownLatch gate) throws IOException {
    try {
      gate.await();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private static boolean accepts(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
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
    assumeTrue(sigintIsHeard(), "SIGINT is ignored here, as it is by what a shell has put aside");
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

  /** A signal that is ignored stays so in every process that is started from there. */
  private static boolean sigintIsHeard() throws Exception {
    return new ProcessBuilder("sh", "-c", "kill -INT $$; exit 0").start().waitFor() != 0;
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
