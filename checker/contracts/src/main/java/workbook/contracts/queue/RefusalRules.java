package workbook.contracts.queue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import workbook.checker.Rule;
import workbook.checker.Trial;

/** The rules of answers that are no job: what is refused, and how. */
abstract class RefusalRules extends JobLifeRules {

  /** For the subclass in this package. */
  RefusalRules() {}

  /** Nothing is no image. */
  @Rule(
      number = "2.39",
      says = "A POST with an empty body MUST be answered 400 and MUST NOT become a job.",
      check = "a body of length 0, which is there with and without Content-Length",
      lookAt = "handle")
  void emptyBody(Trial trial) throws IOException {
    trial.setUp("no body: with Content-Length: 0, without Content-Length, and chunked");
    var bench = bench(trial, _ -> RESULT);
    bench.expectProblem("a POST with Content-Length: 0", bench.post(new byte[0]), 400);
    for (var header : List.of("Accept: */*", "Transfer-Encoding: chunked")) {
      try (var connection = bench.wire.connect()) {
        connection.send("POST", "/jobs", "Content-Type: image/png", header);
        if (header.endsWith("chunked")) {
          connection.writeChunk(new byte[0]);
        }
        bench.expectProblem("a POST without a body", connection.answer(), 400);
      }
    }
    bench.expectItems("an empty body is no job", 0);
  }

