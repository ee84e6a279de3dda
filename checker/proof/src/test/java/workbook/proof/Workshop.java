package workbook.proof;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The sources of an exercise or a solution, to be changed and compiled in memory. A value: a change
 * gives another one.
 *
 * @param folder where they come from; its resources are seen by the compiled classes
 * @param texts file name to text; the name begins at the folder, with forward slashes
 */
record Workshop(Path folder, Map<String, String> texts) {

  private static final Map<Path, Unchanged> UNCHANGED = new ConcurrentHashMap<>();

  /** The class path of this JVM; surefire hides it behind a jar that has only a manifest. */
  static final String CLASS_PATH =
      System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));

  Workshop {
    texts = Map.copyOf(texts);
  }

  /** The sources below a folder such as {@code solutions/01-timed}. */
  static Workshop of(String name) {
    return in(Workbook.ROOT.resolve(name));
  }

  private static Workshop in(Path folder) {
    var texts = new HashMap<String, String>();
    for (var file : Workbook.filesIn(folder.resolve("src"))) {
      if (file.toString().endsWith(".java")) {
        texts.put(folder.relativize(file).toString().replace('\\', '/'), Workbook.read(file));
      }
    }
    if (texts.isEmpty()) {
      throw new AssertionError("no Java file in " + folder.resolve("src"));
    }
    return new Workshop(folder, texts);
  }

  /** The same with one place of one file replaced. */
  Workshop with(Patch patch) {
    return with(
        patch.file(),
        text -> {
          int found = text.split(Pattern.quote(patch.find()), -1).length - 1;
          if (found != 1) {
            throw new AssertionError(
                "%s must contain this once, but does %d times:%n%s"
                    .formatted(patch.file(), found, patch.find()));
          }
          return text.replace(patch.find(), patch.replace());
        });
  }

  /** The same with another text in the file that has this name. */
  Workshop with(String name, UnaryOperator<String> change) {
    var file = path(name);
    return withFile(file, change.apply(Objects.requireNonNull(texts.get(file), file)));
  }

  /** The same with a test class that makes another class in the place of the type's own. */
  Workshop withClass(String type, String test, String other) {
    return with(new Patch(test + ".java", "new " + type + "(", "new " + other + "("));
  }

  /** The same with a file added or replaced. */
  Workshop withFile(String file, String text) {
    var changed = new HashMap<>(texts);
    changed.put(file, text);
    return new Workshop(folder, changed);
  }

  /** The same with a file added beside the one that has this name, in its package. */
  Workshop withBeside(String name, String added, String text) {
    var path = path(name);
    var itsPackage =
        Objects.requireNonNull(texts.get(path), path)
            .lines()
            .filter(line -> line.startsWith("package "))
            .findFirst();
    return withFile(
        path.substring(0, path.lastIndexOf('/') + 1) + added,
        text.replaceFirst("package .*;", itsPackage.orElseThrow()));
  }

  /** The path of the file with this name. */
  private String path(String name) {
    var paths = texts.keySet().stream().filter(p -> p.endsWith("/" + name)).toList();
    if (paths.size() != 1) {
      throw new AssertionError(folder + " must contain one " + name + ", but has " + paths);
    }
    return paths.getFirst();
  }

  /** Compiles, and gives the classes in a loader of their own. */
  CompiledClasses compile() {
    var unchanged = UNCHANGED.computeIfAbsent(folder, _ -> Unchanged.of(folder));
    var changed = new TreeMap<>(texts);
    changed.entrySet().removeIf(file -> file.getValue().equals(unchanged.texts.get(file.getKey())));
    var bytes = new TreeMap<>(unchanged.bytes);
    bytes.putAll(
        InMemoryCompiler.compile(
            folder, changed, unchanged.classes + File.pathSeparator + CLASS_PATH));
    return new CompiledClasses(folder, bytes);
  }

  /**
   * A folder as it is, compiled once: what is changed is then compiled against it, which saves most
   * of the time.
   */
  private record Unchanged(Map<String, String> texts, Map<String, byte[]> bytes, Path classes) {

    static Unchanged of(Path folder) {
      var texts = Workshop.in(folder).texts;
      var bytes = InMemoryCompiler.compile(folder, texts, CLASS_PATH);
      return new Unchanged(texts, bytes, CompiledClasses.inFolder(bytes));
    }
  }

  /**
   * One place in one file, and what stands there instead.
   *
   * @param file the file's simple name
   * @param find occurs once in the file
   * @param replace the new text
   */
  record Patch(String file, String find, String replace) {}
}
