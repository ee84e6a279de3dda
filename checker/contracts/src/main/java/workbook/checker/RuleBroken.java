package workbook.checker;

import java.util.stream.Collectors;
import workbook.checker.card.Finding;

/** A rule that does not hold, with everything that helps to see why. */
public final class RuleBroken extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String number;
  private final transient Finding finding;

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
