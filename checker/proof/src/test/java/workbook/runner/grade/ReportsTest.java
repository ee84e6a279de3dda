package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import workbook.checker.card.Verdict;
import workbook.checker.http.Json;
import workbook.proof.Workbook;
import workbook.runner.grade.GradedSubmission.Ending;

/** What the grader writes about a submission, for people and for other programs. */
class ReportsTest {

  private static final Set<String> KNOWN = Set.of("2.1", "2.2", "2.3", "2.4", "2.5", "2.6");
  private static final Map<String, String> SERVICE =
      Map.of(
          "CLASSROOM", "threads",
          "ASSIGNMENT", "queue",
          "ASSIGNMENT_TYPE", "group",
          "OWNER", "ann-login",
          "SUBMISSION_TAG", "submit/2026-11-01T10-00-00Z-abc",
          "COMMIT_URL", "https://example.org/commit/abc",
          "RELEASE_URL", "https://example.org/releases/1",
          "SUBMITTED_AT", "2026-11-01T10:00:00Z");

  @TempDir Path results;

  @Test
  void theResultHasThePublishedForm() throws IOException {
    for (var ending : Ending.values()) {
      var graded = Graded.one("ann", ending, Graded.SIX);
      assertThat(PublishedForm.problems(result(graded, Map.of(), List.of()))).isEmpty();
      assertThat(PublishedForm.problems(result(graded, SERVICE, List.of("2.1 = 0")))).isEmpty();
    }
    assertThat(PublishedForm.problems(result(Graded.ofNoModule("x \"y\""), Map.of(), List.of())))
        .isEmpty();
  }

  @Test
  void theFormIsNotEverything() throws IOException {
    var result = new LinkedHashMap<String, @Nullable Object>();
    result.putAll(result(Graded.one("ann", Ending.GRADED, Graded.SIX), Map.of(), List.of()));
    result.put("more", "x");
    result.put("submission", "ann");
    result.put("score", 99.0);
    result.put("datetime", "2026-11-01");
    result.remove("owner");
    assertThat(PublishedForm.problems(result)).hasSize(5);
  }

  @Test
  void whereItComesFromIsSaidByTheServiceAndElseByNames() throws IOException {
    var graded = Graded.one("ann", Ending.GRADED, Graded.SIX);
    assertThat(result(graded, SERVICE, List.of()))
        .containsEntry("classroom", "threads")
        .containsEntry("assignment", "queue")
        .containsEntry("assignment_type", "group")
        .containsEntry("owner", "ann-login")
        .containsEntry("submission", "submit/2026-11-01T10-00-00Z-abc")
        .containsEntry("review", "https://example.org/commit/abc")
        .containsEntry("datetime", "2026-11-01T10:00:00Z")
        .containsEntry("graded_at", "2026-11-28T09:30:00Z");
    assertThat(result(graded, Map.of("USERNAME", "instructor", "OWNER", "x"), List.of()))
        .containsEntry("classroom", "autumn")
        .containsEntry("assignment", "02-queue")
        .containsEntry("owner", "ann")
        .containsEntry("submission", "submit/ann")
        .containsEntry("commit", "sha256:" + graded.hash())
        .containsEntry("datetime", "2026-11-28T09:30:00Z");
    var origin = Origin.of(SERVICE, Path.of("autumn"), 2);
    assertThat(origin.owner(graded)).as("of two, nobody is the one").isEqualTo("ann");
  }

  @Test
  void eachRuleIsATestWithAllThatIsKnown() throws IOException {
    var graded = Graded.one("ann", Ending.GRADED, Graded.SIX);
    var result = result(graded, Map.of(), List.of("2.1 = 5", "2.3=2"));
    // 2.1 holds, 2.2 is broken, 2.3 not decided, 2.4 not started, 2.5 skipped, 2.6 not run
    assertThat(result).containsEntry("score", 5.0).containsEntry("max-score", 10.0);
    var tests = PublishedForm.tests(result);
    assertThat(tests).hasSize(6);
    assertThat(tests.get(0))
        .containsEntry("passed", true)
        .containsEntry("score", 5.0)
        .containsEntry("verdict", "holds")
        .containsEntry("step", 1.0)
        .containsEntry("sources", graded.hash())
        .containsEntry("hints-used", 2.0);
    assertThat(String.valueOf(tests.get(1).get("finding")))
        .contains("expected=a, b", "but was=<b> & \"c\"", "check=that it does");
    assertThat(tests.get(2))
        .containsEntry("passed", false)
        .containsEntry("max-score", 2.0)
        .containsEntry("verdict", "not decided")
        .containsEntry("reason", "too many orders; fewer locks");
    assertThat(tests.get(4))
        .containsEntry("max-score", 0.0)
        .containsEntry("verdict", "skipped")
        .doesNotContainKey("hints-used"); // none of that step
  }

