package workbook.runner.grade;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import workbook.checker.Contracts;
import workbook.checker.WorkbookModule;

/** What the rules are worth, as {@code points.properties} says: 1 where it says nothing. */
final class Points {

  /** The file's name, beside this class. */
  static final String FILE = "points.properties";

  private static final int MOST = 1_000;
  private static final Pattern LINE = Pattern.compile("([\\w.]+)\\s*[=:]\\s*(\\S.*)");

  private final Map<String, Integer> weights;

  private Points(Map<String, Integer> weights) {
    this.weights = weights;
  }

  /**
   * The points of this workbook.
   *
   * @throws IllegalArgumentException if a line of the file is wrong; the message names it
   */
  static Points ofTheWorkbook() {
    try (var in = Points.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalArgumentException("there is no file " + FILE);
      }
      return of(new String(in.readAllBytes(), UTF_8).lines().toList(), known());
    } catch (IOException e) {
      throw new UncheckedIOException(FILE + " cannot be read", e);
    }
  }

  private static Set<String> known() {
    return Arrays.stream(WorkbookModule.values())
        .flatMap(module -> Contracts.steps(module).stream())
        .flatMap(step -> step.rules().stream())
        .map(rule -> rule.number())
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Those that the lines of a file say, for the rules that are known. */
  static Points of(List<String> lines, Set<String> known) {
    var weights = new HashMap<String, Integer>();
    for (int i = 0; i < lines.size(); i++) {
      var line = lines.get(i).strip();
      if (!line.isEmpty() && !line.startsWith("#")) {
        var problem = add(line, weights, known);
        if (!problem.isEmpty()) {
          throw new IllegalArgumentException(
              "%s, line %d, \"%s\": %s".formatted(FILE, i + 1, line, problem));
        }
      }
    }
    return new Points(weights);
  }

  /** Adds what a line says, and gives what is wrong with it; empty if nothing is. */
  private static String add(String line, Map<String, Integer> weights, Set<String> known) {
    var parts = LINE.matcher(line);
    if (!parts.matches()) {
      return "a line is a rule's number, = and its points, such as 2.10 = 3";
    }
    var rule = parts.group(1);
    if (!known.contains(rule)) {
      return "there is no rule " + rule;
    }
    if (!parts.group(2).matches("[0-9]{1,4}") || Integer.parseInt(parts.group(2)) > MOST) {
      return "points are whole numbers from 0 to " + MOST + ", not " + parts.group(2);
    }
    return weights.put(rule, Integer.valueOf(parts.group(2))) == null
        ? ""
        : "rule " + rule + " has points in a line before";
  }

  /** What a rule is worth. */
  int of(String rule) {
    return weights.getOrDefault(rule, 1);
  }
}
