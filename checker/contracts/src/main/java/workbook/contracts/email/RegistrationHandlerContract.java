package workbook.contracts.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import java.io.IOException;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.http.Wire.Answer;

/**
 * The rules of registering over HTTP, with a mail to follow: here what the handler refuses, and
 * what it keeps to itself.
 */
@Tag("step-4")
@Step(module = WorkbookModule.EMAIL, number = 4, type = "RegistrationHandler")
public abstract class RegistrationHandlerContract extends RegistrationRules {

  /** A contract is stateless. */
  protected RegistrationHandlerContract() {}

  /** All or nothing. */
  @Rule(
      number = "5.55",
      says =
          "When the queue refuses, the answer MUST be 503 with Retry-After, and nobody MUST be"
              + " registered by it; a second try, accepted, MUST be answered 200.",
      check =
          "that the result of enqueue is looked at; that a user who was added before is removed"
              + " again; the Retry-After header",
      lookAt = "handle")
  void queueFull(Trial trial) throws IOException {
    trial.setUp("Ann registers while the queue is full, and again when it is not");
    var bench = bench(trial);
    bench.full(true);
    var answer = bench.expectProblem("a full queue", bench.register("Ann", ANN), 503);
    var retryAfter = answer.header("retry-after").orElse("none");
    trial.expectThat(
        "a Retry-After header with seconds, 1 or more, or with a date",
        retryAfter.matches("0*[1-9][0-9]{0,8}") || isHttpDate(retryAfter),
        "Retry-After: " + retryAfter);
    bench.expectUsers("nobody is registered");
    bench.full(false);
    trial.expect("the second try is answered 200", bench.register("Ann", ANN).status(), 200);
    bench.expectUsers("Ann is registered", ANN);
    bench.expectMails("one mail", 1);
  }

  private static boolean isHttpDate(String text) {
    try {
      DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Who is there stays there, and is welcomed once. */
  @Rule(
      number = "5.56",
      says =
          "An address that is registered already MUST be answered 409 without a second mail, and"
              + " its user MUST stay registered, also while the queue is full.",
      check =
          "that the result of add decides; what is removed when the queue refuses: never somebody"
              + " who was registered before",
      lookAt = "handle")
  void registeredAlready(Trial trial) throws IOException {
    trial.setUp("Ann registers; somebody registers her address again, and while the queue is full");
    var bench = bench(trial);
    trial.expect("the first is answered 200", bench.register("Ann", ANN).status(), 200);
    bench.expectProblem("the second", bench.register("Eve", ANN), 409);
    bench.expectMails("no second mail", 1);
    trial.expect("the user is Ann", bench.nameOf(ANN), "Ann");
    bench.full(true);
    var third = bench.register("Eve", ANN);
    bench.expectProblem("the third", third, third.status() == 503 ? 503 : 409);
    trial.expect("the user is still Ann", bench.nameOf(ANN), "Ann");
  }

  /** What is no registration says what would be one. */
  @Rule(
      number = "5.57",
      says =
          "Another path MUST be answered 404, another method 405 with Allow: POST, and what is no"
              + " form 413 or 415, and the connection MUST be usable again.",
      check =
          "that the server hands over every path that begins with /register; the Allow header,"
              + " which a 405 must have; the Optional of RegistrationForm.read, which is empty when"
              + " it has answered itself",
      lookAt = "handle")
  void otherRequests(Trial trial) throws IOException {
    trial.setUp("POST to other paths; GET and PUT; JSON; a form of 5,000 bytes; on one connection");
    var bench = bench(trial);
    var form = RegistrationBench.form("Ann", ANN);
    record Refused(String method, String path, String type, byte[] body, int status) {}
    var json = "{}".getBytes(UTF_8);
    for (var refused :
        List.of(
            new Refused("POST", "/registered", RegistrationBench.FORM, form, 404),
            new Refused("POST", "/register/ann", RegistrationBench.FORM, form, 404),
            new Refused("GET", "/register", RegistrationBench.FORM, form, 405),
            new Refused("PUT", "/register", RegistrationBench.FORM, form, 405),
            new Refused("POST", "/register", "application/json", json, 415),
            new Refused("POST", "/register", RegistrationBench.FORM, new byte[5_000], 413))) {
      try (var connection = bench.wire.connect()) {
        for (var time : List.of("a request", "the same, on the same connection,")) {
          var answer =
              connection
                  .send(
                      refused.method,
                      refused.path,
                      "Content-Type: " + refused.type,
                      "Content-Length: " + refused.body.length)
                  .write(refused.body)
                  .answer(time + " is answered");
          bench.expectProblem(refused.method + " " + refused.path, answer, refused.status);
          expectAllow(trial, answer);
          bench.wire.expectClosed();
        }
      }
    }
    bench.expectUsers("nobody is registered");
    bench.expectMails("no mail is accepted", 0);
  }

  private static void expectAllow(Trial trial, Answer answer) {
    if (answer.status() == 405) {
      var allow = answer.header("allow").orElse("none");
      var methods = Arrays.stream(allow.split(",")).map(String::strip).toList();
      trial.expectThat(
          "an Allow header with POST",
          methods.contains("POST") && !methods.contains("GET") && !methods.contains("PUT"),
          "Allow: " + allow);
    }
  }

  /** What somebody has typed is for the queue and for nobody else. */
  @Rule(
      number = "5.58",
      says = "Nothing that a request contains MUST get into the log or be sent back.",
      check =
          "log lines with the form, the name or the address; a problem that repeats what was sent;"
              + " that a message is logged by its Message-ID",
      lookAt = "handle")
  void privacy(Trial trial) throws IOException {
    trial.setUp(
        "Anneliese registers; again; while the queue is full; a bad address; at"
            + " /register/anneliese");
    var bench = bench(trial);
    var answers = new StringBuilder();
    answers.append(bench.register("Anneliese", "a.liese@example.com").text());
    answers.append(bench.register("Anneliese", "a.liese@example.com").text());
    answers.append(bench.register("Anneliese", "a.liese <script>@example.com").text());
    answers.append(bench.register("Anneliese\n", "b.liese@example.com").text());
    bench.full(true);
    answers.append(bench.register("Anneliese", "b.liese@example.com").text());
    var form = RegistrationBench.form("Anneliese", "b.liese@example.com");
    var elsewhere = "/register/anneliese";
    answers.append(bench.wire.send("POST", elsewhere, RegistrationBench.FORM, form).text());
    bench.wire.settle();
    var log = String.join("\n", trial.log().everything(Level.TRACE));
    for (var secret : List.of("anneliese", "liese@", "liese%40", "script")) {
      trial.expectThat(
          "nothing of the request is logged",
          !log.toLowerCase(Locale.ROOT).contains(secret),
          "logged is: " + secret);
      trial.expectThat(
          "nothing of the request is sent back",
          !answers.toString().toLowerCase(Locale.ROOT).contains(secret),
          "sent back is: " + secret);
    }
  }

  /** What is missing is said so at once. */
  @Rule(
      number = "5.59",
      says =
          "A queue or users that are null MUST be refused with a message that names the argument.",
      check =
          "Objects.requireNonNull with the argument's name, for both arguments of the constructor",
      lookAt = "<init>")
  void arguments(Trial trial) throws IOException {
    var bench = bench(trial);
    trial.expectRefused("a queue of null", () -> create(Trial.noValue(), bench), "queue");
    trial.expectRefused("users of null", () -> create(bench, Trial.noValue()), "users");
  }
}
