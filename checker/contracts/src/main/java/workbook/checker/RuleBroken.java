package workbook.checker;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A rule that does not hold, with everything that helps to see why. */
public final class RuleBroken extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String number;
  private final transient Finding finding;

  /**
   * What was found.
   *
   * @param setUp what the rule was tried with; may be empty
   * @param lookAt the learner's type, method and line
   * @param expected what should have been
   * @param butWas what was
   * @param inOrder what happened, in order; may be empty
   */
  public record Finding(
      String setUp, String lookAt, String expected, String butWas, List<String> inOrder) {

    /** The finding as it is shown: label and text of each line that has a text, in order. */
    public Map<String, String> lines() {
      var lines = new LinkedHashMap<String, String>();
      lines.put("set up", setUp);
      lines.put("look at", lookAt);
      lines.put("expected", expected);
      lines.put("but was", butWas);
      lines.put("in order", String.join(" · ", inOrder));
      lines.values().removeIf(String::isEmpty);
      return lines;
    }
  }

  RuleBroken(Rule rule, Finding finding, StackTraceElement[] where) {
    super("[" + rule.number() + "] " + rule.says() + "\n" + text(finding), null);
    this.number = rule.number();
    this.finding = finding;
    setStackTrace(where);
  }

  /** The number of the rule. */
  String number() {
    return number;
  }

  /** What was found. */
  public Finding finding() {
    return finding;
  }

  private static String text(Finding finding) {
    return finding.lines().entrySet().stream()
        .map(line -> "  %-9s %s".formatted(line.getKey() + ":", line.getValue()))
        .collect(Collectors.joining("\n"));
  }
}
