package workbook.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sources that were compiled with the JDK's own compiler, against the class path of this JVM.
 *
 * @param classes name to class file; empty if there were errors
 * @param errors as javac says them; empty if there are none
 */
public record Compiled(Map<String, byte[]> classes, String errors) {

  /**
   * Compiles.
   *
   * @param release the release of Java that is compiled for
   * @param folder where the files are said to be
   * @param texts path from there to text
   */
  public static Compiled of(int release, Path folder, Map<String, String> texts) {
    var sources = new TreeMap<Path, String>();
    texts.forEach((path, text) -> sources.put(folder.resolve(path), text));
    var result = new Compiler(release, folder).compile(new Sources(sources, Map.of()));
    return new Compiled(result.classes(), result.errors());
  }

  /** Writes the class files to an empty folder. */
  public void writeTo(Path folder) throws IOException {
    new Compiler.Result(classes, "").writeTo(folder);
  }
}
