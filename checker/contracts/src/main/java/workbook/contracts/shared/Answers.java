package workbook.contracts.shared;

import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.checker.http.Json;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;

/** What is expected of answers over HTTP, whichever handler gives them. */
public final class Answers {

  private final Trial trial;

  /**
   * The answers of a handler that is under test.
   *
   * @param trial what a finding belongs to
   */
  public Answers(Trial trial) {
    this.trial = trial;
  }

  /**
   * Reads a body that is a JSON object.
   *
   * @param answer the answer
   * @return the members of the object
   */
  public Map<String, @Nullable Object> json(Answer answer) {
    try {
      return Json.object(answer.text());
    } catch (IllegalArgumentException e) {
      throw trial.broken(
          "the body is a JSON object", Trial.describe(e) + " of " + Wire.escaped(answer.text()));
    }
  }

  /**
   * Expects the content type to say JSON, be it {@code application/json} or a kind of its own, such
   * as {@code application/health+json}. A problem is none: it says that the request has failed.
   *
   * @param answer the answer
   */
  public void expectJsonType(Answer answer) {
    var type = answer.mediaType();
    trial.expectThat(
        "its content type is application/json, or another +json that is no problem",
        type.equals("application/json")
            || (type.endsWith("+json") && !type.equals("application/problem+json")),
        type);
  }

  /**
   * Expects a problem document that agrees with the status.
   *
   * @param request what was asked, in the words of a finding
   * @param answer the answer
   * @param status its status
   * @return the same answer
   */
  public Answer expectProblem(String request, Answer answer, int status) {
    trial.expect(request + " is answered " + status, answer.status(), status);
    trial.expect(
        "the body of a " + status + " is a problem",
        answer.mediaType(),
        "application/problem+json");
    var document = json(answer);
    // RFC 9457 requires no member; the one that repeats the status must agree with it.
    trial.expectThat(
        "the problem's member status, if there is one, is the number " + status,
        !document.containsKey("status") || Double.valueOf(status).equals(document.get("status")),
        "the problem is " + Wire.escaped(document.toString()));
    return answer;
  }

  /**
   * Expects a problem document that agrees with the status.
   *
   * @param answer the answer, whose request a finding shows
   * @param status its status
   * @return the same answer
   */
  public Answer expectProblem(Answer answer, int status) {
    return expectProblem(answer.request(), answer, status);
  }

  /**
   * Expects an answer 503 to say when to come back.
   *
   * @param answer the answer
   */
  public void expectRetryAfter(Answer answer) {
    var retryAfter = answer.header("retry-after").orElse("none");
    trial.expectThat(
        "a Retry-After header with seconds or with a date",
        retryAfter.matches("[0-9]+") || isHttpDate(retryAfter),
        "Retry-After: " + retryAfter);
  }

  private static boolean isHttpDate(String text) {
    try {
      DateTimeFormatter.RFC_1123_DATE_TIME.parse(text);
      return true;
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /**
   * Expects an answer 405 to say which methods there are.
   *
   * @param answer the answer
   * @param allowed a method that is among them
   * @param others methods that are not
   */
  public void expectAllow(Answer answer, String allowed, String... others) {
    var allow = answer.header("allow").orElse("none");
    var methods = Arrays.stream(allow.split(",")).map(String::strip).toList();
    trial.expectThat(
        "an Allow header with " + allowed + " and without " + String.join(", ", others),
        methods.contains(allowed) && Arrays.stream(others).noneMatch(methods::contains),
        "Allow: " + allow);
  }
}
