package workbook.proof;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The one format of chapters, checker and solutions; {@link #main} applies it. Exercises are left
 * alone.
 */
final class Format {

  private Format() {}

  static void main(String[] args) throws IOException, FormatterException {
    for (var file : unformatted(Path.of(args[0]), true)) {
      System.out.println("formatted " + file);
    }
  }

  /** The files that are not in the format; written anew if so asked. */
  static List<Path> unformatted(Path root, boolean write) throws IOException, FormatterException {
    var formatter = new Formatter();
    var found = new ArrayList<Path>();
    for (var file : sources(root)) {
      var source = Files.readString(file);
      var formatted = formatter.formatSourceAndFixImports(source);
      if (!formatted.equals(source)) {
        found.add(root.relativize(file));
        if (write) {
          Files.writeString(file, formatted);
        }
      }
    }
    return found;
  }

  private static List<Path> sources(Path root) throws IOException {
    var sources = new ArrayList<Path>();
    for (var side : List.of("chapters", "checker", "solutions")) {
      try (var files = Files.walk(root.resolve(side))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }
}
