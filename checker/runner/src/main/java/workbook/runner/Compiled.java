package workbook.runner;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a compilation came to.
 *
 * @param classes name to class file; empty if there were errors
 * @param errors as javac says them, those of main code first; empty if there are none
 */
public record Compiled(Map<String, byte[]> classes, String errors) {

  /** Writes the class files, and removes what else is in the folder. */
  public void writeTo(Path folder) throws IOException {
    var written = new HashSet<Path>();
    for (var entry : classes.entrySet()) {
      var file = folder.resolve(entry.getKey().replace('.', '/') + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
      written.add(file);
    }
    for (var file : filesIn(folder)) {
      if (!written.contains(file)) {
        Files.delete(file);
      }
    }
  }

  private static List<Path> filesIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  /** The names of the test classes. */
  List<String> tests() {
    return classes.keySet().stream().filter(name -> name.endsWith("Test")).toList();
  }
}
