package workbook.checker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands in a module's folder and would be taken by JUnit, the checker or the log for its own.
 * The build does not take it, so that it has no effect; but whoever wrote it may think that it has.
 */
final class Foreign {

  private static final Pattern NAMES =
      Pattern.compile(
          "(main|test)/resources/(META-INF/.*|junit-platform\\.properties|logback.*\\.xml)"
              + "|(main|test)/java/(?!workbook/).*\\.java"
              + "|(main|test)/java/workbook/(checker|contracts|hosting|http)/.*\\.java");

  private Foreign() {}

  /** The files, as paths from the folder {@code src} of a module. */
  static List<String> in(Path src) {
    if (!Files.isDirectory(src)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(src)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> src.relativize(file).toString().replace('\\', '/'))
          .filter(file -> NAMES.matcher(file).matches())
          .map(file -> "src/" + file)
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot be listed: " + src, e);
    }
  }
}
