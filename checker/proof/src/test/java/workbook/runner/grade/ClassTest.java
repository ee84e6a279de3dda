package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.checker.card.Verdict;
import workbook.runner.grade.GradedSubmission.Ending;

/** A class side by side: nobody's code changes another's grade, and the same code has the same. */
class ClassTest {

  private static final Path ROOT =
      Path.of(System.getProperty("workbook.root")).toAbsolutePath().normalize();

  @TempDir Path folder;

  private void handIn(String name, String base, String find, String replace) throws IOException {
    var from = ROOT.resolve(base).resolve("src/main");
    try (var files = Files.walk(from)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var to = folder.resolve(name).resolve("src/main").resolve(from.relativize(file).toString());
        Files.createDirectories(to.getParent());
        Files.writeString(to, Files.readString(file).replace(find, replace));
      }
    }
  }

  @Test
  void sideBySide() throws Exception {
    var constructor = "    // A period of more than 292 years counts as that.\n";
    handIn("good", "solutions/01-timed", "", "");
    handIn("hostile", "solutions/01-timed", constructor, "    Runtime.getRuntime().exit(0);\n");
    handIn("untouched", "exercises/01-timed", "", "");
    var submissions = new Submissions(ROOT, Optional.empty());
    List<GradedSubmission> once;
    List<GradedSubmission> again;
    try (var grader =
        new Grader(submissions, Runtime.version().feature(), AttemptsTest.OPTIONS, false)) {
      once = all(submissions.in(folder), grader);
      again = all(submissions.in(folder), grader);
    }
    assertThat(again)
        .extracting(GradedSubmission::hash, GradedSubmission::ending, GradedSubmission::card)
        .isEqualTo(
            once.stream()
                .map(graded -> Assertions.tuple(graded.hash(), graded.ending(), graded.card()))
                .toList());
    assertThat(once.get(0).ending()).isEqualTo(Ending.GRADED);
    assertThat(once.get(0).card().rules()).allMatch(rule -> rule.verdict() == Verdict.HOLDS);
    assertThat(once.get(1).ending()).isEqualTo(Ending.ENDED_EARLY);
    assertThat(once.get(2).ending()).isEqualTo(Ending.GRADED);
    assertThat(once.get(2).card().rules()).allMatch(rule -> rule.verdict() == Verdict.NOT_STARTED);
  }

  private static List<GradedSubmission> all(List<Submission> submissions, Grader grader)
      throws Exception {
    try (var pool = Executors.newFixedThreadPool(3)) {
      return pool
          .invokeAll(
              submissions.stream()
                  .map(each -> (Callable<GradedSubmission>) () -> grader.grade(each))
                  .toList())
          .stream()
          .map(future -> future.resultNow())
          .toList();
    }
  }
}
