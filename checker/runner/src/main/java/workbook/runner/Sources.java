package workbook.runner;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The Java files of a module as they are at one moment: a value.
 *
 * @param texts file to text
 * @param saved when each was saved, so that one that is saved as it was is saved, too
 */
record Sources(Map<Path, String> texts, Map<Path, FileTime> saved) {

  /** The folders that hold them. */
  static List<Path> folders(Path module) {
    return List.of(module.resolve("src/main/java"), module.resolve("src/test/java"));
  }

  /** Reads them. A file that vanishes meanwhile is not there. */
  static Sources of(Path module) {
    var texts = new TreeMap<Path, String>();
    var saved = new TreeMap<Path, FileTime>();
    for (var folder : folders(module)) {
      for (var file : javaFiles(folder)) {
        try {
          saved.put(file, Files.getLastModifiedTime(file));
          texts.put(file, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
          saved.remove(file);
        }
      }
    }
    return new Sources(texts, saved);
  }

  private static List<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException | UncheckedIOException e) {
      return List.of(); // a folder that vanishes meanwhile
    }
  }
}
