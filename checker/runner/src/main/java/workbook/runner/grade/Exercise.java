package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import workbook.checker.WorkbookModule;

/**
 * A module as the instructor has it: what the learner begins with, what is given, and the tests.
 *
 * @param module the module
 * @param folder the exercise's folder
 * @param pack the path of its package, such as {@code workbook/queue}
 * @param skeletons the files that the learner fills in: name to text
 * @param given the files that are the same in exercise and solution: name to text
 * @param tests the test classes: name to text
 */
record Exercise(
    WorkbookModule module,
    Path folder,
    String pack,
    Map<String, String> skeletons,
    Map<String, String> given,
    Map<String, String> tests) {

  /** Reads the module in a workbook. */
  static Exercise of(Path root, WorkbookModule module) throws IOException {
    var folder = root.resolve("exercises").resolve(module.folder());
    var main = folder.resolve("src/main/java");
    Path pack;
    try (var below = Files.list(main.resolve("workbook"))) {
      pack = below.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    var relative = main.relativize(pack).toString().replace('\\', '/');
    var solution = root.resolve("solutions").resolve(module.folder()).resolve("src/main/java");
    var skeletons = new TreeMap<String, String>();
    var given = new TreeMap<String, String>();
    texts(pack)
        .forEach(
            (name, text) -> {
              var same = text.equals(readOrEmpty(solution.resolve(relative).resolve(name)));
              (same ? given : skeletons).put(name, text);
            });
    var tests = texts(folder.resolve("src/test/java").resolve(relative));
    return new Exercise(module, folder, relative, skeletons, given, tests);
  }

  private static Map<String, String> texts(Path folder) throws IOException {
    var texts = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file, UTF_8));
      }
    }
    return texts;
  }

  private static String readOrEmpty(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  /** The package's name. */
  String packageName() {
    return pack.replace('/', '.');
  }

  /** The names of files that a submission cannot have: they would stand in the place of others. */
  Set<String> taken() {
    var taken = new TreeSet<>(tests.keySet());
    taken.removeAll(skeletons.keySet());
    return taken;
  }
}
