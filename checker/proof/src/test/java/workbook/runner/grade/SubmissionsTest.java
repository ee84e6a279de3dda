package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import workbook.checker.WorkbookModule;

/** What is taken of what was handed in, and what is said of the rest. */
class SubmissionsTest {

  private static final Path ROOT =
      Path.of(System.getProperty("workbook.root")).toAbsolutePath().normalize();
  private static final String TIMED = "src/main/java/workbook/timed";

  @TempDir Path folder;
  private Submissions submissions;

  @BeforeEach
  void ofThisWorkbook() throws IOException {
    submissions = new Submissions(ROOT, Optional.empty());
  }

  private static void copy(String from, Path to) throws IOException {
    var source = ROOT.resolve(from);
    try (var files = Files.walk(source)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (!file.toString().contains("target")) {
          var target = to.resolve(source.relativize(file).toString());
          Files.createDirectories(target.getParent());
          Files.copy(file, target);
        }
      }
    }
  }

  private Submission only() throws IOException {
    var all = submissions.in(folder);
    assertThat(all).hasSize(1);
    return all.getFirst();
  }

  @Test
  void aCloneAnExerciseOrItsSources() throws IOException {
    copy("exercises/02-queue", folder.resolve("ann/exercises/02-queue"));
    copy("exercises/01-timed", folder.resolve("ann/exercises/01-timed"));
    copy("solutions/02-queue/src", folder.resolve("ben/src"));
    copy("solutions/02-queue/src/main", folder.resolve("cid/main"));
    copy("solutions/02-queue/src/main/java", folder.resolve("dee"));
    Files.writeString(
        folder.resolve("ann/exercises/02-queue/src/main/java/workbook/queue/Own.java"),
        "package workbook.queue;\nclass Own {}\n");
    var all = submissions.in(folder);
    assertThat(all).extracting(Submission::name).containsExactly("ann", "ben", "cid", "dee");
    assertThat(all).allMatch(Submission::canBeGraded);
    assertThat(all).extracting(Submission::module).containsOnly(WorkbookModule.QUEUE);
    assertThat(all.getFirst().took())
        .startsWith("exercises/02-queue/src/main/java of a whole clone");
    assertThat(all.getFirst().learners()).containsKey("Own.java").doesNotContainKey("Main.java");
    assertThat(submissions.in(folder.resolve("ben"))).hasSize(1);
  }

  @Test
  void whatIsMissingIsNotBegun() throws IOException {
    copy("solutions/01-timed/src/main", folder.resolve("ann/src/main"));
    Files.delete(folder.resolve("ann").resolve(TIMED).resolve("TimedService.java"));
    Files.writeString(folder.resolve("ann").resolve(TIMED).resolve("notes.txt"), "later");
    assertThat(only().took())
        .contains("not begun, since missing: TimedService.java", "not taken: ", "notes.txt");
    assertThat(only().learners().get("TimedService.java")).contains("TODO");
  }

  @Test
  void hintsThatWereUsed() throws IOException {
    copy("exercises/01-timed/src", folder.resolve("ann/src"));
    assertThat(only().hints()).isEmpty();
    var kept = folder.resolve("ann/target/hints.properties");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "step-1=3\nstep-2=x\nstep-33=1\nstep-3=-1\nother=1\n");
    assertThat(only().hints()).containsExactly(entry(1, 3));
    Files.writeString(kept, "\\u0");
    assertThat(only().hints()).isEmpty();
  }

  @Test
  void namesOfAllKinds() throws IOException {
    for (var name : List.of("c d'é", "山田 太郎", "a & b")) {
      copy("solutions/01-timed/src/main", folder.resolve(name).resolve("src/main"));
    }
    assertThat(submissions.in(folder)).hasSize(3).allMatch(Submission::canBeGraded);
  }

  @Test
  void nothingThatCanBeTold() throws IOException {
    Files.createDirectory(folder.resolve("empty"));
    Files.createDirectories(folder.resolve("other/src"));
    copy("solutions/01-timed/src/main/java", folder.resolve("two"));
    copy("solutions/02-queue/src/main/java", folder.resolve("two"));
    copy("exercises/03-db-cleanup", folder.resolve("untouched/exercises/03-db-cleanup"));
    assertThat(submissions.in(folder))
        .noneMatch(Submission::canBeGraded)
        .extracting(Submission::problem)
        .satisfiesExactly(
            empty -> assertThat(empty).isEqualTo("the folder is empty"),
            other -> assertThat(other).contains("no clone, no exercise and no src/main"),
            two -> assertThat(two).contains("several modules, 01-timed, 02-queue", "-Dmodule="),
            none -> assertThat(none).contains("no exercise is begun"));
  }

  @Test
  void textsThatAreNone() throws IOException {
    copy("exercises/01-timed/src/main", folder.resolve("ann/src/main"));
    var own = folder.resolve("ann").resolve(TIMED).resolve("Own.java");
    Files.write(own, "class Größe {}".getBytes(ISO_8859_1));
    assertThat(only().problem()).isEqualTo("workbook/timed/Own.java is not UTF-8");
    Files.writeString(own, "// " + "x".repeat(3_000_000));
    assertThat(only().problem()).contains("larger than any solution");
  }

  @Test
  void linksAreNotFollowed() throws IOException {
    copy("exercises/01-timed/src/main", folder.resolve("ann/src/main"));
    try {
      Files.createSymbolicLink(
          folder.resolve("ann").resolve(TIMED).resolve("Own.java"), ROOT.resolve("pom.xml"));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no link can be made here");
    }
    assertThat(only().problem()).isEqualTo("workbook/timed/Own.java is a link");
  }

  @ParameterizedTest
  @ValueSource(strings = {"src", "src/main", "src/main/java", "src/main/java/workbook"})
  void aLinkToTheSolutionIsNone(String where) throws IOException {
    var link = folder.resolve("ann").resolve(where);
    Files.createDirectories(link.getParent());
    try {
      Files.createSymbolicLink(link, ROOT.resolve("solutions/01-timed").resolve(where));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no link can be made here");
    }
    assertThat(only().canBeGraded()).isFalse();
  }

  @Test
  void aCloneIsNoLinkToAnother() throws IOException {
    copy("exercises/02-queue", folder.resolve("ann/exercises/02-queue"));
    try {
      Files.createSymbolicLink(
          folder.resolve("ann/exercises/01-timed"), ROOT.resolve("solutions/01-timed"));
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "no link can be made here");
    }
    assertThat(only().problem()).isEqualTo(Path.of("exercises/01-timed") + " is a link");
  }

  @Test
  void whatMustNotBeRead() throws IOException {
    copy("exercises/01-timed/src/main", folder.resolve("ann/src/main"));
    var own = folder.resolve("ann").resolve(TIMED).resolve("Own.java");
    Files.writeString(own, "class Own {}");
    assumeTrue(own.toFile().setReadable(false) && !Files.isReadable(own), "all can be read here");
    assertThat(only().problem()).contains("must not be read");
  }
}
