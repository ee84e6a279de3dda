package workbook.contracts.queue;

import java.io.IOException;
import java.util.List;
import workbook.checker.Trial;

/** What requests and answers do to their connection and to other requests. */
final class Connections {

  private Connections() {}

  static void emptyAnswer(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("two POSTs and a GET on one connection");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    try (var connection = bench.wire.connect()) {
      for (var post : List.of("first", "second")) {
        var answer =
            connection
                .send(
                    "POST",
                    "/jobs",
                    "Content-Type: image/png",
                    "Content-Length: " + HandlerBench.IMAGE.length)
                .write(HandlerBench.IMAGE)
                .answer("the " + post + " POST on a connection is answered");
        var job = bench.location(answer);
        trial.lookAt("202", "handle");
        trial.expect(
            "the 202 is not sent in chunks",
            answer.header("transfer-encoding").map("Transfer-Encoding: "::concat).orElse("none"),
            "none");
        trial.expect("the 202 has a body of 0 bytes", answer.body().length, 0);
        trial.lookAt();
        bench.wire.expectClosed();
        var got = connection.send("GET", job).answer("a GET on the same connection is answered");
        trial.expect("a GET on the same connection is answered 200", got.status(), 200);
        bench.wire.expectClosed();
      }
    }
  }

  static void afterARefusal(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "one connection; four requests with 20 KB and more that are refused, then a good one");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT, 20_000);
    record Refused(String method, String path, String type, int length, int status) {}
    var refused =
        List.of(
            new Refused("POST", "/jobs", "text/plain", 20_000, 415),
            new Refused("POST", "/jobs", "image/png", 30_000, 413),
            new Refused("PUT", "/jobs", "image/png", 20_000, 405),
            new Refused("GET", "/jobs/none", "image/png", 20_000, 404));
    try (var connection = bench.wire.connect()) {
      for (var request : refused) {
        var type = "Content-Type: " + request.type();
        var answer =
            connection
                .send(request.method(), request.path(), type, "Content-Length: " + request.length())
                .write(new byte[request.length()])
                .answer("a request on a connection that was used before is answered");
        trial.expect(
            "the request is answered " + request.status(), answer.status(), request.status());
        bench.wire.expectClosed();
      }
      var answer =
          connection
              .send(
                  "POST",
                  "/jobs",
                  "Content-Type: image/png",
                  "Content-Length: " + HandlerBench.IMAGE.length)
              .write(HandlerBench.IMAGE)
              .answer("a good request on the same connection is answered");
      trial.expect("a good request is answered 202", answer.status(), 202);
    }
  }

  static void brokenOff(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("Content-Length 800, 400 bytes, and the client is gone; the same in chunks");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    for (var header :
        List.of("Content-Length: " + HandlerBench.SLOW, "Transfer-Encoding: chunked")) {
      int begun = bench.wire.bodiesBegun();
      try (var connection = bench.wire.connect()) {
        connection.send("POST", "/jobs", "Content-Type: image/png", header);
        var half = new byte[HandlerBench.SLOW / 2];
        var _ = header.endsWith("chunked") ? connection.writeChunk(half) : connection.write(half);
        trial.note("POST /jobs, half of its body, " + header);
        connection.breakOff();
        trial.expectSoon(
            "the handler reads the body",
            () -> bench.wire.bodiesBegun() > begun,
            () -> "it has not begun to");
        bench.wire.expectIdle();
      }
    }
    bench.expectItems("half a body is no job", 0);
  }
}