  /** Who announces too much is stopped at the door. */
  @Rule(
      number = "2.40",
      says =
          "A body that is announced as more than maxBytes MUST be answered 413 before it is read;"
              + " one of maxBytes MUST be taken.",
      check =
          "that Content-Length is looked at before the body is read; that it is a long: a body can"
              + " be longer than an int can say; more than, not at least, maxBytes",
      lookAt = "handle")
  void announcedTooLarge(Trial trial) throws IOException {
    trial.setUp(
        "maxBytes 1000; Content-Length 1000; then 1001 and 5000000000, and no body follows");
    var bench = bench(trial, _ -> RESULT);
    trial.expect("a body of 1000 bytes is answered 202", bench.post(new byte[LIMIT]).status(), 202);
    for (var length : List.of("1001", "5000000000")) {
      try (var connection = bench.wire.connect()) {
        var answer =
            connection
                .send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + length)
                .breakOff()
                .answer("Content-Length: " + length + " is answered 413 before the body is read");
        bench.expectProblem("Content-Length: " + length, answer, 413);
      }
    }
    bench.expectItems("no job but the first", 1);
  }

  /** Who does not announce it is counted. */
  @Rule(
      number = "2.41",
      says =
          "A body in chunks MUST be counted while it is read, and answered 413 as soon as it is"
              + " more than maxBytes.",
      check =
          "that no more than maxBytes and one are read before the answer: memory is what the limit"
              + " is for, so reading all and looking at the length is too late",
      lookAt = "handle")
  void chunkedTooLarge(Trial trial) throws IOException {
    trial.setUp(
        "maxBytes 1000; chunks of 1000 bytes in all; of 1001; then of 21,000, and no end follows");
    var bench = bench(trial, _ -> RESULT);
    String[] headers = {"Content-Type: image/png", "Transfer-Encoding: chunked"};
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers);
      connection.writeChunk(new byte[600]).writeChunk(new byte[400]).writeChunk(new byte[0]);
      trial.expect("1000 bytes in chunks are answered 202", connection.answer().status(), 202);
    }
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers);
      connection.writeChunk(new byte[LIMIT]).writeChunk(new byte[1]).writeChunk(new byte[0]);
      bench.expectProblem("a body in chunks of 1001 bytes", connection.answer(), 413);
    }
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers).writeChunk(new byte[LIMIT]);
      for (int i = 0; i < 20; i++) {
        connection.writeChunk(new byte[LIMIT]);
      }
      bench.expectProblem(
          "a body in chunks of more than 1000 bytes",
          connection.breakOff().answer("more than 1000 bytes are answered 413 before their end"),
          413);
    }
    bench.expectItems("no job but the first", 1);
  }

  /** Images of two types are taken. */
  @Rule(
      number = "2.42",
      says =
          "A POST of image/png or image/jpeg, with or without parameters and in any case, MUST be"
              + " taken; of any other or no type answered 415.",
      check =
          "no content type at all; parameters after a semicolon; upper and lower case; equals, not"
              + " contains",
      lookAt = "handle")
  void contentType(Trial trial) throws IOException {
    trial.setUp("the same bytes with content types that are taken, and with others");
    var bench = bench(trial, _ -> RESULT);
    var taken = List.of("image/png", "image/jpeg", "IMAGE/Png", "image/jpeg; q=1", "image/png;a=b");
    for (var type : taken) {
      trial.expect(
          "Content-Type: " + type + " is answered 202",
          bench.wire.send("POST", "/jobs", type, IMAGE).status(),
          202);
    }
    var others =
        List.of(
            "application/x-www-form-urlencoded", "text/plain; a=image/png", "image/pngx", "image/");
    for (var type : others) {
      bench.expectProblem(
          "Content-Type: " + type, bench.wire.send("POST", "/jobs", type, IMAGE), 415);
    }
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", "Content-Length: " + IMAGE.length).write(IMAGE);
      bench.expectProblem("a POST without Content-Type", connection.answer(), 415);
    }
    bench.expectItems("no job but those that were taken", taken.size());
  }

  /** What is not there is not there. */
  @Rule(
      number = "2.43",
      says =
          "An unknown id or path MUST be answered 404, also one that only begins like a known one.",
      check =
          "that the server hands over every path that begins with /jobs, so that the handler must"
              + " look at the whole of it; ids that were never given; what follows an id; that the"
              + " jobs are a field of the handler, not a static one",
      lookAt = "handle")
  void unknown(Trial trial) throws IOException {
    trial.setUp("one job that has succeeded; GET on paths that look like its own");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    var id = job.substring("/jobs/".length());
    var paths =
        List.of(
            "/jobsfoo",
            "/jobs/none",
            "/jobs/none/result",
            "/jobs" + id,
            job + "x",
            job + "/other",
            job + "/result/x",
            "/jobsfoo/" + id,
            "/jobs/..%2f..%2fetc%2fpasswd");
    for (var path : paths) {
      bench.expectProblem(bench.get(path), 404);
    }
    var post = bench.wire.send("POST", "/jobsfoo", "image/png", IMAGE);
    bench.expectProblem(post, post.status() == 405 ? 405 : 404);
    bench.expectItems("no job but the first", 1);
    var fresh = bench(trial, _ -> RESULT);
    fresh.expectProblem("GET on a job of another handler", fresh.get(job), 404);
  }

  /** A method that is not allowed is told which one is. */
  @Rule(
      number = "2.44",
      says =
          "Another method MUST be answered 405 with Allow: POST for /jobs, GET for a job or"
              + " result.",
      check =
          "that the method is looked at for each of the three paths; the Allow header, which a 405"
              + " must have",
      lookAt = "handle")
  void otherMethods(Trial trial) throws IOException {
    trial.setUp(
        "a job that has succeeded; GET, PUT, DELETE on /jobs; POST, PUT, DELETE on the job and its"
            + " result");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    for (var path : List.of("/jobs", job, job + "/result")) {
      var right = path.equals("/jobs") ? "POST" : "GET";
      for (var wrong : List.of(right.equals("POST") ? "GET" : "POST", "PUT", "DELETE")) {
        var answer = bench.wire.send(wrong, path, "image/png", IMAGE);
        bench.expectProblem(answer, 405);
        var allow = answer.header("allow").orElse("none");
        var methods = Arrays.stream(allow.split(",")).map(String::strip).toList();
        trial.expectThat(
            "an Allow header with " + right + " and without " + wrong,
            methods.contains(right) && !methods.contains(wrong),
            "Allow: " + allow);
      }
    }
    bench.expectItems("no job but the first", 1);
  }

  /** An answer without a body says so, and the connection lives on. */
  @Rule(
      number = "2.45",
      says = "A 202 MUST have no body, not in chunks either; its connection MUST be usable again.",
      check =
          "the length handed to sendResponseHeaders: -1 is no body, 0 is chunks of unknown length;"
              + " that the exchange is closed on every path; no Connection: close",
      lookAt = "handle")
  void emptyAnswer(Trial trial) throws IOException {
    trial.setUp("two POSTs and a GET on one connection");
    var bench = bench(trial, _ -> RESULT);
    try (var connection = bench.wire.connect()) {
      for (var post : List.of("first", "second")) {
        var answer =
            connection
                .send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + IMAGE.length)
                .write(IMAGE)
                .answer("the " + post + " POST on a connection is answered");
        var job = bench.location(answer);
        trial.expect(
            "the 202 is not sent in chunks",
            answer.header("transfer-encoding").map("Transfer-Encoding: "::concat).orElse("none"),
            "none");
        trial.expect("the 202 has a body of 0 bytes", answer.body().length, 0);
        bench.wire.expectClosed();
        var got = connection.send("GET", job).answer("a GET on the same connection is answered");
        trial.expect("a GET on the same connection is answered 200", got.status(), 200);
        bench.wire.expectClosed();
      }
    }
  }

  /** A refusal is an answer like any other. */
  @Rule(
      number = "2.46",
      says =
          "After a request that was refused without reading its body, the connection MUST be usable"
              + " again.",
      check =
          "that the exchange is closed on every path, by try-with-resources or finally: closing is"
              + " what reads the rest of the request",
      lookAt = "handle")
  void connectionAfterARefusal(Trial trial) throws IOException {
    trial.setUp(
        "one connection; four requests with 20 KB and more that are refused, then a good one");
    var bench = bench(trial, _ -> RESULT, 20_000);
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
              .send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + IMAGE.length)
              .write(IMAGE)
              .answer("a good request on the same connection is answered");
      trial.expect("a good request is answered 202", answer.status(), 202);
    }
  }
}
