package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.checker.CardFiles;
import workbook.checker.Contracts;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Card;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.LastGrade;
import workbook.checker.card.Verdict;
import workbook.runner.Board;

/** What the board says about a workbook in which some modules were graded. */
class BoardTest {

  @TempDir Path root;

  @BeforeEach
  void copyTheTable() throws IOException {
    Workbook.write(
        root.resolve("chapters/README.md"),
        Workbook.read(Workbook.ROOT.resolve("chapters/README.md")));
    for (var module : WorkbookModule.values()) {
      write(module, "class A {}");
    }
  }

  @Test
  void untouched() throws IOException {
    assertThat(board())
        .containsPattern("The workbook +0 of \\d{3} +evenings +graded\\n")
        .containsPattern("02 · Task queue +0 of \\d+ +two\\n +· BoundedTaskQueue 0/\\d+ ")
        .containsPattern("04 · Graceful shutdown +0 of \\d+ +a long one\\n")
        .contains(
            "Next: step 1, PeriodicTimer, in chapters/01-timed.md\n"
                + "  mvn test -pl exercises/01-timed -Dstep=1\n");
  }

  @Test
  void theModuleThatWasGradedLastComesNext() throws IOException {
    grade(WorkbookModule.TIMED, step -> step.number() == 1);
    grade(WorkbookModule.QUEUE, step -> step.number() == 1);
    assertThat(board())
        .containsPattern("02 · Task queue +(\\d+) of \\d+ +two +\\d+ \\w+ \\d\\d:\\d\\d\\n")
        .containsPattern("✔ BoundedTaskQueue (\\d+)/\\1  · QueuedService 0/")
        .contains("Next: step 2, QueuedService,");
  }

  @Test
  void codeThatHasChangedIsGradedAgain() throws IOException {
    grade(WorkbookModule.QUEUE, _ -> true);
    assertThat(board()).doesNotContain("changed").contains("Next: step 1, PeriodicTimer");
    write(WorkbookModule.QUEUE, "class A { }");
    assertThat(board())
        .contains(
            ", changed since\n",
            "Next: grade the code that has changed\n  mvn test -pl exercises/02-queue\n");
  }

  @Test
  void aPartAddsToWhatIsKnownOfTheSameCode() throws IOException {
    var steps = Contracts.steps(WorkbookModule.HEALTH);
    write(WorkbookModule.HEALTH, "class A { }");
    grade(WorkbookModule.HEALTH, steps.subList(0, 1), _ -> true);
    grade(WorkbookModule.HEALTH, steps.subList(1, 2), _ -> true);
    assertThat(board()).contains("✔ Heartbeat", "✔ HealthChecks", "· HealthHandler");
    write(WorkbookModule.HEALTH, "class B { }");
    grade(WorkbookModule.HEALTH, steps.subList(1, 2), _ -> true);
    assertThat(board()).contains("· Heartbeat", "✔ HealthChecks", "· HealthHandler");
  }

  @Test
  void allDone() throws IOException {
    for (var module : WorkbookModule.values()) {
      grade(module, _ -> true);
    }
    assertThat(board())
        .containsPattern("The workbook +(\\d+) of \\1 ")
        .contains("Every rule holds: the workbook is done.");
  }

  @Test
  void passedIsWhatHolds() throws IOException {
    grade(WorkbookModule.TIMED, _ -> true);
    assertThat(LastGrade.of(folder(WorkbookModule.TIMED)).orElseThrow().passed()).isTrue();
    grade(WorkbookModule.TIMED, step -> step.number() > 1);
    assertThat(LastGrade.of(folder(WorkbookModule.TIMED)).orElseThrow().passed()).isFalse();
    grade(WorkbookModule.TIMED, List.of(), _ -> true);
    assertThat(LastGrade.of(folder(WorkbookModule.TIMED)).orElseThrow().passed()).isFalse();
  }

  /** Written by another version, or cut short: as if it were not there. */
  @Test
  void aFileThatCannotBeRead() throws IOException {
    Workbook.write(folder(WorkbookModule.TIMED).resolve("target/graded.properties"), "when=soon");
    assertThat(LastGrade.of(folder(WorkbookModule.TIMED))).isEmpty();
    assertThat(board()).containsPattern("01 · Timed service +0 of \\d+ +one\\n");
  }

  @Test
  void aTargetThatCannotBeWritten() throws IOException {
    var target = folder(WorkbookModule.TIMED).resolve("target");
    Files.writeString(target, "in the way");
    assertThat(
            new CardFiles(folder(WorkbookModule.TIMED))
                .write(new Card(WorkbookModule.TIMED, "exercises/01-timed", List.of(), List.of())))
        .hasValueSatisfying(
            said -> assertThat(said).contains("The card could not be written to " + target));
  }

  private String board() throws IOException {
    var text = new Board(root, ZoneOffset.UTC).text();
    assertThat(text.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
    return text;
  }

  private void write(WorkbookModule module, String code) throws IOException {
    var file = folder(module).resolve("src/main/java/A.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, code);
  }

  private Path folder(WorkbookModule module) {
    return root.resolve("exercises").resolve(module.folder());
  }

  private void grade(WorkbookModule module, Predicate<GradedStep> holds) {
    grade(module, Contracts.steps(module), holds);
  }

  private void grade(WorkbookModule module, List<GradedStep> tried, Predicate<GradedStep> holds) {
    var steps =
        tried.stream()
            .map(
                step ->
                    new GradedStep(
                        step.number(),
                        step.type(),
                        step.rules().stream().map(rule -> with(rule, holds.test(step))).toList()))
            .toList();
    assertThat(
            new CardFiles(folder(module))
                .write(new Card(module, "exercises/" + module.folder(), steps, List.of())))
        .isEmpty();
  }

  private static GradedRule with(GradedRule rule, boolean holds) {
    return new GradedRule(
        rule.number(),
        rule.says(),
        rule.check(),
        holds ? Verdict.HOLDS : Verdict.NOT_STARTED,
        null,
        "",
        "");
  }
}
