package workbook.checker.process;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.Trial;
import workbook.checker.VirtualTime;

/**
 * A real JVM of its own that runs a class of the checker on the learner's classes: for what a test
 * cannot do to its own process, such as ending it. What it prints is read as it comes. It ends with
 * the trial at the latest.
 *
 * <p><b>Threads.</b> To be used from the rule's own thread.
 */
public final class ChildJvm {

  private static final Duration LOOK = Duration.ofMillis(100);

  /** Names, in the child, the word that only the checker there knows; of use to {@link #tell}. */
  private static final String WORD = "checker.word";

  private static final PrintStream OUT = System.out;

  private final Trial trial;
  private final Process process;
  private final String word = UUID.randomUUID() + " ";
  private final List<String> lines = new ArrayList<>(); // these two guarded by lines
  private boolean ended; // nothing more will be printed
  private final Thread reader;

  /**
   * Starts a JVM.
   *
   * @param trial with which it ends
   * @param learners a class of the learner's, such as the contract itself ({@code getClass()}): its
   *     class path is the child's
   * @param options for the JVM, such as {@code -Duser.timezone=Asia/Kolkata}
   * @param main the class with the main method
   * @param args its arguments
   */
  public ChildJvm(
      Trial trial, Class<?> learners, List<String> options, Class<?> main, String... args) {
    this.trial = trial;
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // it lives for a moment: what starts fastest is best
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto"));
    command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"));
    command.add("--add-exports=java.base/jdk.internal.vm=ALL-UNNAMED"); // for LiveThreads
    command.add("-D" + WORD + "=" + word.strip());
    command.addAll(options);
    command.addAll(List.of("-classpath", classPath(learners), main.getName()));
    command.addAll(List.of(args));
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new UncheckedIOException("no second JVM could be started", e);
    }
    trial.mayLast(Patience.PROCESS.limit());
    trial.afterwards(this::kill);
    reader = Thread.ofPlatform().daemon().name(VirtualTime.HELPER + " reader").start(this::read);
  }

  /** The lines that it has printed so far, on both of its outputs, in order. */
  public List<String> lines() {
    synchronized (lines) {
      return lines.stream().map(line -> line.replace(word, "")).toList();
    }
  }

  /** What the checker's own code there has told so far, in order: nobody else can tell anything. */
  public List<String> told() {
    synchronized (lines) {
      return lines.stream()
          .filter(line -> line.contains(word))
          .map(line -> line.substring(line.indexOf(word) + word.length()))
          .toList();
    }
  }

  /** In the child: tells the checker something, on one line. */
  public static void tell(String line) {
    OUT.println(System.getProperty(WORD, "") + " " + line);
  }

  /**
   * Expects that it prints a line.
   *
   * @param expected what should come about, in words
   * @param text what the line holds
   */
  public void expectLine(String expected, String text) {
    trial.expectThat(expected, waitForLine(text), printed());
  }

  /**
   * Waits until it prints a line or ends.
   *
   * @param text what the line holds
   * @return whether it has printed the line
   */
  public boolean waitForLine(String text) {
    var limit = limit();
    synchronized (lines) {
      while (lines.stream().noneMatch(line -> line.contains(text))) {
        if (ended || limit.hasPassed()) {
          return false;
        }
        waitForNextLine();
      }
      return true;
    }
  }

  /** A limit that begins now, for what the process is to do. */
  public Limit limit() {
    return limit(Patience.PROCESS.limit());
  }

  /** A limit that begins now, for what the process is to do. */
  public Limit limit(Duration time) {
    return Limit.of(time, new WorkOfAnother(process.toHandle()));
  }

  private void waitForNextLine() {
    try {
      lines.wait(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the rule was cut off", e);
    }
  }

  /**
   * Gives the rule up where a process cannot be asked to end, but only be killed.
   *
   * @param trial the trial of the rule
   */
  public static void skipWithoutSignals(Trial trial) {
    if (!hasSignals()) {
      throw trial.skip("this platform has no POSIX signals to ask a process with");
    }
  }

  /**
   * Whether a process can be asked to end, which takes signals. {@code -Dchecker.signals=false}
   * makes believe that there are none.
   */
  public static boolean hasSignals() {
    return !System.getProperty("checker.signals", "").equals("false")
        && ProcessHandle.current().supportsNormalTermination();
  }

  /** Asks it to end: SIGTERM. May be repeated. Its output can still be read. */
  public void terminate() {
    trial.note("SIGTERM");
    process.toHandle().destroy(); // the process's own method would close its output, too
  }

  /** Ends it at once: SIGKILL where there are signals. */
  public void kill() {
    process.destroyForcibly();
    process.descendants().forEach(ProcessHandle::destroyForcibly);
  }

  /** Whether it still runs. */
  public boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Writes a line to its standard input.
   *
   * @param line without its end
   */
  public void say(String line) {
    try {
      var out = process.outputWriter();
      out.write(line + "\n");
      out.flush();
    } catch (IOException e) {
      trial.note("the child no longer listens");
    }
  }

  /**
   * Expects that it ends, and gives its exit code. All that it has printed can be read then.
   *
   * @param expected what should be, in words
   * @return the exit code; 128 + n if signal n ended it
   */
  public int expectExit(String expected) {
    try {
      var limit = limit();
      while (!process.waitFor(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        trial.expectThat(expected, !limit.hasPassed(), "the process still runs; " + printed());
      }
      trial.expectSoon(
          "its output ends with it", () -> !reader.isAlive(), () -> "another process holds it");
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("the rule was cut off", e);
    }
  }

  /** The last lines of its output in words, for a finding. */
  public String printed() {
    var all = lines();
    return all.isEmpty()
        ? "the process printed nothing"
        : "the process printed: "
            + String.join(" | ", all.subList(Math.max(0, all.size() - 12), all.size()));
  }

  private void read() {
    try (BufferedReader reader = process.inputReader()) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        printed(line, false);
      }
      printed(null, true);
    } catch (IOException e) {
      printed("(its output was closed)", true);
    }
  }

  private void printed(@Nullable String line, boolean last) {
    synchronized (lines) {
      if (line != null) {
        lines.add(line);
      }
      ended = last;
      lines.notifyAll();
    }
  }

  private static String classPath(Class<?> learners) {
    try {
      var folders = // of a class loader that is not the JVM's own, its root folders
          Collections.list(learners.getClassLoader().getResources("")).stream()
              .filter(url -> url.getProtocol().equals("file"))
              .map(url -> Path.of(URI.create(url.toString())).toString());
      var own =
          System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
      return Stream.concat(folders, Stream.of(own)).collect(Collectors.joining(File.pathSeparator));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