  @Test
  void whatIsNotDecidedOrSkippedIsToldByName() {
    var graded = Graded.one("ann", Ending.GRADED, Graded.SIX);
    var score = Score.of(graded, Points.of(List.of("2.3 = 4"), KNOWN));
    assertThat(score.inWords()).isEqualTo("1 to 5 of 8");
    assertThat(score.open()).extracting(rule -> rule.rule().number()).containsExactly("2.3", "2.5");
  }

  @Test
  void whoIsRefusedHasNoPointsAndTheReason() throws IOException {
    var graded = Graded.one("ann", Ending.REFUSED, Graded.SIX);
    var result = result(graded, Map.of(), List.of());
    assertThat(result).containsEntry("score", 0.0);
    assertThat(PublishedForm.tests(result).getFirst())
        .containsEntry("ending", "refused")
        .containsEntry("passed", false)
        .containsEntry("reason", "Queue.java:3 <script> \uFFFD");
    assertThat(Files.readString(results.resolve("ann/card.txt")))
        .startsWith("refused: Queue.java:3 <script>");
    assertThat(Files.readString(results.resolve("ann/card.html")))
        .contains("refused: Queue.java:3 &lt;script&gt;")
        .doesNotContain("All that was tried holds", "<script");
  }

  @Test
  void theReportOfJUnitHasASuiteForEachStep() throws Exception {
    var graded = Graded.one("ann", Ending.GRADED, Graded.SIX);
    result(graded, Map.of(), List.of());
    var report = xml(results.resolve("ann/TEST-rules.xml"));
    var suites = elements(report, "testsuite");
    assertThat(suites).hasSize(2);
    assertThat(suites.getFirst().getAttribute("tests")).isEqualTo("3");
    assertThat(suites.getFirst().getAttribute("failures")).isEqualTo("1");
    assertThat(suites.getFirst().getAttribute("skipped")).isEqualTo("1");
    assertThat(elements(report, "failure"))
        .extracting(each -> each.getAttribute("message"))
        .containsExactly("expected a, b, but was <b> & \"c\"", "step 2: take", "not run");
    assertThat(elements(report, "failure").getFirst().getTextContent())
        .contains("look at: Queue.take (Queue.java:7)", "in order: a · \uFFFD");
    assertThat(elements(report, "skipped")).hasSize(2);
    result(Graded.ofNoModule("bob"), Map.of(), List.of());
    assertThat(elements(xml(results.resolve("bob/TEST-rules.xml")), "error")).hasSize(1);
  }

  @Test
  void aWrongLineOfThePointsIsNamed() {
    wrong("2.9 = 1", "line 2, \"2.9 = 1\": there is no rule 2.9");
    wrong("2.1 = x", "points are whole numbers from 0 to 1000, not x");
    wrong("2.1 = -1", "not -1");
    wrong("2.1 = 1001", "not 1001");
    wrong("2.1 = 1.5", "not 1.5");
    wrong("2.1", "such as 2.10 = 3");
    wrong("2.2 = 7", "rule 2.2 has points in a line before");
    assertThat(Points.ofTheWorkbook().of("2.1")).isEqualTo(1);
  }

  private static void wrong(String line, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Points.of(List.of("2.2 = 1", line), KNOWN))
        .withMessageContaining("points.properties, line 2")
        .withMessageContaining(message);
  }

  @Test
  void aKeptGradeIsTheSameAndItsPointsAreCountedAnew() throws IOException {
    var submission =
        new Submission("ann", "src/main/java", null, Map.of(), Map.of(1, 2), "p", false);
    var graded =
        Graded.one(
            "ann", Ending.GRADED, List.of(Verdict.HOLDS, Verdict.SKIPPED), Hashes.of(submission));
    assertThat(result(graded, Map.of(), List.of())).containsEntry("score", 1.0);
    var reports = reports(Map.of(), List.of("2.1 = 7"));
    var kept = reports.before(submission).orElseThrow();
    assertThat(kept).isEqualTo(graded);
    reports.of(kept);
    assertThat(Json.object(Files.readString(results.resolve("ann/result.json"))))
        .containsEntry("score", 7.0);
  }

  private Reports reports(Map<String, String> environment, List<String> points) {
    var origin = Origin.of(environment, Path.of("autumn"), 1);
    return new Reports(results, Workbook.ROOT, "checker", Points.of(points, KNOWN), origin);
  }

  private Map<String, @Nullable Object> result(
      GradedSubmission graded, Map<String, String> environment, List<String> points)
      throws IOException {
    reports(environment, points).of(graded);
    return Json.object(Files.readString(results.resolve(graded.name()).resolve("result.json")));
  }

  private static Document xml(Path file) throws Exception {
    var text = Files.readString(file);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Element> elements(Document document, String name) {
    var found = document.getElementsByTagName(name);
    var elements = new ArrayList<Element>();
    for (int i = 0; i < found.getLength(); i++) {
      elements.add((Element) found.item(i));
    }
    return elements;
  }
}
