package workbook.checker.card;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import workbook.checker.WorkbookModule;

/** Where the workbook is on this machine, as far as that can be found out. */
public final class WorkbookFolder {

  private static final String SOURCES = "src/main/java";
  private static final Pattern PLACE = Pattern.compile(".*\\((.+\\.java):(\\d+)\\)");

  private WorkbookFolder() {}

  /**
   * The folder of the whole workbook: what the build says, or the nearest one above the working
   * directory that has chapters.
   */
  public static Optional<Path> root() {
    var said = System.getProperty("workbook.root", "");
    if (!said.isBlank() && hasChapters(Path.of(said))) {
      return Optional.of(Path.of(said));
    }
    for (var p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
      if (hasChapters(p)) {
        return Optional.of(p);
      }
    }
    return Optional.empty();
  }

  private static boolean hasChapters(Path folder) {
    return Files.isDirectory(folder.resolve("chapters"))
        && Files.isDirectory(folder.resolve("exercises"));
  }

  /**
   * The folder of the module that a test class belongs to: the one that the build names, or else
   * one above the file that it was loaded from.
   */
  public static Optional<Path> module(Class<?> test) {
    var said = System.getProperty("workbook.module", "");
    if (!said.isBlank()) {
      return root().map(root -> root.resolve(said));
    }
    try {
      var source = test.getProtectionDomain().getCodeSource();
      if (source == null || !"file".equals(source.getLocation().getProtocol())) {
        return Optional.empty();
      }
      for (var p = Path.of(source.getLocation().toURI()); p != null; p = p.getParent()) {
        if (Files.isDirectory(p.resolve(SOURCES))) {
          return Optional.of(p);
        }
      }
      return Optional.empty();
    } catch (URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** How a module is named to the build, from the root of the workbook. */
  public static String name(Optional<Path> folder, WorkbookModule module) {
    var said = System.getProperty("workbook.module", "");
    if (!said.isBlank()) {
      return said;
    }
    return folder
        .filter(f -> f.getNameCount() > 1)
        .map(f -> f.getName(f.getNameCount() - 2) + "/" + f.getFileName())
        .filter(name -> name.startsWith("exercises/") || name.startsWith("solutions/"))
        .orElse("exercises/" + module.folder());
  }

  /**
   * The line of source at a place.
   *
   * @param module the folder of the module
   * @param place such as {@code PeriodicTimer.close (PeriodicTimer.java:51)}
   * @return the line without its indentation, or an empty text if it cannot be read
   */
  public static String line(Path module, String place) {
    var named = PLACE.matcher(place);
    if (!named.matches()) {
      return "";
    }
    try (var files = Files.walk(module.resolve(SOURCES))) {
      var file = files.filter(f -> f.endsWith(named.group(1))).findFirst();
      var lines = file.isEmpty() ? null : Files.readAllLines(file.get());
      int line = Integer.parseInt(named.group(2));
      return lines == null || line > lines.size() ? "" : lines.get(line - 1).strip();
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }
}
