package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import workbook.checker.card.GradedRule;

/**
 * Runs the rules on one submission, in a JVM of its own with an empty folder, no environment and
 * limits. Only verdicts that the checker signed there count.
 *
 * <p><b>Threads.</b> Each is used from one thread.
 */
final class ClosedProcess {

  /** How long no rule may end: each has limits of its own, which are far shorter. */
  private static final Duration SILENCE = Duration.ofMinutes(3);

  /** How long all rules may take together: some fifty seconds on a busy machine. */
  private static final Duration WHOLE = Duration.ofMinutes(20);

  /** What a JVM needs of the environment: Windows to run it, others to read names of files. */
  private static final Set<String> KEPT = Set.of("SYSTEMROOT", "LC_ALL", "LC_CTYPE", "LANG");

  private static final int LONGEST_LINE = 4_000_000;

  /** What H2 may load by its name for who writes SQL: its own server, and the checker's trigger. */
  private static final String OF_H2 =
      "org.h2.server.TcpServer,workbook.contracts.recurring.DeleteWatch";

  /** What may be made of bytes that are read: nothing of the checker's, and no library's. */
  private static final String OF_BYTES =
      "java.**;workbook.recurring.**;workbook.hosting.**;com.github.kagkarlsson.**;!*";

  /** Where there is one, it limits what a process and its children may write to one file. */
  private static final Path SHELL = Path.of("/bin/sh");

  private static final String LIMITED = "ulimit -f 65536; exec \"$@\""; // of 512 bytes: 32 MB

  /** What the JVM itself must not do for the code in it. */
  private static final List<String> CLOSED =
      List.of(
          "-XX:+DisableAttachMechanism",
          "-XX:-UsePerfData",
          "-XX:MaxMetaspaceSize=256m",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:+DisplayVMOutputToStderr",
          "-Djdk.attach.allowAttachSelf=false",
          "-Dh2.allowedClasses=" + OF_H2,
          "-Djdk.serialFilter=" + OF_BYTES,
          "--sun-misc-unsafe-memory-access=deny",
          "--illegal-native-access=deny",
          "-Djava.awt.headless=true",
          "-Dfile.encoding=UTF-8",
          "-Duser.language=en",
          "-Duser.country=US",
          "-Dstderr.encoding=UTF-8");

  private final Path folder;
  private final List<String> options;
  private final Set<ProcessHandle> children = new HashSet<>(); // that have been seen

  /**
   * A process that works in an empty folder.
   *
   * @param folder the folder
   * @param options of the JVM
   */
  ClosedProcess(Path folder, List<String> options) {
    this.folder = folder;
    this.options = options;
  }

  /**
   * What a run came to.
   *
   * @param rules those with a signed verdict: number to rule
   * @param toTheEnd whether all rules have been run
   * @param reason why they have not; else empty
   * @param overALimit whether a limit is the reason
   */
  record Result(
      Map<String, GradedRule> rules, boolean toTheEnd, String reason, boolean overALimit) {}

  /** Runs all rules, and ends the process and its children, whatever happens. */
  Result run(Path classes, List<String> tests) throws IOException, InterruptedException {
    var secret = new byte[Seal.SECRET];
    new SecureRandom().nextBytes(secret);
    var process = start();
    try {
      drop(process.getErrorStream());
      var plan = new DataOutputStream(process.getOutputStream());
      plan.write(secret);
      plan.writeUTF(classes.toString());
      plan.writeUTF(String.join(" ", tests));
      plan.flush();
      return read(process, new Seal(secret));
    } finally {
      end(process);
    }
  }

  private Process start() throws IOException {
    var all = new ArrayList<>(options);
    all.addAll(CLOSED);
    all.add("-Djava.io.tmpdir=" + folder);
    all.add("-Duser.home=" + folder);
    var builder = java(all, ClosedWorker.class).directory(folder.toFile());
    if (Files.isExecutable(SHELL)) {
      builder.command().addAll(0, List.of(SHELL.toString(), "-c", LIMITED, "java"));
    }
    return builder.start();
  }

  /** A JVM with the class path of this one, and next to no environment. */
  static ProcessBuilder java(List<String> options, Class<?> main) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> !KEPT.contains(name.toUpperCase(Locale.ROOT)));
    return builder;
  }

  /** What the code prints is nobody's: it is read, so that the code need not wait, and dropped. */
  static void drop(InputStream printed) {
    Thread.ofPlatform()
        .daemon()
        .name("printed")
        .start(
            () -> {
              try (printed) {
                printed.transferTo(OutputStream.nullOutputStream());
              } catch (IOException e) {
                // it has ended
              }
            });
  }

  private Result read(Process process, Seal seal) throws InterruptedException {
    var rules = new TreeMap<String, GradedRule>();
    var lines = new Lines(process);
    long begin = System.nanoTime();
    while (true) {
      var line = lines.next(SILENCE);
      process.descendants().forEach(children::add);
      if (System.nanoTime() - begin > WHOLE.toNanos()) {
        return new Result(
            rules, false, "it takes more than " + WHOLE.toMinutes() + " minutes", true);
      }
      if (line == null) {
        return lines.isOver()
            ? new Result(rules, false, "the program ended the checker", false)
            : new Result(
                rules, false, "no rule has ended for " + SILENCE.toMinutes() + " minutes", true);
      }
      var message = seal.opened(line);
      if (message.isEmpty()) {
        return new Result(
            rules, false, "something that the checker had not signed came over its channel", false);
      }
      if (message.get().limit() != null) {
        return new Result(rules, false, message.get().limit(), true);
      }
      if (message.get().end()) {
        return new Result(rules, true, "", false);
      }
      var rule = message.get().rule();
      if (rule != null) {
        rules.putIfAbsent(rule.number(), rule);
      }
    }
  }

  private void end(Process process) throws InterruptedException {
    process
        .descendants()
        .forEach(children::add); // those of a process that has ended have no parent
    process.destroyForcibly();
    children.forEach(ProcessHandle::destroyForcibly);
    process.waitFor(1, TimeUnit.MINUTES);
  }

  /** The lines of a process, with a limit on how long and how far they are waited for. */
  private static final class Lines {

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>(10_000);
    private static final String END = "";
    private boolean over;

    Lines(Process process) {
      Thread.ofPlatform()
          .daemon()
          .name("verdicts")
          .start(
              () -> {
                try (var in = new BufferedInputStream(process.getInputStream())) {
                  for (var line = line(in); line != null; line = line(in)) {
                    lines.put(line.isEmpty() ? "?" : line);
                  }
                } catch (IOException | InterruptedException e) {
                  // it has ended
                } finally {
                  lines.offer(END);
                }
              });
    }

    /** The next line; null if there is none, or none in time. */
    @Nullable String next(Duration limit) throws InterruptedException {
      var line = lines.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
      over = END.equals(line);
      return over ? null : line;
    }

    boolean isOver() {
      return over;
    }

    private static @Nullable String line(InputStream in) throws IOException {
      var line = new ByteArrayOutputStream();
      for (int c = in.read(); c != '\n'; c = in.read()) {
        if (c < 0 || line.size() > LONGEST_LINE) {
          return line.size() == 0 && c < 0 ? null : "?";
        }
        line.write(c);
      }
      return line.toString(US_ASCII);
    }
  }
}
