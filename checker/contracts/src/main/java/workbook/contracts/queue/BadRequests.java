package workbook.contracts.queue;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import workbook.checker.Trial;

/** Requests that are refused, and how. */
final class BadRequests {

  private static final int MOST_READ = 100_000;

  private BadRequests() {}

  static void emptyBody(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("no body: with Content-Length: 0, without Content-Length, and chunked");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
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
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
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
        "maxBytes 1000; chunks of 1000 bytes in all; of 1001; of 21,000, and no end follows; then"
            + " bodies without end that are refused for other reasons");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
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
    for (var refused :
        List.of(
            new Refused("POST", "/jobs", "image/png", 413),
            new Refused("POST", "/jobs", "text/plain", 415),
            new Refused("PUT", "/jobs", "image/png", 405),
            new Refused("POST", "/jobsfoo", "image/png", 404))) {
      expectNoReadingOn(trial, bench, refused);
    }
  }

  private record Refused(String method, String path, String type, int status) {}

  // The server itself reads up to 64 KB of what is left when an exchange is closed; then it closes
  // the connection. What the handler reads is counted apart from that.
  private static void expectNoReadingOn(Trial trial, HandlerBench bench, Refused refused) {
    long before = bench.wire.bytesRead();
    try (var connection = bench.wire.connect()) {
      connection.send(
          refused.method,
          refused.path,
          "Content-Type: " + refused.type,
          "Transfer-Encoding: chunked");
      int status = connection.writeChunk(new byte[HandlerBench.LIMIT + 1]).answer().status();
      // Where two things are wrong, either may be told.
      boolean other = status == (refused.status == 415 ? 413 : refused.status == 404 ? 405 : 0);
      trial.expectThat(
          "the request is answered " + refused.status,
          status == refused.status || other,
          "" + status);
      for (int sent = 0; sent < 3 * MOST_READ && bench.wire.handling() > 0; sent += 10_000) {
        connection.writeChunk(new byte[10_000]);
      }
      trial.expectSoon(
          "the handler comes to an end once it has answered",
          () -> bench.wire.handling() == 0 || bench.wire.bytesRead() - before > MOST_READ,
          () -> "it goes on");
    }
    trial.expectThat(
        "of a body that is refused with "
            + refused.status
            + ", the handler reads maxBytes and a buffer more at most, here "
            + MOST_READ
            + " bytes",
        bench.wire.bytesRead() - before <= MOST_READ,
        "it reads on and on");
  }

  static void contentType(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("the same bytes with content types that are taken, and with others");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    var taken =
        List.of(
            "image/png",
            "image/jpeg",
            "IMAGE/Png",
            "Image/JPEG ;Q=1",
            "image/jpeg; q=1",
            "image/png;a=b;c=\"d;e\"",
            "image/png  ; name=a.png",
            "image/png\t;a=b",
            "image/png;");
    for (var type : taken) {
      trial.expect(
          "Content-Type: " + type + " is answered 202",
          bench.wire.send("POST", "/jobs", type, HandlerBench.IMAGE).status(),
          202);
    }
    var others =
        List.of(
            "application/x-www-form-urlencoded",
            "application/octet-stream",
            "multipart/form-data; boundary=image/png",
            "text/plain; a=image/png",
            "text/plain;image/png",
            "image/pngx",
            "image/jpg",
            "image/jpe",
            "image/pjpeg",
            "image/x-png",
            "image/apng",
            "image/gif",
            "image/svg+xml",
            "image/png+xml",
            "image/png/x",
            "image/png, image/jpeg",
            "image/png image/jpeg",
            "image.png",
            "ximage/png",
            "my image/png",
            "image/*",
            "image/",
            "png",
            ";image/png",
            "*/*",
            "");
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
    var locale = Locale.getDefault();
    trial.afterwards(() -> Locale.setDefault(locale));
    Locale.setDefault(Locale.of("tr", "TR"));
    trial.expect(
        "IMAGE/PNG is answered 202 where the default locale is Turkish, whose lower case of I is no"
            + " i",
        bench.wire.send("POST", "/jobs", "IMAGE/PNG", HandlerBench.IMAGE).status(),
        202);
    bench.expectItems("no job but those that were taken", taken.size() + 1);
  }

  static void unknownPath(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("one job that has succeeded; GET and POST on paths that look like its own");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    var job = bench.job(HandlerBench.IMAGE);
    bench.workToTheEnd(0);
    var upper = "/jobs/" + inOtherCase(job.substring("/jobs/".length()));
    bench.expectProblem("GET on an id in other case", bench.get(upper), 404);
    for (var path : nearlyRight(job.substring("/jobs/".length()))) {
      bench.expectProblem(bench.get(path), 404);
    }
    for (var path : List.of("/jobsfoo", "/jobs/", "/jobs//", "/jobs/none", "/jobs%2f")) {
      var post = bench.wire.send("POST", path, "image/png", HandlerBench.IMAGE);
      bench.expectProblem(post, post.status() == 405 ? 405 : 404);
    }
    bench.expectItems("no job but the first", 1);
    for (var path : List.of(job, job + "/result")) {
      trial.expect("GET with a query is answered 200", bench.get(path + "?a=/x").status(), 200);
    }
    trial.expect(
        "POST with a query is answered 202",
        bench.wire.send("POST", "/jobs?a=/x", "image/png", HandlerBench.IMAGE).status(),
        202);
    var fresh = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    fresh.expectProblem("GET on a job of another handler", fresh.get(job), 404);
    fresh.wire.quietly();
    trial.note("POST until an id has a zero in front, or 64 times");
    for (int n = 0; n < 64; n++) {
      var other = fresh.job(HandlerBench.IMAGE);
      var shorter = other.replaceFirst("(/|-)0(?=[0-9a-f])", "$1");
      if (!shorter.equals(other)) {
        fresh.expectProblem("GET on an id without its zero", fresh.get(shorter), 404);
        return;
      }
    }
  }

  private static List<String> nearlyRight(String id) {
    var job = "/jobs/" + id;
    return List.of(
        "/jobsfoo",
        "/jobs/",
        "/jobs//",
        "/jobs/none",
        "/jobs/none/result",
        "/jobs/result",
        "/jobs" + id,
        "/jobs/" + id.substring(0, id.length() - 1),
        "/jobs/" + id.substring(0, id.length() / 2),
        "/jobs/" + id.substring(1),
        "/jobs/" + id.substring(0, id.length() - 1) + "/result",
        job + "x",
        job + ".png",
        job + ";a=b",
        job + "%20",
        job + "%00",
        job + "," + id,
        job + "/",
        job + "//",
        job + "/other",
        job + "/" + id,
        job + "/result/",
        job + "/result/x",
        job + "/result/result",
        job + "/x/result",
        job + "//result",
        job + "/results",
        job + "/result.png",
        job + "/xresult",
        job + "/RESULT",
        job + "result",
        job + "%2fresult",
        job + "%2Fresult",
        job + "/%2fresult",
        job + "%2f",
        "/jobs/x/" + id,
        "/jobs/jobs/" + id,
        "/jobs//" + id,
        "/jobs%2f" + id,
        "/jobs/x%2f" + id,
        "/jobsfoo/" + id,
        "/jobsfoo/jobs/" + id,
        "/jobs/..%2f..%2fetc%2fpasswd");
  }

  private static String inOtherCase(String id) {
    var upper = id.toUpperCase(Locale.ROOT);
    var other = upper.equals(id) ? id.toLowerCase(Locale.ROOT) : upper;
    return other.equals(id) ? id + "a" : other;
  }

  static void otherMethod(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "a job that has succeeded; every method but POST on /jobs, every one but GET on the job and"
            + " its result");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    var job = bench.job(HandlerBench.IMAGE);
    bench.workToTheEnd(0);
    for (var path : List.of("/jobs", job, job + "/result")) {
      var right = path.equals("/jobs") ? "POST" : "GET";
      var other = right.equals("POST") ? "GET" : "POST";
      for (var wrong : List.of(other, "PUT", "DELETE", "PATCH", "BREW")) {
        var answer = bench.wire.send(wrong, path, "image/png", HandlerBench.IMAGE);
        bench.expectProblem(answer, 405);
        bench.answers.expectAllow(answer, right, wrong);
      }
      int head = bench.wire.send("HEAD", path).status();
      trial.expectThat(
          "HEAD is answered 405, or as GET is",
          head == 405 || (head == 200 && right.equals("GET")),
          "" + head);
      var options = bench.wire.send("OPTIONS", path);
      trial.expectThat(
          "OPTIONS is answered 405, 200 or 204",
          List.of(405, 200, 204).contains(options.status()),
          "" + options.status());
      bench.answers.expectAllow(options, right, "PUT");
    }
    bench.expectItems("no job but the first", 1);
    bench.expectStatus("after all of these", job, "succeeded");
  }
}
