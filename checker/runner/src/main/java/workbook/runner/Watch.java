package workbook.runner;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Grades a module at each save, until it is told to end. The working directory is the folder of the
 * module. The exit code is 0 when the watch was ended with a key; when its input was closed, it is
 * 0 only if every rule that was tried holds.
 */
public final class Watch {

  private Watch() {}

  /**
   * Watches.
   *
   * @param args the release of Java that is compiled for, and the options of the JVM that runs the
   *     rules
   */
  static void main(String[] args) {
    System.exit(watch(Path.of("").toAbsolutePath(), List.of(args)));
  }

  private static int watch(Path module, List<String> args) {
    var terminal = Terminal.ofThisJvm();
    if (!Files.isDirectory(module.resolve("src/main/java"))) {
      terminal.add("There is nothing to watch: " + module + " has no src/main/java.");
      return 1;
    }
    var work = module.resolve("target").resolve("watch");
    try (var lock = lock(work)) {
      if (lock == null) {
        terminal.add("Another watch is on " + module + ": end that one first, with q.");
        return 1;
      }
      var options = args.subList(1, args.size());
      return new Session(module, work, Integer.parseInt(args.getFirst()), options, terminal).run();
    } catch (IOException e) {
      terminal.add("The watch cannot write to " + work + ": " + e);
      return 1;
    }
  }

  /** A lock that this process holds while it lives; null if another one does. */
  private static @Nullable FileLock lock(Path work) throws IOException {
    Files.createDirectories(work);
    var file =
        FileChannel.open(work.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return file.tryLock();
  }
}
