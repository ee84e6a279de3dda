package workbook.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What {@code @NullMarked} promises is kept: only what is marked {@code @Nullable} is ever null.
 * NullAway looks at the sources here, and not whenever they are compiled, so that neither a
 * learner's build nor the JVM that Maven runs in has to bear it.
 */
class NullnessTest {

  /** Modules over libraries that only their own class path has. */
  private static final List<String> APART =
      List.of("solutions/06-recurring-quartz", "solutions/06-recurring-jobrunr");

  private static final String NULL_AWAY =
      "-Xplugin:ErrorProne -XepDisableAllChecks -Xep:NullAway:ERROR"
          + " -XepOpt:NullAway:OnlyNullMarked=true -XepOpt:NullAway:JSpecifyMode=true";

  private static final Pattern PACKAGE =
      Pattern.compile("^(@NullMarked\\s+)?package ([\\w.]+);", Pattern.MULTILINE);

  @TempDir Path classes;

  @ParameterizedTest
  @ValueSource(strings = {"checker", "solutions", "exercises"})
  void onlyWhatIsMarkedIsEverNull(String side) throws Exception {
    var apart = APART.stream().map(Workbook.ROOT::resolve).toList();
    var sources =
        sources(Workbook.ROOT.resolve(side))
            .filter(file -> apart.stream().noneMatch(file::startsWith))
            .toList();
    assertThat(errors(sources, Workshop.CLASS_PATH)).as("errors in %s", side).isEmpty();
  }

  @Test
  void onlyWhatIsMarkedIsEverNullInModulesApart() throws Exception {
    var classPath = Workbook.ROOT.resolve(APART.getLast()).resolve("target/classpath.txt");
    assumeTrue(Files.exists(classPath), "build it first: mvn -q compile -pl " + APART.getLast());
    var sources =
        APART.stream()
            .map(Workbook.ROOT::resolve)
            .flatMap(NullnessTest::sources)
            .filter(file -> !file.toString().contains("test"))
            .toList();
    assertThat(errors(sources, Files.readString(classPath).strip())).isEmpty();
  }

  @Test
  void everyPackageIsMarked() {
    var marked = new TreeSet<String>();
    var all = new TreeSet<String>();
    for (var side : List.of("checker", "solutions", "exercises")) {
      for (var file : sources(Workbook.ROOT.resolve(side)).toList()) {
        var name = PACKAGE.matcher(Workbook.read(file));
        assertThat(name.find()).as("%s is in a package", file).isTrue();
        all.add(side + " " + name.group(2));
        if (name.group(1) != null) {
          marked.add(side + " " + name.group(2));
        }
      }
    }
    assertThat(marked).isEqualTo(all);
  }

  @Test
  void findsANullThatIsNotMarked(@TempDir Path folder) throws Exception {
    var info = folder.resolve("package-info.java");
    var wrong = folder.resolve("Wrong.java");
    Files.writeString(info, "@org.jspecify.annotations.NullMarked package wrong;");
    Files.writeString(
        wrong,
        """
        package wrong;
        class Wrong {
          String name(java.util.Map<String, String> names) {
            return names.get("a");
          }
        }
        """);
    assertThat(errors(List.of(info, wrong), Workshop.CLASS_PATH))
        .singleElement()
        .asString()
        .contains("Wrong.java:4", "[NullAway] returning @Nullable expression");
  }

  private static Stream<Path> sources(Path folder) {
    return Workbook.filesIn(folder).stream()
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> file.toString().contains(File.separator + "java" + File.separator));
  }

  private List<String> errors(List<Path> sources, String classPath) throws Exception {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var found = new DiagnosticCollector<JavaFileObject>();
    try (var files = compiler.getStandardFileManager(found, Locale.ROOT, UTF_8)) {
      var options =
          List.of(
              // what Error Prone asks for: each class is looked at as soon as it is understood
              "-XDcompilePolicy=simple",
              "--should-stop=ifError=FLOW",
              "-proc:none",
              "-Xlint:none",
              "-Xmaxerrs",
              "1000",
              NULL_AWAY,
              "-processorpath",
              Workshop.CLASS_PATH,
              "-classpath",
              classPath,
              "-d",
              classes.toString());
      compiler
          .getTask(null, files, found, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(Object::toString)
        .toList();
  }
}
