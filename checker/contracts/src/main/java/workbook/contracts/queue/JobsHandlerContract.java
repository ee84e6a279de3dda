package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.Mockito.mock;

import ch.qos.logback.classic.Level;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.Thumbnails;

/**
 * The rules of jobs over HTTP. The server and its sockets are real; the queue is a stand-in that
 * accepts or refuses as the rule needs it, and the rule is its worker.
 */
@Tag("step-3")
@Step(module = WorkbookModule.QUEUE, number = 3, type = "JobsHandler")
public abstract class JobsHandlerContract extends RefusalRules {

  /** A contract is stateless. */
  protected JobsHandlerContract() {}

  /** A slow client is slow alone. */
  @Rule(
      number = "2.47",
      says = "Requests MUST NOT wait for each other: not for one whose body is slow to come.",
      check =
          "synchronized or a lock around more than a look at the map; above all, while a body is"
              + " read",
      lookAt = "handle")
  void slowRequest(Trial trial) throws IOException {
    trial.setUp("a POST whose body has come half; meanwhile a GET, and a POST from another client");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    int begun = bench.wire.bodiesBegun();
    try (var slow = bench.wire.connect()) {
      slow.send("POST", "/jobs", "Content-Type: image/png", "Content-Length: " + SLOW);
      slow.write(new byte[SLOW / 2]);
      trial.note("POST /jobs, half of its body");
      trial.expectSoon(
          "the handler reads the body that comes slowly",
          () -> bench.wire.bodiesBegun() > begun,
          () -> "it has not begun to");
      trial.expect("meanwhile, a GET is answered 200", bench.get(job).status(), 200);
      trial.expect("meanwhile, a POST is answered 202", bench.post(IMAGE).status(), 202);
      trial.note("the other half");
      trial.expect(
          "the slow POST is answered 202", slow.write(new byte[SLOW / 2]).answer().status(), 202);
    }
    bench.expectItems("three jobs", 3);
  }

