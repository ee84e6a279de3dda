package workbook.contracts.queue;

import java.io.IOException;
import java.util.List;
import workbook.checker.Trial;

/** Requests that are refused, and how. */
final class BadRequests {

  private BadRequests() {}

  static void emptyBody(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("no body: with Content-Length: 0, without Content-Length, and chunked");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
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

  static void announcedTooLarge(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "maxBytes 1000; Content-Length 1000; then 1001 and 5000000000, and no body follows");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
    trial.expect(
        "a body of 1000 bytes is answered 202",
        bench.post(new byte[HandlerBench.LIMIT]).status(),
        202);
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

  static void chunkedTooLarge(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "maxBytes 1000; chunks of 1000 bytes in all; of 1001; then of 21,000, and no end follows");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
    String[] headers = {"Content-Type: image/png", "Transfer-Encoding: chunked"};
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers);
      connection.writeChunk(new byte[600]).writeChunk(new byte[400]).writeChunk(new byte[0]);
      trial.expect("1000 bytes in chunks are answered 202", connection.answer().status(), 202);
    }
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers);
      connection
          .writeChunk(new byte[HandlerBench.LIMIT])
          .writeChunk(new byte[1])
          .writeChunk(new byte[0]);
      bench.expectProblem("a body in chunks of 1001 bytes", connection.answer(), 413);
    }
    try (var connection = bench.wire.connect()) {
      connection.send("POST", "/jobs", headers).writeChunk(new byte[HandlerBench.LIMIT]);
      for (int i = 0; i < 20; i++) {
        connection.writeChunk(new byte[HandlerBench.LIMIT]);
      }
      bench.expectProblem(
          "a body in chunks of more than 1000 bytes",
          connection.breakOff().answer("more than 1000 bytes are answered 413 before their end"),
          413);
    }
    bench.expectItems("no job but the first", 1);
  }

  static void contentType(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("the same bytes with content types that are taken, and with others");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
    var taken = List.of("image/png", "image/jpeg", "IMAGE/Png", "image/jpeg; q=1", "image/png;a=b");
    for (var type : taken) {
      trial.expect(
          "Content-Type: " + type + " is answered 202",
          bench.wire.send("POST", "/jobs", type, HandlerBench.IMAGE).status(),
          202);
    }
    var others =
        List.of(
            "application/x-www-form-urlencoded", "text/plain; a=image/png", "image/pngx", "image/");
    for (var type : others) {
      bench.expectProblem(
          "Content-Type: " + type, bench.wire.send("POST", "/jobs", type, HandlerBench.IMAGE), 415);
    }
    try (var connection = bench.wire.connect()) {
      connection
          .send("POST", "/jobs", "Content-Length: " + HandlerBench.IMAGE.length)
          .write(HandlerBench.IMAGE);
      bench.expectProblem("a POST without Content-Type", connection.answer(), 415);
    }
    bench.expectItems("no job but those that were taken", taken.size());
  }

  static void unknownPath(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("one job that has succeeded; GET on paths that look like its own");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
    var job = bench.job(HandlerBench.IMAGE);
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
    var post = bench.wire.send("POST", "/jobsfoo", "image/png", HandlerBench.IMAGE);
    bench.expectProblem(post, post.status() == 405 ? 405 : 404);
    bench.expectItems("no job but the first", 1);
    var fresh = contract.bench(trial, _ -> HandlerBench.RESULT);
    fresh.expectProblem("GET on a job of another handler", fresh.get(job), 404);
  }

  static void otherMethod(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "a job that has succeeded; GET, PUT, DELETE on /jobs; POST, PUT, DELETE on the job and its"
            + " result");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
    var job = bench.job(HandlerBench.IMAGE);
    bench.workToTheEnd(0);
    for (var path : List.of("/jobs", job, job + "/result")) {
      var right = path.equals("/jobs") ? "POST" : "GET";
      for (var wrong : List.of(right.equals("POST") ? "GET" : "POST", "PUT", "DELETE")) {
        var answer = bench.wire.send(wrong, path, "image/png", HandlerBench.IMAGE);
        bench.expectProblem(answer, 405);
        bench.answers.expectAllow(answer, right, wrong);
      }
    }
    bench.expectItems("no job but the first", 1);
  }
}
