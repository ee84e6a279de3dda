package workbook.proof;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import workbook.checker.ReportCard;
import workbook.checker.card.Card;
import workbook.proof.Workshop.Patch;

/** What a learner sees: runs tests with the JUnit Platform launcher and gives what was printed. */
final class LearnersRun {

  private LearnersRun() {}

  /** Runs all tests in this JVM. */
  static String card(Workshop sources) {
    return card(sources.compile().tests());
  }

  /** Runs test classes in this JVM. */
  static String card(List<Class<?>> tests) {
    var printed = new ByteArrayOutputStream();
    var out = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      run(tests);
    } finally {
      System.setOut(out);
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** Runs test classes in this JVM, and gives the card itself. */
  static Card graded(List<Class<?>> tests) {
    var cards = new ArrayList<Card>();
    var out = System.out;
    System.setOut(new PrintStream(OutputStream.nullOutputStream()));
    try {
      run(tests, new ReportCard(cards::add));
    } finally {
      System.setOut(out);
    }
    return cards.getLast();
  }

  private static void run(List<Class<?>> tests, TestExecutionListener... listeners) {
    var request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(
                tests.stream().map(test -> selectClass(test)).toArray(DiscoverySelector[]::new))
            .build();
    LauncherFactory.create().execute(request, listeners);
  }

  /**
   * What a JVM of its own did.
   *
   * @param exit its exit code
   * @param printed what it printed
   */
  record Ended(int exit, String printed) {}

  /** Runs the tests of a changed solution in a JVM of its own, in a locale of the system's. */
  static Ended inOwnJvm(String folder, String test, Patch patch, String locale)
      throws IOException, InterruptedException {
    return inOwnJvm(List.of(), folder, test, patch, locale);
  }

  /** The same, with a command before the JVM's, such as {@code nohup}. */
  static Ended inOwnJvm(List<String> before, String folder, String test, Patch patch, String locale)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-Xmx64m"));
    command.add("-Dworkbook.root=" + Workbook.ROOT);
    command.addAll(List.of("-cp", Workshop.CLASS_PATH, LearnersRun.class.getName()));
    command.addAll(List.of(folder, test, patch.file(), patch.find(), patch.replace()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LC_ALL", locale);
    var process = builder.start();
    try {
      var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("still running; so far it printed:\n" + printed);
      }
      return new Ended(process.exitValue(), printed);
    } finally {
      process.destroyForcibly();
    }
  }

  /** The other end of {@link #inOwnJvm}. */
  static void main(String[] args) {
    var sources = Workshop.of(args[0]).with(new Patch(args[2], args[3], args[4]));
    run(List.of(sources.compile().test(args[1])));
  }
}