  /** Half an image is none. */
  @Rule(
      number = "2.48",
      says = "A body that breaks off MUST NOT become a job.",
      check = "catch blocks around the reading of the body: what was read so far is not the body",
      lookAt = "handle")
  void brokenOff(Trial trial) throws IOException {
    trial.setUp("Content-Length 800, 400 bytes, and the client is gone; the same in chunks");
    var bench = bench(trial, _ -> RESULT);
    for (var header : List.of("Content-Length: " + SLOW, "Transfer-Encoding: chunked")) {
      int begun = bench.wire.bodiesBegun();
      try (var connection = bench.wire.connect()) {
        connection.send("POST", "/jobs", "Content-Type: image/png", header);
        var half = new byte[SLOW / 2];
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

  /** Who does not know an id cannot find it out. */
  @Rule(
      number = "2.49",
      says = "Ids MUST NOT be guessable: each is new and has 72 random bits or more.",
      check =
          "where ids come from: not from a counter, the clock, a hash of either, of the image, or a"
              + " Random; SecureRandom or UUID.randomUUID is what can be used",
      lookAt = "handle")
  void ids(Trial trial) throws IOException {
    trial.setUp("64 jobs with the same image, and 8 more at a second, fresh handler");
    var ids = ids(bench(trial, _ -> RESULT), 64);
    var example = "for example " + String.join(", ", ids.subList(0, 3));
    int different = new HashSet<>(ids).size();
    trial.expectThat(
        "64 jobs have 64 different ids", different == 64, "only " + different + ", " + example);
    var repeated = ids(bench(trial, _ -> RESULT), 8).stream().filter(ids::contains).findFirst();
    trial.expectThat(
        "a second handler gives other ids than the first",
        repeated.isEmpty(),
        "both gave " + repeated.orElse("") + ": what repeats at each start can be foretold");
    double bits = randomBits(ids);
    trial.expectThat(
        "72 bits or more that differ from id to id", bits >= 72, "fewer than 72 bits, " + example);
  }

  private static List<String> ids(HandlerBench bench, int howMany) {
    bench.wire.quietly();
    bench.trial.note(howMany + " times POST /jobs");
    return IntStream.range(0, howMany)
        .mapToObj(_ -> bench.job(IMAGE).substring("/jobs/".length()))
        .toList();
  }

  /** A log line is the application's own. */
  @Rule(
      number = "2.50",
      says = "Nothing from a request MUST get into the log or an item's name unescaped.",
      check =
          "what of a request is logged: a path or a header can hold line breaks and more once it is"
              + " decoded, a file's name and the image as well. The id that you made is enough",
      lookAt = "handle")
  void log(Trial trial) throws IOException {
    trial.setUp(
        "line breaks and escape sequences in paths (as %0d%0a), in headers, and in the body");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    var encoded = "%0d%0a2030-01-01%20ERROR%20forged%1b%5b2K";
    var paths =
        List.of(
            "/jobs/" + encoded,
            "/jobs" + encoded,
            job + encoded,
            job + "/" + encoded,
            job + "?" + encoded);
    for (var path : paths) {
      bench.get(path);
      bench.wire.send("PUT", path);
      expectCleanLog(trial);
    }
    var forged = "image\r\n2030-01-01 ERROR forged\u001b[2K".getBytes(UTF_8);
    for (var type : List.of("text/\u001b[2Kforged", "image/png; name=\u001b[2Kforged")) {
      try (var connection = bench.wire.connect()) {
        connection
            .send(
                "POST",
                "/jobs?" + encoded,
                "Content-Type: " + type,
                "User-Agent: a\u001b[2Kforged",
                "X-Request-Id: a\u001b[2Kforged",
                "X-File-Name: a\u001b[2Kforged",
                "Content-Disposition: attachment; filename=a\u001b[2Kforged",
                "Content-Length: " + forged.length)
            .write(forged)
            .answer();
      }
      bench.wire.expectIdle();
      expectCleanLog(trial);
    }
    for (var item : bench.items()) {
      trial.expectThat(
          "no item's name with a line break or another control character",
          item.name().chars().noneMatch(Character::isISOControl),
          "an item is named: " + Wire.escaped(item.name()));
    }
  }

  private static void expectCleanLog(Trial trial) {
    for (var message : trial.log().at(Level.TRACE)) {
      trial.expectThat(
          "no log message with a line break or another control character",
          message.chars().noneMatch(Character::isISOControl),
          "logged: " + Wire.escaped(message));
    }
  }

  /** A problem is a document, whatever was asked for. */
  @Rule(
      number = "2.51",
      says =
          "A problem MUST be valid JSON whatever the request holds, and MUST NOT repeat its"
              + " markup.",
      check =
          "JSON that is put together by hand; a detail that repeats the path: use a text of your"
              + " own, and Replies to escape it",
      lookAt = "handle")
  void problemsAreWellFormed(Trial trial) throws IOException {
    trial.setUp("quotes, backslashes, markup and letters of other scripts in paths and headers");
    var bench = bench(trial, _ -> RESULT);
    var job = bench.job(IMAGE);
    bench.workToTheEnd(0);
    var odd = "%22%7d%5c%3Cscript%3Ealert(1)%3C/script%3E%0a%c3%a4%e2%82%ac";
    for (var path : List.of("/jobs/" + odd, "/jobs" + odd, job + odd, job + "/" + odd)) {
      expectNoMarkup(trial, bench.expectProblem(bench.get(path), 404));
    }
    var type = "text/\"}\\<script>alert(1)</script>";
    expectNoMarkup(trial, bench.expectProblem(bench.wire.send("POST", "/jobs", type, IMAGE), 415));
    expectNoMarkup(trial, bench.expectProblem(bench.wire.send("<SCRIPT>", "/jobs"), 405));
  }

  private static void expectNoMarkup(Trial trial, Answer problem) {
    trial.expectThat(
        "no markup from the request in the answer",
        !problem.text().toLowerCase(Locale.ROOT).contains("<script"),
        "the body is " + Wire.escaped(problem.text()));
  }

  /** A real image makes a real thumbnail. */
  @Rule(
      number = "2.52",
      says = "A real image MUST become a real thumbnail, from the upload to the download.",
      check = "look at the rules above first: this one only puts them together",
      lookAt = "handle")
  void thumbnail(Trial trial) throws IOException {
    trial.setUp("a PNG of 120 x 60 pixels; thumbnails of 40 pixels; then bytes that are no image");
    var picture = new BufferedImage(120, 60, BufferedImage.TYPE_INT_RGB);
    IntStream.range(0, 120)
        .forEach(
            x -> IntStream.range(0, 60).forEach(y -> picture.setRGB(x, y, Color.ORANGE.getRGB())));
    var png = new ByteArrayOutputStream();
    ImageIO.write(picture, "png", png);
    var bench = bench(trial, new Thumbnails(40), 1_000_000);
    var job = bench.job(png.toByteArray());
    bench.workToTheEnd(0);
    bench.expectStatus("when the worker has ended", job, "succeeded");
    var answer = bench.get(job + "/result");
    var thumbnail = ImageIO.read(new ByteArrayInputStream(answer.body()));
    trial.expectThat(
        "the result is an image", thumbnail != null, answer.status() + " and no image");
    trial.expect(
        "a thumbnail of 40 x 20 pixels",
        thumbnail.getWidth() + " x " + thumbnail.getHeight(),
        "40 x 20");
    var bad = bench.job("GIF89a or so".getBytes(UTF_8));
    var worker = bench.work(1);
    trial.expectSoon("the second item ends", worker::isDone, () -> "it runs");
    bench.expectStatus("after bytes that are no image", bad, "failed");
  }

  /** Bad arguments are refused where they are handed in. */
  @Rule(
      number = "2.53",
      says = "A queue or transform that is null, and a maxBytes below 1, MUST be refused.",
      check = "the constructor: Objects.requireNonNull with the argument's name, Arguments.atLeast",
      lookAt = "<init>")
  void arguments(Trial trial) {
    BackgroundTaskQueue queue = mock(BackgroundTaskQueue.class);
    ImageTransform transform = image -> image;
    trial.subject(create(queue, transform, 1));
    trial.expectRefused("a queue of null", () -> create(Trial.noValue(), transform, 1));
    trial.expectRefused("a transform of null", () -> create(queue, Trial.noValue(), 1));
    for (int maxBytes : List.of(0, -7)) {
      trial.expectThrow(
          "maxBytes " + maxBytes + " is refused",
          () -> create(queue, transform, maxBytes),
          RuntimeException.class);
    }
  }

  /**
   * What ids can have of randomness at the very most: at each place, no more than the characters
   * that were seen there tell apart.
   */
  private static double randomBits(List<String> ids) {
    int longest = ids.stream().mapToInt(String::length).max().orElse(0);
    return IntStream.range(0, longest)
        .mapToLong(
            at ->
                ids.stream()
                    .filter(id -> id.length() > at)
                    .map(id -> id.charAt(at))
                    .distinct()
                    .count())
        .mapToDouble(seen -> Math.log(seen) / Math.log(2))
        .sum();
  }
}
