package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run in which nothing was tried that was asked for is not taken for a good one. */
class NoRuleNoPassTest {

  private static final String GRADE = "mvn -q test -pl solutions/07-health";
  private static final String TESTS = "solutions/07-health/src/test/java/workbook/health";

  private static Clone clone;

  @BeforeAll
  static void clone(@TempDir Path work) throws Exception {
    assumeTrue(Files.exists(Workbook.ROOT.resolve(".git")), "nothing to clone");
    clone = new Clone(work);
  }

  @AfterEach
  void restore() throws Exception {
    assertThat(clone.run("git restore solutions exercises && git clean -fdq exercises").exit())
        .isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "-Drule=7.2, 1 of 10 rules",
    "-Dstep=1, 10 of 10 rules",
    "-Dtest=HeartbeatTest#age, rules"
  })
  void aPartOfAModule(String part, String said) throws Exception {
    var ran = clone.run(GRADE + " " + part);
    assertThat(ran.printed()).contains(said).doesNotContain("ERROR");
    assertThat(ran.exit()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-Drule=7.99", "-Drule=7.2,7.98", "-Dstep=9", "-Dgroups=stp-1", "-Dtest=NoTest"})
  void whatIsNotThereIsNamed(String part) throws Exception {
    var ran = clone.run(GRADE + " " + part);
    assertThat(ran.printed())
        .contains(
            part.replace("7.2,", ""),
            "solutions/07-health",
            """
             There are
              -Drule=7.1 to 7.41
              -Dstep=1, 2, 3
              -Dtest=HealthChecksTest,
                     HealthHandlerTest,
                     HeartbeatTest
            """);
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void aStepWithoutItsTest() throws Exception {
    Files.delete(clone.folder().resolve(TESTS).resolve("HeartbeatTest.java"));
    var ran = clone.run(GRADE);
    assertThat(ran.printed())
        .contains(
            "The test of step 1, HeartbeatTest.java, is missing:",
            "git restore solutions/07-health/src/test");
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void noTests() throws Exception {
    assertThat(clone.run("rm " + TESTS + "/*").exit()).isZero();
    var ran = clone.run(GRADE);
    assertThat(ran.printed()).contains("The tests of the steps 1, 2, 3 are missing:");
    assertThat(ran.exit()).isEqualTo(1);
  }

  /** As Maven 4 does it: the tests print no card, and do not fail the build by themselves. */
  @Test
  void theCardCanBeShownAfterTheTests() throws Exception {
    var later = " -Dcard.shown=later -Dmaven.test.failure.ignore";
    var kept = clone.run(GRADE + " -Dstep=1" + later);
    assertThat(kept.printed()).containsOnlyOnce("10 of 10 rules");
    assertThat(kept.exit()).isZero();
    var untouched = clone.run("mvn -q test -pl exercises/07-health" + later);
    assertThat(untouched.printed()).containsOnlyOnce("0 of 41 rules");
    assertThat(untouched.exit()).isEqualTo(1);
  }

  @Test
  void aStepThatIsDisabled() throws Exception {
    var file = clone.folder().resolve(TESTS).resolve("HeartbeatTest.java");
    var off = "@org.junit.jupiter.api.Disabled\nclass HeartbeatTest";
    Workbook.write(file, Workbook.read(file).replace("class HeartbeatTest", off));
    var ran = clone.run(GRADE);
    assertThat(ran.printed())
        .contains("31 of 41 rules", "Not every rule was tried: the card above says which");
    assertThat(ran.exit()).isEqualTo(1);
  }

  /** With Maven 4 the card decides, and this one says that all is well. */
  @Test
  void anEndThatComesAfterTheCard() throws Exception {
    var file = clone.folder().resolve(TESTS).resolve("OwnTest.java");
    Workbook.write(
        file,
        """
        package workbook.health;

        class OwnTest {
          @org.junit.jupiter.api.Test
          void own() {
            var runtime = Runtime.getRuntime();
            runtime.addShutdownHook(new Thread(() -> runtime.halt(3)));
          }
        }
        """);
    try {
      var ran = clone.run(GRADE + " -Dcard.shown=later -Dmaven.test.failure.ignore");
      assertThat(ran.printed()).contains("Failed to execute goal");
      assertThat(ran.exit()).isEqualTo(1);
      var card = clone.folder().resolve("solutions/07-health/target/card.txt");
      assertThat(card).content().contains("41 of 41 rules");
    } finally {
      Files.delete(file);
    }
  }

  /** What JUnit, the checker or the log would take for its own is not taken, and is named. */
  @Test
  void nothingOfTheLearnersConfiguresTheRun() throws Exception {
    var exercise = clone.folder().resolve("exercises/07-health");
    assertThat(clone.run("cp -r solutions/07-health/src/main exercises/07-health/src/").exit())
        .isZero();
    var files =
        Map.of(
            "resources/junit-platform.properties",
            "junit.platform.execution.dryRun.enabled=true\n",
            "resources/META-INF/services/org.junit.platform.launcher.PostDiscoveryFilter",
            "workbook.health.None\n",
            "resources/logback-test.xml",
            "<configuration><root level='OFF'/></configuration>\n",
            "java/workbook/checker/WasGraded.java",
            "package workbook.checker;\npublic class WasGraded { static void main() {} }\n",
            "java/org/junit/jupiter/api/Test.java",
            "package org.junit.jupiter.api;\npublic @interface Test {}\n");
    files.forEach((name, text) -> Workbook.write(exercise.resolve("src/main/" + name), text));
    var ran = clone.run("mvn -q test -pl exercises/07-health");
    assertThat(ran.printed()).contains("41 of 41 rules", "take it out");
    files.keySet().forEach(name -> assertThat(ran.printed()).contains("src/main/" + name));
    assertThat(ran.exit()).isEqualTo(1);
  }

  @Test
  void withoutTestsNothingIsAskedFor() throws Exception {
    assertThat(clone.run(GRADE + " -DskipTests").exit()).isZero();
  }
}
