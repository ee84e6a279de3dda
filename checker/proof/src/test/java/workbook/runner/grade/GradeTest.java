package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import workbook.checker.http.Json;

/** The command: what it takes, what it leaves, and what it exits with. */
class GradeTest {

  private static final String ROOT = System.getProperty("workbook.root");

  @TempDir Path folder;
  private Path class01;
  private Path results;

  @BeforeEach
  void twoStudents() throws IOException {
    class01 = folder.resolve("a class");
    results = folder.resolve("out");
    handIn("ann", "class TimedService {");
    handIn("bob", "class TimedService { // another }");
  }

  private void handIn(String name, String code) throws IOException {
    var own = class01.resolve(name).resolve("src/main/java/workbook/timed");
    Files.createDirectories(own);
    Files.writeString(own.resolve("TimedService.java"), "package workbook.timed;\n" + code);
  }

  private int grade() throws InterruptedException {
    return Grade.exitCode(
        ROOT,
        class01.toString(),
        "${module}",
        results.toString(),
        String.valueOf(Runtime.version().feature()),
        String.join(" ", AttemptsTest.OPTIONS));
  }

  @Test
  void whatCannotBeWrittenIsInTheTable() throws Exception {
    Files.createDirectories(results);
    Files.writeString(results.resolve("ann"), "a file where the folder of the results belongs");

    assertThat(grade()).isEqualTo(1);

    assertThat(results.resolve("bob/card.txt")).exists();
    assertThat(Files.readString(results.resolve("class.csv"))).contains("ann,", "bob,");
  }

  @Test
  void theTableThatCannotBeWrittenCostsNobodyTheCard() throws Exception {
    Files.createDirectories(results.resolve("class.csv.part"));

    assertThat(grade()).isEqualTo(1);

    assertThat(results.resolve("ann/result.json")).exists();
    assertThat(results.resolve("bob/result.json")).exists();
  }

  @Test
  void theSameSourcesHaveTheSameGrade() throws Exception {
    handIn("cid", "class TimedService {");
    for (var name : List.of("ann", "cid")) { // what is refused is refused on any machine
      var other = class01.resolve(name).resolve("src/main/java/other");
      Files.createDirectories(other);
      Files.writeString(other.resolve("Other.java"), "package other; class Other {}");
    }

    assertThat(grade()).isZero();

    var ann = Json.object(Files.readString(results.resolve("ann/result.json")));
    var cid = Json.object(Files.readString(results.resolve("cid/result.json")));
    assertThat(cid).containsEntry("owner", "cid");
    assertThat(cid.get("tests")).isEqualTo(ann.get("tests"));
    assertThat(cid.get("graded_at")).isEqualTo(ann.get("graded_at"));
  }

  @Test
  void aWrongCommandIsSaid() throws Exception {
    class01 = folder.resolve("none");

    assertThat(grade()).isEqualTo(2);
    assertThat(results).doesNotExist();
  }
}
