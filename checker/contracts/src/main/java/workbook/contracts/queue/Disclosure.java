package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.when;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;

/** What ids, the log and answers give away. */
final class Disclosure {

  private static final String SECRET = "Zq7451Kx";

  /** The secret, and how a body that begins with it looks when it is printed. */
  private static final List<String> SECRETS =
      List.of(
          SECRET,
          HexFormat.of().formatHex(SECRET.getBytes(UTF_8)),
          Base64.getEncoder().encodeToString(SECRET.getBytes(UTF_8)).substring(0, 10),
          Arrays.toString(SECRET.getBytes(UTF_8)).substring(0, 20));

  private static final int LEAST_BITS = 72;

  // So many that nearly every character of an alphabet of 64 turns up at every place: what is
  // missed makes less than one bit of the 72.
  private static final int JOBS = 256;

  private Disclosure() {}

  // An id is the only key to a job: whoever can guess one can read it.
  static void ids(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(JOBS + " jobs with the same image, and 8 more at a second, fresh handler");
    var ids = ids(HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT), JOBS);
    var example = "for example " + String.join(", ", ids.subList(0, 3));
    int different = new HashSet<>(ids).size();
    trial.expectThat(
        JOBS + " jobs have " + JOBS + " different ids",
        different == JOBS,
        "only " + different + ", " + example);
    var repeated =
        ids(HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT), 8).stream()
            .filter(ids::contains)
            .findFirst();
    trial.expectThat(
        "a second handler gives other ids than the first",
        repeated.isEmpty(),
        "both gave " + repeated.orElse("") + ": whatever repeats at each start can be predicted");
    double bits = randomBits(ids);
    trial.expectThat(
        "72 bits or more that differ from id to id",
        bits > LEAST_BITS - 1,
        "fewer than 72 bits, " + example);
  }

  static void log(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "line breaks and escape sequences in paths (as %0d%0a), in headers, and in the body; the"
            + " word "
            + SECRET
            + " in headers and bodies; then a job that fails, and one that succeeds");
    var done = new AtomicInteger();
    var bench =
        HandlerBench.of(
            trial,
            contract,
            _ -> {
              if (done.incrementAndGet() == 2) {
                throw new IOException("no image");
              }
              return HandlerBench.RESULT;
            });
    var job = bench.job(HandlerBench.IMAGE);
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
    var forged = (SECRET + "\r\n2030-01-01 ERROR forged\u001b[2K").getBytes(UTF_8);
    for (var type :
        List.of("text/\u001b[2Kforged", "image/png; name=\u001b[2Kforged" + SECRET, "image/png")) {
      for (int length : List.of(forged.length, HandlerBench.LIMIT + 1)) {
        send(bench, "/jobs?" + encoded, type, Arrays.copyOf(forged, length));
        bench.wire.expectIdle();
        expectCleanLog(trial);
      }
    }
    trial.lookAt("WorkItem.of", "enqueue", "handle");
    for (var item : bench.items()) {
      trial.expectThat(
          "no line break or other control character in an item's name, and nothing of a header or"
              + " body",
          isClean(item.name()),
          "an item is named: " + Wire.escaped(item.name()));
    }
    trial.lookAt();
    for (int n = 1; n < bench.items().size(); n++) {
      var worker = bench.work(n);
      trial.expectSoon("the item ends", worker::isDone, () -> "it still runs");
      expectCleanLog(trial);
    }
  }

  private static void send(HandlerBench bench, String path, String type, byte[] body) {
    try (var connection = bench.wire.connect()) {
      connection
          .send(
              "POST",
              path,
              "Content-Type: " + type,
              "User-Agent: a\u001b[2Kforged" + SECRET,
              "X-Request-Id: a\u001b[2Kforged" + SECRET,
              "X-File-Name: a\u001b[2Kforged" + SECRET,
              "Content-Disposition: attachment; filename=a\u001b[2Kforged" + SECRET,
              "Authorization: Bearer " + SECRET,
              "Cookie: session=" + SECRET,
              "Content-Length: " + body.length)
          .write(body)
          .answer();
    }
  }

  static void answers(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "quotes, backslashes, markup and letters of other scripts in paths and headers; the word "
            + SECRET
            + " in paths, headers and bodies");
    var bench = HandlerBench.of(trial, contract, _ -> HandlerBench.RESULT);
    var job = bench.job(HandlerBench.IMAGE);
    bench.workToTheEnd(0);
    var odd = "%22%7d%5c%3Cscript%3Ealert(1)%3C/script%3E%0a%c3%a4%e2%82%ac" + SECRET;
    for (var path : List.of("/jobs/" + odd, "/jobs" + odd, job + odd, job + "/" + odd)) {
      expectNoEcho(trial, bench.expectProblem(bench.get(path), 404));
    }
    var type = "text/\"}\\<script>alert(1)</script>" + SECRET;
    expectNoEcho(
        trial,
        bench.expectProblem(bench.wire.send("POST", "/jobs", type, HandlerBench.IMAGE), 415));
    expectNoEcho(trial, bench.expectProblem(bench.wire.send("<SCRIPT>" + SECRET, "/jobs"), 405));
    for (var path : List.of("/jobs", job, job + "/result", "/jobs/none")) {
      for (var method : List.of("POST", "GET", "PUT")) {
        expectNoEcho(trial, withSecrets(bench, method, path));
      }
    }
    when(bench.queue.enqueue(any())).thenReturn(false);
    expectNoEcho(trial, bench.expectProblem(withSecrets(bench, "POST", "/jobs"), 503));
    when(bench.queue.enqueue(any())).thenReturn(true);
    var accepted = withSecrets(bench, "POST", "/jobs");
    expectNoEcho(trial, accepted);
    expectNoEcho(trial, bench.get(bench.location(accepted)));
  }

  private static Answer withSecrets(HandlerBench bench, String method, String path) {
    var body = (SECRET + "<script>").getBytes(UTF_8);
    try (var connection = bench.wire.connect()) {
      return connection
          .send(
              method,
              path + "?name=" + SECRET,
              "Content-Type: image/png; name=" + SECRET,
              "User-Agent: " + SECRET,
              "X-Request-Id: " + SECRET,
              "X-File-Name: " + SECRET + ".png",
              "Content-Disposition: attachment; filename=" + SECRET,
              "Origin: http://" + SECRET,
              "Authorization: Bearer " + SECRET,
              "Cookie: session=" + SECRET,
              "Content-Length: " + body.length)
          .write(body)
          .answer();
    }
  }

  private static List<String> ids(HandlerBench bench, int howMany) {
    bench.wire.quietly();
    bench.trial.note(howMany + " times POST /jobs");
    return IntStream.range(0, howMany)
        .mapToObj(_ -> bench.job(HandlerBench.IMAGE).substring("/jobs/".length()))
        .toList();
  }

  private static void expectCleanLog(Trial trial) {
    for (var part : trial.log().parts(Level.TRACE)) {
      trial.expectThat(
          "no line break or other control character in the log, and nothing of a header or body",
          isClean(part),
          "logged: " + Wire.escaped(part));
    }
  }

  private static boolean isClean(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        && SECRETS.stream().noneMatch(text::contains);
  }

  private static void expectNoEcho(Trial trial, Answer answer) {
    for (var name : answer.headers().keySet()) {
      var header = name + ": " + answer.headers().get(name);
      trial.expectThat(
          "nothing from the request in a header of the answer",
          !repeats(header),
          answer.request() + " is answered with " + Wire.escaped(header));
    }
    trial.expectThat(
        "nothing from the request in the answer",
        !repeats(answer.text()),
        answer.request() + " is answered " + Wire.escaped(answer.text()));
  }

  private static boolean repeats(String text) {
    var lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("<script") || lower.contains(SECRET.toLowerCase(Locale.ROOT));
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
