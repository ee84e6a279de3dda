package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;
import workbook.runner.grade.HonestUse;

/** Nothing that is right is refused by the lists of what a submission may use. */
class HonestUseTest {

  static List<WorkbookModule> modules() {
    return Workbook.modules();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void ofTheSolution(WorkbookModule module) {
    var solution = Workshop.of("solutions/" + module.folder());
    var exercise = Workshop.of("exercises/" + module.folder());
    var files = new TreeSet<String>();
    solution.texts().keySet().stream()
        .filter(path -> path.startsWith("src/main/"))
        .filter(
            path ->
                !Objects.equals(solution.texts().get(path), exercise.texts().get(path))) // given
        .map(path -> path.replaceFirst(".*/", ""))
        .forEach(files::add);
    var classes =
        InMemoryCompiler.compile(solution.folder(), solution.texts(), Workshop.CLASS_PATH);
    assertThat(HonestUse.refused(module, classes, files)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("modules")
  void ofTheRightImplementations(WorkbookModule module) throws ReflectiveOperationException {
    for (var proof : EveryTypeIsProvenTest.proofs()) {
      for (var right : proof.right()) {
        for (var type : right.classes().values()) {
          if (proof.types().getFirst().module() == module) {
            var file = type.getName().replaceFirst(".*\\.", "").replaceFirst("\\$.*", "") + ".java";
            assertThat(HonestUse.refused(module, beside(type), Set.of(file)))
                .as(right.toString())
                .isEmpty();
          }
        }
      }
    }
  }

  /** The class files of a type's package: what a submission would bring along. */
  private static Map<String, byte[]> beside(Class<?> type) {
    try {
      var folder =
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
              .resolve(type.getPackageName().replace('.', '/'));
      var classes = new HashMap<String, byte[]>();
      try (var files = Files.list(folder)) {
        for (var file : files.filter(each -> each.toString().endsWith(".class")).toList()) {
          var name = file.getFileName().toString().replace(".class", "");
          classes.put(type.getPackageName() + "." + name, Files.readAllBytes(file));
        }
      }
      return classes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
