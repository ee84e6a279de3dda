package workbook.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import workbook.checker.Contracts;
import workbook.checker.WorkbookModule;

/**
 * A workbook that has one module only, done, in a folder of its own, and a watch on it in a process
 * of its own that is told keys and prints to a pipe.
 */
final class WatchedModule implements AutoCloseable {

  /** The last line of what is shown once all rules have been tried. */
  static final String KEYS = "q: quit";

  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xmx128m",
          "-Djdk.trackAllThreads=true",
          "-Dchecker.patience=0.1",
          "--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final Path file;
  private final List<String> options;
  private final String done;
  private final StringBuffer printed = new StringBuffer();
  private @Nullable Process process;
  private Thread reader = Thread.currentThread(); // until there is something to read
  private int seen; // so much of what is printed belongs to what was done before

  /**
   * Module 01, in a new folder within this one; whatever waits in vain does so for a short time.
   */
  WatchedModule(Path parent) {
    this(parent, Workbook.modules().getFirst(), OPTIONS);
  }

  /**
   * A module, in a new folder within this one.
   *
   * @param options of the JVM that runs the rules
   */
  WatchedModule(Path parent, WorkbookModule module, List<String> options) {
    var root = parent.resolve("Übung am Abend");
    this.options = options;
    var solution = Workbook.ROOT.resolve("solutions").resolve(module.folder());
    folder = root.resolve("exercises").resolve(module.folder());
    copy(solution, folder);
    copy(solution, root.resolve("solutions").resolve(module.folder()));
    var type = Contracts.steps(module).getFirst().type() + ".java";
    file =
        Workbook.filesIn(folder.resolve("src/main/java")).stream()
            .filter(each -> each.endsWith(type))
            .findFirst()
            .orElseThrow();
    done = Workbook.read(file);
  }

  private static void copy(Path from, Path folder) {
    for (var each : Workbook.filesIn(from.resolve("src"))) {
      Workbook.write(folder.resolve(from.relativize(each).toString()), Workbook.read(each));
    }
  }

  /** The folder of the module. */
  Path folder() {
    return folder;
  }

  /** The learner's file. */
  Path file() {
    return file;
  }

  /** Saves the learner's file with a statement of the constructor put before the others. */
  void save(String statement) {
    var first = "    // A period of more than 292 years counts as that.\n";
    write(done.replace(first, "    " + statement + "\n" + first));
  }

  /** Saves it as it is when all is done. */
  void saveDone() {
    write(done);
  }

  /** Saves it so, with a comment that it has not had. */
  void saveDone(String comment) {
    write(done + "// " + comment + "\n");
  }

  private void write(String text) {
    seen = printed.length();
    Workbook.write(file, text);
  }

  /** Starts a watch, with its input open or closed. */
  WatchedModule start(boolean inputOpen, String... variables) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    command.add("-Dstdout.encoding=UTF-8");
    command.addAll(List.of("-cp", Workshop.CLASS_PATH, "workbook.runner.Watch", "25"));
    command.addAll(options);
    var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().put("COLUMNS", "1000");
    for (var variable : variables) {
      builder.environment().put(variable.split("=")[0], variable.split("=")[1]);
    }
    var started = builder.start();
    process = started;
    if (!inputOpen) {
      started.getOutputStream().close();
    }
    reader = Thread.ofPlatform().daemon().start(() -> read(started.getInputStream()));
    return this;
  }

  private void read(InputStream in) {
    try (var reader = new InputStreamReader(in, UTF_8)) {
      for (int c = reader.read(); c >= 0; c = reader.read()) {
        printed.append((char) c);
      }
    } catch (IOException e) {
      printed.append("(closed)");
    }
  }

  /** Presses keys, each in a line of its own; Enter alone is the empty text. */
  void press(String keys) {
    seen = printed.length();
    try {
      var out = process().getOutputStream();
      out.write((keys + "\n").getBytes(UTF_8));
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What has been printed since the last save or key, once it holds a text and then the keys. */
  String shows(String text) {
    try {
      await().atMost(LIMIT).pollInterval(Duration.ofMillis(20)).until(() -> isShown(text));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("waited for \"%s\"; shown was:%n%s".formatted(text, since()), e);
    }
    return since();
  }

  /** Waits for a text among what has been printed since the last save or key. */
  void awaitPrinted(String text) {
    long limit = System.nanoTime() + LIMIT.toNanos();
    while (!since().contains(text)) {
      if (System.nanoTime() - limit > 0) {
        throw new AssertionError("waited for \"%s\"; shown was:%n%s".formatted(text, since()));
      }
      LockSupport.parkNanos(200_000);
    }
  }

  private boolean isShown(String text) {
    int at = since().indexOf(text);
    return at >= 0 && since().indexOf(KEYS, at) >= 0;
  }

  private String since() {
    return printed.substring(seen);
  }

  /** The exit code, and all that was printed. */
  LearnersRun.Ended ended() throws InterruptedException {
    if (!process().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("still running; so far it printed:\n" + printed);
    }
    reader.join();
    return new LearnersRun.Ended(process().exitValue(), printed.toString());
  }

  private Process process() {
    return Objects.requireNonNull(process, "not started");
  }

  @Override
  public void close() {
    if (process != null) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
