package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * A test class as an editor runs it: with the JUnit launcher, on a plain class path, in a JVM that
 * was given no option, in a folder with a space and, where file names can have one, a letter beyond
 * ASCII.
 */
class InAnEditorTest {

  @TempDir Path temp;
  private Path root;

  @BeforeEach
  void copyTheWorkbook() throws IOException {
    var names = Charset.forName(System.getProperty("sun.jnu.encoding"));
    root = temp.resolve(names.newEncoder().canEncode('ö') ? "my wörkbook" : "my workbook");
    copy("chapters/07-health.md");
    copy("exercises/07-health/src");
    copy("solutions/07-health/src");
  }

  private void copy(String name) {
    var from = Workbook.ROOT.resolve(name);
    var files = Files.isRegularFile(from) ? List.of(from) : Workbook.filesIn(from);
    for (var file : files) {
      Workbook.write(root.resolve(Workbook.ROOT.relativize(file).toString()), Workbook.read(file));
    }
  }

  @Test
  void theReference() throws Exception {
    assertThat(run("solutions/07-health", List.of()))
        .containsPattern("07 . Health +10 of 10 rules +chapters/07-health.md")
        .containsPattern("Step 1 +Heartbeat +done")
        .contains("Every rule of this part holds; not run: step 2, step 3.");
    assertThat(root.resolve("solutions/07-health/target"))
        .isDirectoryContaining(file -> file.endsWith("card.txt"))
        .isDirectoryContaining(file -> file.endsWith("card.html"))
        .isDirectoryContaining(file -> file.endsWith("graded.properties"));
  }

  @Test
  void anUntouchedExercise() throws Exception {
    assertThat(run("exercises/07-health", List.of()))
        .contains(" 0 of 10 rules ", "hint 1 of ", "mvn test -pl exercises/07-health -Dstep=1");
  }

  @Test
  void oneRule() throws Exception {
    assertThat(run("solutions/07-health", List.of("-Drule=7.2"))).contains(" 1 of 10 rules ");
  }

  private String run(String module, List<String> options) throws Exception {
    var folder = root.resolve(module);
    var classes = folder.resolve("target/classes");
    var tests = folder.resolve("target/test-classes");
    compile(folder.resolve("src/main/java"), classes, Workshop.CLASS_PATH);
    var classPath = String.join(File.pathSeparator, classes.toString(), Workshop.CLASS_PATH);
    compile(folder.resolve("src/test/java"), tests, classPath);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add("-cp");
    command.add(String.join(File.pathSeparator, tests.toString(), classPath));
    command.addAll(List.of(InAnEditorTest.class.getName(), "workbook.health.HeartbeatTest"));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    try {
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void compile(Path sources, Path to, String classPath) {
    var args = new ArrayList<>(List.of("-d", to.toString(), "-cp", classPath, "-proc:none"));
    args.add("-nowarn");
    Workbook.filesIn(sources).forEach(file -> args.add(file.toString()));
    var javac = ToolProvider.getSystemJavaCompiler();
    assertThat(javac.run(null, null, null, args.toArray(String[]::new))).isZero();
  }

  /** The other end. */
  static void main(String[] args) throws ClassNotFoundException {
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(Class.forName(args[0])))
                .build());
  }
}
