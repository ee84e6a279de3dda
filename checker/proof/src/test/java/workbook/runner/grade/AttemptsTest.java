package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.card.Verdict;

/**
 * Whoever tries to get a grade that the code does not deserve gets none, and is told why. {@code
 * -Dproof.only=text} tries only what it finds in the name.
 */
class AttemptsTest {

  private static final Path ROOT =
      Path.of(System.getProperty("workbook.root")).toAbsolutePath().normalize();
  private static final String FOLDER = "checker/proof/src/test/resources/attempts";

  static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx256m",
          "-Djdk.trackAllThreads=true",
          "-Dchecker.patience=0.1",
          "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");

  private static final Pattern ONLY = Pattern.compile(System.getProperty("proof.only", ""));

  private static Submissions submissions;
  private static Grader grader;
  private static Grader lenient;

  @TempDir Path folder;

  @BeforeAll
  static void warmUp() throws IOException {
    int release = Runtime.version().feature();
    submissions = new Submissions(ROOT, Optional.empty());
    grader = new Grader(submissions, release, OPTIONS);
    lenient = new Grader(submissions, release, OPTIONS, false);
  }

  @AfterAll
  static void end() {
    grader.close();
    lenient.close();
  }

  static List<Attempt> attempts() throws IOException {
    try (var files = Files.list(ROOT.resolve(FOLDER))) {
      return files
          .sorted()
          .map(Attempt::read)
          .filter(attempt -> ONLY.matcher(attempt.name()).find())
          .toList();
    }
  }

  static List<Attempt> withoutTheLists() throws IOException {
    return attempts().stream().filter(attempt -> attempt.withoutLists() != null).toList();
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("attempts")
  void getsWhatItDeserves(Attempt attempt) throws Exception {
    compare(attempt.ends(), grade(attempt, true));
  }

  @ParameterizedTest(name = "{0}", allowZeroInvocations = true)
  @MethodSource("withoutTheLists")
  void theClosedProcessHoldsToo(Attempt attempt) throws Exception {
    compare(Objects.requireNonNull(attempt.withoutLists()), grade(attempt, false));
  }

  private GradedSubmission grade(Attempt attempt, boolean inspects)
      throws IOException, InterruptedException {
    attempt.handIn(ROOT, folder);
    var submission = submissions.in(folder).getFirst();
    return (inspects ? grader : lenient).grade(submission);
  }

  private static void compare(Attempt.End wanted, GradedSubmission graded) {
    assertThat(graded.ending()).as(graded.reason()).isEqualTo(wanted.ending());
    assertThat(graded.reason()).contains(wanted.because());
    assertThat(graded.card().rules().findAny().isPresent())
        .isEqualTo(wanted.ending() != GradedSubmission.Ending.NOT_READ);
    assertThat(graded.card().rules().filter(rule -> rule.verdict() == Verdict.HOLDS))
        .hasSizeLessThanOrEqualTo(wanted.rules());
    assertThat(graded.card().rules().filter(rule -> rule.verdict() == Verdict.SKIPPED)).isEmpty();
  }
}
