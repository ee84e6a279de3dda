package workbook.runner.grade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler in a process of its own. */
class CompilingProcessTest {

  private static final int RELEASE = Runtime.version().feature();

  private static final String MEMORY = "-Xmx256m";

  @TempDir Path folder;

  @Test
  void compilesAgainAndAgain() throws Exception {
    try (var compiler = new CompilingProcess()) {
      var good = compiler.compile(RELEASE, folder, Map.of("a/Größe.java", "class Größe {}"));
      assertThat(good.errors()).isEmpty();
      assertThat(good.classes()).containsOnlyKeys("Größe");

      var bad = compiler.compile(RELEASE, folder, Map.of("a/Größe.java", "class Größe {"));
      assertThat(bad.errors()).contains("Größe.java:1: error: ");
      assertThat(bad.classes()).isEmpty();

      var again = compiler.compile(RELEASE, folder, Map.of("a/Größe.java", "class Größe {}"));
      assertThat(again.classes().get("Größe")).isEqualTo(good.classes().get("Größe"));
    }
  }

  @Test
  void isNotWaitedForWithoutAnEnd() throws Exception {
    try (var compiler = new CompilingProcess(Duration.ofMillis(1), MEMORY)) { // no javac is as fast
      assertThatExceptionOfType(CompilingProcess.TookTooLong.class)
          .isThrownBy(() -> compiler.compile(RELEASE, folder, Map.of("A.java", "class A {}")))
          .withMessage("the compiler was not done after 0 s");
    }
  }

  @Test
  void saysThatItHasEnded() throws Exception {
    var compiler = new CompilingProcess();
    compiler.close();
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> compiler.compile(RELEASE, folder, Map.of("A.java", "class A {}")));
  }

  @Test
  void isOfNoUseWithoutMemory() throws Exception {
    try (var compiler = new CompilingProcess(Duration.ofMinutes(1), "-Xmx12m")) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> compiler.compile(RELEASE, folder, Map.of("A.java", "class A {}")))
          .withMessage("the compiler gave up");
    }
  }
}
