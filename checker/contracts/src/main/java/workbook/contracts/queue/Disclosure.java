package workbook.contracts.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;

/** What ids, the log and answers give away. */
final class Disclosure {

  private Disclosure() {}

  // An id is the only key to a job: whoever can guess one can read it.
  static void ids(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("64 jobs with the same image, and 8 more at a second, fresh handler");
    var ids = ids(contract.bench(trial, _ -> HandlerBench.RESULT), 64);
    var example = "for example " + String.join(", ", ids.subList(0, 3));
    int different = new HashSet<>(ids).size();
    trial.expectThat(
        "64 jobs have 64 different ids", different == 64, "only " + different + ", " + example);
    var repeated =
        ids(contract.bench(trial, _ -> HandlerBench.RESULT), 8).stream()
            .filter(ids::contains)
            .findFirst();
    trial.expectThat(
        "a second handler gives other ids than the first",
        repeated.isEmpty(),
        "both gave " + repeated.orElse("") + ": whatever repeats at each start can be predicted");
    double bits = randomBits(ids);
    trial.expectThat(
        "72 bits or more that differ from id to id", bits >= 72, "fewer than 72 bits, " + example);
  }

  static void log(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp(
        "line breaks and escape sequences in paths (as %0d%0a), in headers, and in the body");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
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
          "no line break or other control character in an item's name",
          item.name().chars().noneMatch(Character::isISOControl),
          "an item is named: " + Wire.escaped(item.name()));
    }
  }

  static void problems(Trial trial, JobsHandlerContract contract) throws IOException {
    trial.setUp("quotes, backslashes, markup and letters of other scripts in paths and headers");
    var bench = contract.bench(trial, _ -> HandlerBench.RESULT);
    var job = bench.job(HandlerBench.IMAGE);
    bench.workToTheEnd(0);
    var odd = "%22%7d%5c%3Cscript%3Ealert(1)%3C/script%3E%0a%c3%a4%e2%82%ac";
    for (var path : List.of("/jobs/" + odd, "/jobs" + odd, job + odd, job + "/" + odd)) {
      expectNoMarkup(trial, bench.expectProblem(bench.get(path), 404));
    }
    var type = "text/\"}\\<script>alert(1)</script>";
    expectNoMarkup(
        trial,
        bench.expectProblem(bench.wire.send("POST", "/jobs", type, HandlerBench.IMAGE), 415));
    expectNoMarkup(trial, bench.expectProblem(bench.wire.send("<SCRIPT>", "/jobs"), 405));
  }

  private static List<String> ids(HandlerBench bench, int howMany) {
    bench.wire.quietly();
    bench.trial.note(howMany + " times POST /jobs");
    return IntStream.range(0, howMany)
        .mapToObj(_ -> bench.job(HandlerBench.IMAGE).substring("/jobs/".length()))
        .toList();
  }

  private static void expectCleanLog(Trial trial) {
    for (var message : trial.log().at(Level.TRACE)) {
      trial.expectThat(
          "no line break or other control character in the log",
          message.chars().noneMatch(Character::isISOControl),
          "logged: " + Wire.escaped(message));
    }
  }

  private static void expectNoMarkup(Trial trial, Answer problem) {
    trial.expectThat(
        "no markup from the request in the answer",
        !problem.text().toLowerCase(Locale.ROOT).contains("<script"),
        "the body is " + Wire.escaped(problem.text()));
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
