package workbook.proof;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import workbook.checker.WorkbookModule;

/** The files of the workbook. */
public final class Workbook {

  /** The folder that the workbook stands in. */
  public static final Path ROOT =
      Path.of(System.getProperty("workbook.root", "../..")).toAbsolutePath().normalize();

  private Workbook() {}

  /** The modules whose folders are there. */
  static List<WorkbookModule> modules() {
    return Arrays.stream(WorkbookModule.values())
        .filter(module -> Files.isDirectory(ROOT.resolve("solutions/" + module.folder() + "/src")))
        .toList();
  }

  /** The regular files below a folder, in order. */
  static List<Path> filesIn(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file's text. */
  static String read(Path file) {
    try {
      return Files.readString(file).replace("\r\n", "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a file, and the folders that it is in. */
  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
