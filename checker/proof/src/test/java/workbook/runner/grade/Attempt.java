package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import workbook.runner.grade.GradedSubmission.Ending;

/**
 * A submission that wants more than it deserves, in a file of its own: what it tries; what it
 * begins with; the first statements of the constructor of {@code PeriodicTimer}, files, or both;
 * how it ends; and, where the second wall was tried as well, how it ends when it is not looked at
 * before it runs.
 *
 * @param name the file's name
 * @param base the exercise that it begins with, as it is untouched
 * @param asAClone whether the whole clone is handed in
 * @param constructor statements; empty if there are none
 * @param files path to text
 * @param ends how it ends
 * @param withoutLists how it ends without the lists; null if that was not tried
 */
record Attempt(
    String name,
    String base,
    boolean asAClone,
    String constructor,
    Map<String, String> files,
    End ends,
    @Nullable End withoutLists) {

  private static final Pattern BASE =
      Pattern.compile("It begins with `?(a clone with )?([\\w/-]+)");
  private static final Pattern CONSTRUCTOR =
      Pattern.compile("In the constructor:\\n\\n```java\\n(.*?)\\n```\\n", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile(
          "^`(\\S+)`:\\n\\n```\\w+\\n(.*?)\\n```\\n", Pattern.DOTALL | Pattern.MULTILINE);
  private static final String END =
      "t ends: (\\w+), with (\\d+) rules at most(?:, because \"(.*)\")?";

  /**
   * How a submission ends.
   *
   * @param ending how
   * @param rules how many rules it may keep
   * @param because what the reason names
   */
  record End(Ending ending, int rules, String because) {

    private static @Nullable End read(String before, String text) {
      Matcher end = Pattern.compile(before + END).matcher(text);
      return end.find()
          ? new End(
              Ending.valueOf(end.group(1)),
              Integer.parseInt(end.group(2)),
              end.group(3) == null ? "" : end.group(3))
          : null;
    }
  }

  /** Reads a file. */
  static Attempt read(Path file) {
    try {
      var text = Files.readString(file, UTF_8);
      var base = BASE.matcher(text);
      var ends = End.read("\nI", text);
      if (!base.find() || ends == null) {
        throw new AssertionError(file + " must say what it begins with and how it ends");
      }
      var constructor = CONSTRUCTOR.matcher(text);
      var files = new LinkedHashMap<String, String>();
      FILE.matcher(text).results().forEach(each -> files.put(each.group(1), each.group(2) + "\n"));
      return new Attempt(
          file.getFileName().toString().replace(".md", ""),
          base.group(2),
          base.group(1) != null,
          constructor.find() ? constructor.group(1) : "",
          files,
          ends,
          End.read("\nWithout the lists i", text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes it as it is handed in, to a new folder in this one. */
  void handIn(Path root, Path folder) throws IOException {
    var own = folder.resolve(name);
    var exercise = asAClone ? own.resolve(base) : own;
    try (var sources = Files.walk(root.resolve(base).resolve("src/main"))) {
      for (var file : sources.filter(Files::isRegularFile).toList()) {
        write(
            exercise.resolve(root.resolve(base).relativize(file).toString()),
            Files.readString(file));
      }
    }
    if (!constructor.isEmpty()) {
      var timer = exercise.resolve("src/main/java/workbook/timed/PeriodicTimer.java");
      var gap = "    throw new NotStarted(\"step 1\", \"the constructor of PeriodicTimer\");\n";
      write(timer, Files.readString(timer).replace(gap, constructor + "\n" + gap));
    }
    for (var file : files.entrySet()) {
      write(own.resolve(file.getKey()), file.getValue());
    }
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Override
  public String toString() {
    return name;
  }
}
