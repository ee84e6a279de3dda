package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.checker.WorkbookModule;
import workbook.proof.Broken.Manner;

/** Who writes such a file by hand is told where it cannot be read, and why. */
class BrokenFileTest {

  private static final String CHANGE =
      """
      Compares with greater than.

      It hangs.

      In `BoundedTaskQueue.java`:

      ```diff
           try {
      -      if (closed || items.size() == capacity) {
      +      if (closed || items.size() > capacity) {
      ```
      """;

  private static final String FINDINGS =
      """

      Findings:

      ```text
      [2.2] BoundedTaskQueue.enqueue
          expected: two lines:
                    the second
          but was:  one
      ```
      """;

  @TempDir Path folder;

  @Test
  void rulesThatChanceDecides() {
    var chance = CHANGE.replace("It hangs.\n", "It hangs.\n\nBy chance it fails 2.6, 2.11, too.\n");
    assertThat(read(chance).byChance()).containsExactlyInAnyOrder("2.6", "2.11");
  }

  @Test
  void isReadAndWritten() {
    var broken = read(CHANGE);
    assertThat(broken.name()).isEqualTo("one-too-many");
    assertThat(broken.why()).isEqualTo("Compares with greater than.");
    assertThat(broken.manners()).containsExactly(Manner.HANGS);
    assertThat(broken.byChance()).isEmpty();
    assertThat(broken.findings()).isEmpty();
    assertThat(broken.sources().texts().values())
        .anyMatch(text -> text.contains("items.size() > capacity"))
        .noneMatch(text -> text.contains("items.size() == capacity"));

    var finding =
        new PinnedFinding("2.2", "BoundedTaskQueue.enqueue", "two lines:\nthe second", "one");
    BrokenFile.write(broken, List.of(finding));
    assertThat(broken.file()).hasContent(CHANGE + FINDINGS);
    assertThat(BrokenFile.read(broken.type(), broken.file()).findings()).containsExactly(finding);
    BrokenFile.write(broken, List.of(finding));
    assertThat(broken.file()).hasContent(CHANGE + FINDINGS);
  }

  @Test
  void aClassOfItsOwnStandsInThePlaceOfTheType() {
    var broken =
        read(
            """
            Accepts everything.

            ```java
            package workbook.queue;

            public final class Yes {}
            ```
            """);
    assertThat(broken.sources().texts())
        .containsEntry(
            "src/main/java/workbook/queue/Yes.java",
            "package workbook.queue;\n\npublic final class Yes {}\n")
        .hasEntrySatisfying(
            "src/test/java/workbook/queue/BoundedTaskQueueTest.java",
            test -> assertThat(test).contains("new Yes("));
  }

  @Test
  void anErrorNamesFileAndLine() {
    refused("", ":1: the first paragraph says what is wrong");
    refused(CHANGE.replace("It hangs.", "It hangs"), ":3: one of these sentences: It hangs. or");
    refused("Wrong.\n", ":1: before the findings stands what is changed: ");
    refused(CHANGE.replace("In `", "in `"), ":5: here stands a line In `File.java`:");
    refused(CHANGE.replace("```diff", "```"), ":7: here begins a fence: ```diff");
    refused(CHANGE.replace("-   ", "!   "), ":9: a line of a diff begins with a space, - or +");
    refused(CHANGE.stripTrailing().replaceAll("```$", ""), ":7: this fence has no end: ```");
    refused(CHANGE.replaceAll("(?m)^[-+].*\n", ""), ":8: nothing is changed here");
    refused(CHANGE + FINDINGS.replace("[2.2]", "2.2"), ":16: a finding begins with [number]");
    refused(CHANGE + FINDINGS.replace("expected", "Expected"), ":17: here stands \"    expected: ");
    refused(CHANGE + FINDINGS + "More.\n", ":21: nothing stands after the findings");
  }

  @Test
  void linesThatStandTwiceOrNotAtAllAreNotFound() {
    refused(CHANGE.replace("closed ||", "open ||"), ":8: these lines must stand once in");
    refused(
        CHANGE.replaceAll("(?m)^[-+].*\n", "").replace("     try {\n", "     try {\n+      ;\n"),
        ":8: these lines must stand once in BoundedTaskQueue.java, but stand there ");
  }

  private void refused(String text, String error) {
    assertThatThrownBy(() -> read(text).sources()).hasMessageContaining("one-too-many.md" + error);
  }

  private Broken read(String text) {
    var file = folder.resolve("one-too-many.md");
    Workbook.write(file, text);
    return BrokenFile.read(new TypeUnderTest(WorkbookModule.QUEUE, "BoundedTaskQueue"), file);
  }
}
