package workbook.runner.grade;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import workbook.runner.grade.GradedSubmission.Ending;

/**
 * A result in the form {@code classroom50/result/v1}. What that form has no field for stands in the
 * tests, where further fields are kept: each rule is a test.
 *
 * <p>A submission that was not graded to the end has one test more, the first, with no points and
 * the reason: nobody is to take it for one that has nothing to grade.
 */
final class ResultJson {

  private final GradedSubmission graded;
  private final Origin origin;
  private final Score score;

  private ResultJson(GradedSubmission graded, Origin origin, Score score) {
    this.graded = graded;
    this.origin = origin;
    this.score = score;
  }

  /** The text of the file. */
  static String of(GradedSubmission graded, Origin origin, Score score) {
    var gson = new GsonBuilder().disableHtmlEscaping().setPrettyPrinting().create();
    return gson.toJson(new ResultJson(graded, origin, score).result()) + "\n";
  }

  private JsonObject result() {
    var result = new JsonObject();
    result.addProperty("schema", "classroom50/result/v1");
    result.addProperty("classroom", origin.classroom());
    result.addProperty("assignment", origin.assignment(graded));
    result.addProperty("assignment_type", origin.type());
    result.addProperty("owner", origin.owner(graded));
    result.addProperty("submission", origin.tag(graded));
    result.addProperty("commit", origin.commit(graded));
    result.addProperty("release", origin.release(graded));
    result.addProperty("review", origin.review(graded));
    result.addProperty("datetime", origin.handedIn(graded));
    result.addProperty("graded_at", Origin.time(graded.gradedAt()));
    result.addProperty("score", score.points());
    result.addProperty("max-score", score.max());
    var tests = new JsonArray();
    if (graded.ending() != Ending.GRADED) {
      tests.add(notToTheEnd());
    }
    score.rules().values().forEach(rule -> tests.add(test(rule)));
    result.add("tests", tests);
    return result;
  }

  private static JsonObject test(String name, boolean passed, int points, int max) {
    var test = new JsonObject();
    test.addProperty("test-name", name);
    test.addProperty("passed", passed);
    test.addProperty("score", points);
    test.addProperty("max-score", max);
    return test;
  }

  private JsonObject notToTheEnd() {
    var test = test("It is graded to the end", false, 0, 0);
    test.addProperty("ending", Words.of(graded.ending()));
    test.addProperty("reason", Words.clean(graded.reason()));
    test.addProperty("took", graded.took());
    test.addProperty("sources", graded.hash());
    return test;
  }

  private JsonObject test(Score.OfRule of) {
    var rule = of.rule();
    var test = test(rule.number() + " " + rule.says(), of.holds(), of.points(), of.max());
    test.addProperty("rule", rule.number());
    test.addProperty("says", rule.says());
    test.addProperty("step", of.step());
    test.addProperty("verdict", Words.of(rule.verdict()));
    var finding = rule.finding();
    if (finding != null) {
      var found = new JsonObject();
      finding.lines().forEach((label, text) -> found.addProperty(label, Words.clean(text)));
      found.addProperty("check", rule.check());
      test.add("finding", found);
    } else if (!of.holds()) {
      test.addProperty("reason", Words.clean(Words.reason(rule)));
    }
    test.addProperty("sources", graded.hash());
    if (graded.hints().containsKey(of.step())) {
      test.addProperty("hints-used", graded.hints().get(of.step()));
    }
    return test;
  }
}
