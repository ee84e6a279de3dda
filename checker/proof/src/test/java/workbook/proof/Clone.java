package workbook.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A fresh clone of the workbook's last commit, in which commands are run as in a terminal. */
final class Clone {

  /** How long a command may take. */
  static final Duration LIMIT = Duration.ofMinutes(5);

  private static final String JAVA = Path.of(System.getProperty("java.home"), "bin").toString();

  private final Path work;
  private final Path folder;

  /**
   * Clones.
   *
   * @param work an empty folder, for the clone and what commands print
   */
  Clone(Path work) throws Exception {
    this.work = work;
    folder = work.resolve("clone");
    var root = Workbook.ROOT.toString().replace(File.separatorChar, '/');
    assertThat(run(work, "git clone -q '" + root + "' clone").exit()).isZero();
    // what it would do without a local repository of its own, with the one that is at hand
    var config = folder.resolve(".mvn/maven.config");
    var repository = System.getProperty("maven.repo.local", "");
    if (!repository.isEmpty()) {
      Files.writeString(
          config, Files.readString(config).strip() + "\n-Dmaven.repo.local=" + repository + "\n");
    }
  }

  /** The clone's own folder. */
  Path folder() {
    return folder;
  }

  /** Runs a command in the clone to its end. */
  Ran run(String command) throws Exception {
    return run(folder, command);
  }

  /** Starts a command in the clone. */
  Running start(String command) throws Exception {
    return new Running(folder, command);
  }

  private Ran run(Path in, String command) throws Exception {
    var running = new Running(in, command);
    try {
      return new Ran(running.end(), running.printed());
    } finally {
      running.kill();
    }
  }

  /**
   * A command that has ended.
   *
   * @param exit its exit code
   * @param printed what it printed
   */
  record Ran(int exit, String printed) {}

  /** A command in a process group of its own, as a terminal would start it. */
  final class Running {

    private final Path output;
    private final Path group;
    private final Process process;

    private Running(Path folder, String command) throws Exception {
      output = Files.createTempFile(work, "output", "");
      group = Files.createTempFile(work, "group", "");
      var starts =
          new ProcessBuilder(
                  "bash",
                  "-c",
                  "set -m; (" + command + ") & echo $! >\"$0\"; wait $!",
                  group.toString())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      // a chapter that says java means a JDK 25
      starts.environment().merge("PATH", JAVA, (path, java) -> java + File.pathSeparator + path);
      process = starts.start();
    }

    String printed() {
      return Workbook.read(output);
    }

    void awaitPrinted(String text) {
      await()
          .atMost(LIMIT)
          .untilAsserted(() -> assertThat(printed()).containsPattern(Pattern.compile(text)));
    }

    void interrupt() throws Exception {
      signal("INT");
    }

    int end() throws Exception {
      assertThat(process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS))
          .as("ended; printed:%n%s", printed())
          .isTrue();
      return process.exitValue();
    }

    void kill() throws Exception {
      if (process.isAlive()) {
        signal("KILL");
        process.destroyForcibly();
      }
    }

    private void signal(String name) throws Exception {
      new ProcessBuilder("bash", "-c", "kill -" + name + " -- -$(cat '" + group + "')")
          .start()
          .waitFor();
    }
  }
}
