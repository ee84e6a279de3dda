package workbook.contracts.health;

import static workbook.contracts.health.HealthBench.LIVE;
import static workbook.contracts.health.HealthBench.READY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import workbook.checker.Trial;
import workbook.checker.http.Wire;

/** Requests of every kind, and the connection that they come on. */
final class HealthRequests {

  private HealthRequests() {}

  static void unknown(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("paths that begin like known ones; POST, PUT and DELETE on the known ones");
    var bench = contract.bench(trial).started();
    var paths =
        List.of(
            "/healthy",
            "/health/",
            "/health/other",
            "/health/live/",
            "/health/live/x",
            "/health/liveness",
            "/health/Live");
    for (var path : paths) {
      bench.answers.expectProblem(bench.get(path), 404);
    }
    for (var path : List.of("/health", LIVE, READY)) {
      for (var method : List.of("POST", "PUT", "DELETE")) {
        var answer = bench.wire.send(method, path, "text/plain", new byte[] {1});
        bench.answers.expectProblem(answer, 405);
        bench.answers.expectAllow(answer, "GET", method);
      }
    }
    bench.expectAsked("for none of these", 0, 0);
  }

  // A client that polls keeps its connection.
  static void connection(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("six requests on one connection: live, ready, 503, the page, 404, 405");
    var bench = contract.bench(trial).started();
    record Request(String method, String path, int status) {}
    var requests =
        List.of(
            new Request("GET", LIVE, 200),
            new Request("GET", READY, 503),
            new Request("GET", "/health", 200),
            new Request("GET", "/healthy", 404),
            new Request("DELETE", LIVE, 405),
            new Request("GET", LIVE, 200));
    bench.ready.report = HealthBench.report(UNHEALTHY);
    try (var connection = bench.wire.connect()) {
      for (var request : requests) {
        var answer =
            connection
                .send(request.method(), request.path())
                .answer("a request on a connection that was used before is answered");
        trial.expect(
            answer.request() + " is answered " + request.status(),
            answer.status(),
            request.status());
        trial.expectThat(
            answer.request() + " has a Content-Length",
            answer.header("content-length").isPresent(),
            "Transfer-Encoding: " + answer.header("transfer-encoding").orElse("none"));
        bench.wire.expectClosed();
      }
    }
  }

  static void sideBySide(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("ready hangs; meanwhile requests for live, for ready again, and for the page");
    var bench = contract.bench(trial).started();
    var gate = trial.gate();
    bench.ready.holdAt(gate);
    try (var slow = bench.wire.connect();
        var other = bench.wire.connect()) {
      slow.send("GET", READY);
      trial.note("GET /health/ready, no answer yet");
      bench.expectReached("GET /health/ready asks its reporter", bench.ready, 1);
      trial.expect("meanwhile, live is answered 200", bench.get(LIVE).status(), 200);
      trial.expect("meanwhile, the page is answered 200", bench.get("/health").status(), 200);
      other.send("GET", READY);
      bench.expectReached("a second GET /health/ready asks it as well", bench.ready, 2);
      trial.note("the report is complete");
      gate.open();
      trial.expect("the slow request is answered 200", slow.answer().status(), 200);
      trial.expect("the other one is answered 200", other.answer().status(), 200);
    }
  }

  static void interrupted(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("reporters that throw InterruptedException, as when their thread is interrupted");
    for (var path : List.of(LIVE, READY)) {
      var lost = new AtomicReference<>("");
      var bench = contract.bench(trial).started();
      bench.live.interrupted = true;
      bench.ready.interrupted = true;
      var wire =
          new Wire(trial, "/health", exchange -> lost.set(bench.handleInterrupted(exchange)));
      var answer = wire.send("GET", path);
      trial.expect(path + " is answered 503", answer.status(), 503);
      trial.expectThat(
          "nothing that the exception says is in the answer",
          !(answer.headers() + answer.text()).matches("(?s).*(hunter2|db-7).*"),
          Wire.escaped(answer.text()));
      wire.expectIdle();
      trial.expectThat(
          "handle sets the interrupt flag or throws InterruptedIOException",
          lost.get().isEmpty(),
          lost.get());
    }
    notInterrupted(trial, contract);
  }

  /** The flag would meet whatever the thread does next, another request as like as not. */
  private static void notInterrupted(Trial trial, HealthHandlerContract contract)
      throws IOException {
    trial.setUp("requests that nobody interrupts");
    trial.lookAt("interrupt", "handle");
    var bench = contract.bench(trial).started();
    var set = new AtomicBoolean();
    var wire =
        new Wire(
            trial,
            "/health",
            exchange -> {
              bench.endpoint.handle(exchange);
              set.set(Thread.interrupted());
            });
    for (var path : List.of(LIVE, READY, "/health/other")) {
      wire.send("GET", path);
      wire.expectIdle();
      trial.expectThat(
          "%s leaves the interrupt flag clear".formatted(path), !set.get(), "it is set");
    }
  }
}
