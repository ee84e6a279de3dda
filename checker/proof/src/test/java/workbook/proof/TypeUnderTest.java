package workbook.proof;

import java.nio.file.Path;
import java.util.List;
import workbook.checker.WorkbookModule;

/**
 * A type that a learner writes, and that a contract grades.
 *
 * @param module its module
 * @param name its simple name; its test class is named after it
 */
record TypeUnderTest(WorkbookModule module, String name) {

  /** The types of a module: those that its solution has a test class of. */
  static List<TypeUnderTest> of(WorkbookModule module) {
    return Workshop.of("solutions/" + module.folder()).compile().tests().stream()
        .map(test -> new TypeUnderTest(module, test.getSimpleName().replaceFirst("Test$", "")))
        .toList();
  }

  String test() {
    return name + "Test";
  }

  Workshop solution() {
    return Workshop.of("solutions/" + module.folder());
  }

  /** The folder of its broken implementations. */
  Path folder() {
    return BrokenFile.folder(module).resolve(name);
  }

  /** Its broken implementations, in the order of their names. */
  List<Broken> broken() {
    return Workbook.filesIn(folder()).stream().map(file -> BrokenFile.read(this, file)).toList();
  }
}
