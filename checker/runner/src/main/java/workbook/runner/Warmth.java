package workbook.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What warms a spare JVM: the rules, run on the reference of the module. They do there what they do
 * with the learner's code, and nothing that could harm the JVM.
 */
final class Warmth {

  private final Path reference;
  private final Path classes;
  private final int release;
  private @Nullable List<String> tests; // of what is compiled

  /**
   * Warmth for a module.
   *
   * @param module its folder
   * @param classes where the reference is compiled to
   * @param release the release of Java that is compiled for
   */
  Warmth(Path module, Path classes, int release) {
    this.reference = module.resolve("../../solutions").normalize().resolve(module.getFileName());
    this.classes = classes;
    this.release = release;
  }

  /**
   * Sees to it that there is a spare JVM, and that it gets warm; cool where there is no reference.
   */
  void give(Workers workers) throws IOException {
    if (tests == null) {
      var compiled = new Compiler(release, reference).compile(Sources.of(reference).texts());
      Files.createDirectories(classes);
      compiled.writeTo(classes);
      tests = compiled.tests();
    }
    workers.prepare(List.of(classes.toString()), tests);
  }
}
