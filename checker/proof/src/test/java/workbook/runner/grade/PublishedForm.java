package workbook.runner.grade;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The form {@code classroom50/result/v1} as it is published: which fields a result has, and what is
 * in them.
 */
final class PublishedForm {

  private static final Set<String> TEXTS =
      Set.of("classroom", "assignment", "owner", "submission", "commit", "release", "review");
  private static final Set<String> NEEDED_BESIDE =
      Set.of("schema", "assignment_type", "datetime", "score", "max-score", "tests");
  private static final Set<String> MAY_BE = Set.of("graded_at", "submitted_by");
  private static final String TIME =
      "[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z";

  private final List<String> problems = new ArrayList<>();

  private PublishedForm() {}

  /** What is wrong with a result; empty if nothing is. */
  static List<String> problems(Map<String, @Nullable Object> result) {
    var form = new PublishedForm();
    form.result(result);
    return form.problems;
  }

  /** The tests of a result. */
  @SuppressWarnings("unchecked")
  static List<Map<String, @Nullable Object>> tests(Map<String, @Nullable Object> result) {
    return result.get("tests") instanceof List<?> tests
        ? (List<Map<String, @Nullable Object>>) tests
        : List.of();
  }

  private void result(Map<String, @Nullable Object> result) {
    for (var name : result.keySet()) {
      check(
          TEXTS.contains(name) || NEEDED_BESIDE.contains(name) || MAY_BE.contains(name),
          "a field that the form does not have: " + name);
    }
    TEXTS.forEach(name -> check(isText(result.get(name)), name + " is no text, or empty"));
    check("classroom50/result/v1".equals(result.get("schema")), "schema");
    check(
        Set.of("individual", "group").contains(String.valueOf(result.get("assignment_type"))),
        "assignment_type");
    check(
        !(result.get("submission") instanceof String tag) || tag.startsWith("submit/"),
        "submission does not begin with submit/");
    check(isTime(result.get("datetime")), "datetime");
    check(!result.containsKey("graded_at") || isTime(result.get("graded_at")), "graded_at");
    scores("result", result);
    check(result.get("tests") instanceof List<?>, "tests is no list");
    double sum = 0;
    double max = 0;
    for (var test : tests(result)) {
      check(isText(test.get("test-name")), "a test without a name");
      check(test.get("passed") instanceof Boolean, "passed is neither true nor false");
      scores(String.valueOf(test.get("test-name")), test);
      sum += number(test.get("score"));
      max += number(test.get("max-score"));
    }
    check(result.get("score") instanceof Double all && all <= max, "more points than tests give");
    check(result.get("max-score") instanceof Double most && most == max, "another sum of tests");
    check(sum <= max, "more than all");
  }

  private void scores(String whose, Map<String, @Nullable Object> of) {
    double score = number(of.get("score"));
    double max = number(of.get("max-score"));
    check(score >= 0 && score == Math.rint(score), "score of " + whose);
    check(max >= 0 && max == Math.rint(max), "max-score of " + whose);
  }

  private static double number(@Nullable Object value) {
    return value instanceof Double number ? number : -1;
  }

  private static boolean isText(@Nullable Object value) {
    return value instanceof String text && !text.isEmpty();
  }

  private static boolean isTime(@Nullable Object value) {
    return value instanceof String text && text.matches(TIME);
  }

  private void check(boolean holds, String problem) {
    if (!holds) {
      problems.add(problem);
    }
  }
}
