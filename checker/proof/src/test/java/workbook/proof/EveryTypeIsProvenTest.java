package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import workbook.checker.WorkbookModule;

/** However the types are shared out among the subclasses of {@link ModuleProof}. */
class EveryTypeIsProvenTest {

  private static final Path TESTS = Workbook.ROOT.resolve("checker/proof/src/test/java");

  static List<WorkbookModule> modules() {
    return Workbook.modules().stream()
        .filter(module -> !Workbook.filesIn(BrokenFile.folder(module)).isEmpty())
        .toList();
  }

  @Test
  void byOneClass() throws ReflectiveOperationException {
    var proven = proofs().stream().flatMap(proof -> proof.broken().stream()).map(Broken::toString);
    var types = modules().stream().flatMap(module -> TypeUnderTest.of(module).stream());
    var broken = types.flatMap(type -> type.broken().stream()).map(Broken::toString);
    assertThat(proven.sorted().toList()).isEqualTo(broken.sorted().toList());
  }

  /** Nothing is broken that is no type of its module. */
  @ParameterizedTest
  @MethodSource("modules")
  void everyFileIsOfAType(WorkbookModule module) {
    var folders = TypeUnderTest.of(module).stream().map(TypeUnderTest::folder).toList();
    assertThat(Workbook.filesIn(BrokenFile.folder(module)))
        .allSatisfy(file -> assertThat(file.getParent()).isIn(folders));
  }

  static List<ModuleProof> proofs() throws ReflectiveOperationException {
    var proofs = new ArrayList<ModuleProof>();
    for (var file : Workbook.filesIn(TESTS)) {
      if (file.toString().endsWith("ProofTest.java")) {
        var name = TESTS.relativize(file).toString().replaceAll("[/\\\\]", ".");
        proofs.add((ModuleProof) constructor(name.replaceFirst("\\.java$", "")).newInstance());
      }
    }
    return proofs;
  }

  private static Constructor<?> constructor(String name) throws ReflectiveOperationException {
    var constructor = Class.forName(name).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor;
  }
}
