package workbook.runner;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import workbook.checker.ReportCard;

/**
 * Where a watch is looked at. Text is plain; only where there is a terminal that understands it is
 * the screen cleared.
 */
final class Terminal {

  private static final int WIDTH = 80; // where nobody knows
  private static final int NARROWEST = 20;
  private static final String CLEAR = "\u001b[H\u001b[2J\u001b[3J";

  private final PrintStream out;
  private final Map<String, String> environment;
  private final boolean isOne; // not a file or a pipe
  private final boolean clears;

  private Terminal(PrintStream out, Map<String, String> environment, boolean isOne) {
    this.out = out;
    this.environment = environment;
    this.isOne = isOne;
    this.clears = isOne && understands(environment);
  }

  /** The one that this JVM was started in. */
  static Terminal ofThisJvm() {
    var console = System.console();
    return new Terminal(System.out, System.getenv(), console != null && console.isTerminal());
  }

  private static boolean understands(Map<String, String> environment) {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return windows
        ? environment.containsKey("WT_SESSION") || environment.containsKey("TERM")
        : !environment.getOrDefault("TERM", "dumb").equals("dumb");
  }

  /** Shows a text in the place of what was shown before. */
  void show(String text) {
    var fitting = fit(text, width());
    out.print((clears ? CLEAR : "") + ReportCard.plainFor(out.charset(), fitting));
    out.flush();
  }

  /** Shows a text below what was shown before. */
  void add(String text) {
    out.print(ReportCard.plainFor(out.charset(), fit(text, width())));
    out.flush();
  }

  /** How many columns there are, by COLUMNS or else by what the terminal says. */
  private int width() {
    var said = environment.getOrDefault("COLUMNS", "");
    if (!said.matches("\\d{1,4}") && isOne) {
      said = stty("size").replaceFirst("\\d+ (\\d+)", "$1");
    }
    int width = said.matches("\\d{1,4}") ? Integer.parseInt(said) : WIDTH;
    return width < NARROWEST ? WIDTH : width;
  }

  /**
   * Has each key come at once instead of each line, where that can be had.
   *
   * @return whether it can
   */
  boolean keysComeAtOnce() {
    var before = isOne ? stty("-g") : "";
    if (before.isEmpty()) {
      return false;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stty(before)));
    stty("-icanon", "min", "1");
    return true;
  }

  /** What the program says that knows terminals; nothing where there is no such program. */
  private static String stty(String... args) {
    var command = new ArrayList<>(List.of("stty"));
    command.addAll(List.of(args));
    try {
      var stty =
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      var said = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      return stty.waitFor() == 0 ? said : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  /** Breaks the lines that are too long at spaces; what follows is indented as the line was. */
  static String fit(String text, int width) {
    return text.lines()
        .flatMap(line -> fitLine(line, width).stream())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static List<String> fitLine(String line, int width) {
    var lines = new ArrayList<String>();
    int indented = line.length() - line.stripLeading().length();
    var indent = " ".repeat(Math.min(indented, width / 2));
    var rest = line;
    while (rest.length() > width) {
      int at = rest.lastIndexOf(' ', width);
      if (rest.substring(0, Math.max(at, 0)).isBlank()) {
        at = width; // one long word, such as a path
      }
      lines.add(rest.substring(0, at).stripTrailing());
      rest = indent + rest.substring(at).stripLeading();
    }
    lines.add(rest);
    return lines;
  }
}
