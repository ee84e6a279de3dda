package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.checker.http.Json;
import workbook.proof.Workbook;

/**
 * The recipe for Classroom 50, run as the service runs it: with its environment, in the student's
 * checkout. In the place of Maven is a script that starts the same grader.
 */
class ClassroomTest {

  private static final Path RECIPE = Workbook.ROOT.resolve(".github/classroom/autograder.py");
  private static final Map<String, String> SERVICE =
      Map.of(
          "CLASSROOM", "threads",
          "ASSIGNMENT", "timed",
          "ASSIGNMENT_TYPE", "individual",
          "OWNER", "ann-login",
          "USERNAME", "ann-login",
          "SUBMISSION_TAG", "submit/2026-11-01T10-00-00Z-abc",
          "COMMIT_URL", "https://example.org/commit/abc",
          "RELEASE_URL", "https://example.org/releases/1",
          "REVIEW_URL", "https://example.org/compare/abc");

  private static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  @TempDir Path folder;

  private record Done(int exit, String printed) {}

  @BeforeEach
  void python() {
    if (python3().isEmpty()) {
      abort("no python3 on the PATH: the recipe for Classroom 50 is not tried here");
    }
    assumeTrue(File.separatorChar == '/', "what stands for Maven is a script of a POSIX shell");
  }

  @Test
  void aSubmissionIsGradedAndTheResultIsWhereTheServiceReadsIt() throws Exception {
    var checkout = Files.createDirectories(folder.resolve("checkout"));
    var from = Workbook.ROOT.resolve("exercises/07-health/src/main");
    copy(from, checkout.resolve("exercises/07-health/src/main"));
    Files.writeString(
        checkout.resolve("exercises/07-health/src/main/java/workbook/health/Mine.java"),
        "package workbook.health;\n\nfinal class Mine {}\n");
    var done = autograder(checkout, Workbook.ROOT);
    assertThat(done.exit).as(done.printed).isZero();
    var result = Json.object(Files.readString(checkout.resolve("result.json")));
    assertThat(PublishedForm.problems(result)).isEmpty();
    assertThat(result)
        .containsEntry("classroom", "threads")
        .containsEntry("assignment", "timed")
        .containsEntry("owner", "ann-login")
        .containsEntry("submission", "submit/2026-11-01T10-00-00Z-abc")
        .containsEntry("review", "https://example.org/compare/abc")
        .containsEntry("score", 0.0);
    assertThat(PublishedForm.tests(result)).hasSizeGreaterThan(30);
    assertThat(Files.readString(checkout.resolve("release-body.md")))
        .startsWith("```text\n07 · Health")
        .endsWith("```\n");
  }

  @Test
  void whatCannotBeGradedIsAResultToo() throws Exception {
    var checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.createDirectories(checkout.resolve("docs"));
    var done = autograder(checkout, Workbook.ROOT);
    assertThat(done.exit).as(done.printed).isZero();
    var result = Json.object(Files.readString(checkout.resolve("result.json")));
    assertThat(PublishedForm.problems(result)).isEmpty();
    assertThat(PublishedForm.tests(result).getFirst())
        .containsEntry("passed", false)
        .hasEntrySatisfying("reason", reason -> assertThat((String) reason).contains("no clone"));
  }

  @Test
  void whereItCannotGradeItSaysWhyAndLeavesNoResult() throws Exception {
    var checkout = Files.createDirectories(folder.resolve("checkout"));
    var done = autograder(checkout, folder.resolve("nowhere"));
    assertThat(done.exit).isEqualTo(1);
    assertThat(done.printed).contains("It cannot be graded: git clone");
    assertThat(checkout).isEmptyDirectory();
  }

  private Done autograder(Path checkout, Path workbook) throws Exception {
    var printed = folder.resolve("printed.txt").toFile();
    var builder =
        new ProcessBuilder(python3().orElseThrow().toString(), RECIPE.toString())
            .directory(checkout.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed);
    builder.environment().putAll(SERVICE);
    builder.environment().put("WORKBOOK", workbook.toString());
    builder
        .environment()
        .merge(
            "PATH",
            Objects.requireNonNull(maven().getParent()).toString(),
            (old, own) -> own + File.pathSeparator + old);
    var process = builder.start();
    if (!process.waitFor(5, TimeUnit.MINUTES)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("not done: " + Files.readString(printed.toPath()));
    }
    return new Done(process.exitValue(), Files.readString(printed.toPath()));
  }

  /** Takes -Dgrade, -Dmodule and -Dout as Maven would hand them on. */
  private Path maven() throws IOException {
    var bin = Files.createDirectories(folder.resolve("bin"));
    var script =
        """
        #!/bin/sh
        module='${module}'
        for each in "$@"; do
          case $each in
            -Dgrade=*) grade=${each#-Dgrade=} ;;
            -Dmodule=*) module=${each#-Dmodule=} ;;
            -Dout=*) out=${each#-Dout=} ;;
          esac
        done
        exec '%s/bin/java' -XX:TieredStopAtLevel=1 -cp '%s' workbook.runner.grade.Grade \\
          . "$grade" "$module" "$out" 25 '%s'
        """
            .formatted(
                System.getProperty("java.home"),
                CLASS_PATH,
                String.join(" ", AttemptsTest.OPTIONS));
    var file = Files.writeString(bin.resolve("mvn"), script);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Optional<Path> python3() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(each -> Path.of(each, "python3"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        var target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
