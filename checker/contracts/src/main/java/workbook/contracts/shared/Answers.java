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
    trial.expectThat(
        "the problem has a member status that is the number " + status,
        Double.valueOf(status).equals(document.get("status")),
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
        "a Retry-After header with seconds, 1 or more, or with a date",
        retryAfter.matches("0*[1-9][0-9]{0,8}") || isHttpDate(retryAfter),
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
