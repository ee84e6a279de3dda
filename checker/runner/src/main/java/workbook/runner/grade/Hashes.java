package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What tells that the same sources were graded by the same checker. */
final class Hashes {

  private Hashes() {}

  /** Of the sources that are graded: names and texts, and the module. */
  static String of(Submission submission) {
    var digest = sha256();
    digest.update(String.valueOf(submission.module()).getBytes(UTF_8));
    new TreeMap<>(submission.learners())
        .forEach(
            (name, text) -> {
              var bytes = text.getBytes(UTF_8);
              digest.update((name + " " + bytes.length + "\n").getBytes(UTF_8));
              digest.update(bytes);
            });
    digest.update(submission.problem().getBytes(UTF_8));
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Of the checker: every class on this JVM's class path, and what is graded with it. What the
   * rules are worth is not in it: no verdict depends on that.
   */
  static String ofTheChecker(Path root, String options) throws IOException {
    var digest = sha256();
    digest.update((options + Runtime.version()).getBytes(UTF_8));
    for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      var path = Path.of(entry);
      if (Files.isDirectory(path)) {
        addAll(digest, path);
      } else if (Files.isRegularFile(path)) {
        digest.update((path.getFileName() + " " + Files.size(path)).getBytes(UTF_8));
      }
    }
    for (var side : List.of("exercises", "solutions")) { // what both have alike is given
      try (Stream<Path> modules = Files.list(root.resolve(side))) {
        for (var module : modules.sorted().toList()) {
          if (Files.isDirectory(module.resolve("src"))) {
            addAll(digest, module.resolve("src"));
          }
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void addAll(MessageDigest digest, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
        if (file.endsWith(Points.FILE)) {
          continue;
        }
        digest.update(folder.relativize(file).toString().getBytes(UTF_8));
        digest.update(Files.readAllBytes(file));
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
