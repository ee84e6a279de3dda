package workbook.runner.grade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import workbook.checker.card.GradedRule;
import workbook.checker.card.Verdict;
import workbook.runner.grade.GradedSubmission.Ending;

/**
 * What a submission came to, in points. A rule that holds gives all its points. What was skipped
 * cannot be tried on this machine, whoever wrote it: it does not count, neither in the points nor
 * in the maximum. What is not decided gives no points yet and stays in the maximum, since it may be
 * the submission's doing: the instructor is told its name and its points, and decides.
 *
 * @param points those that it has for sure
 * @param max those that it could have
 * @param rules what counts, each rule once: its number to what it came to
 */
record Score(int points, int max, Map<String, OfRule> rules) {

  /**
   * What a rule came to.
   *
   * @param rule the rule and its verdict
   * @param step the number of its step
   * @param holds whether it gives its points
   * @param max those that it could give
   */
  record OfRule(GradedRule rule, int step, boolean holds, int max) {

    /** The points that it gives. */
    int points() {
      return holds ? max : 0;
    }

    /** Whether the instructor is to decide, or to know that it was not tried. */
    boolean isOpen() {
      return rule.verdict() == Verdict.NOT_DECIDED || rule.verdict() == Verdict.SKIPPED;
    }
  }

  /** The score of a submission. */
  static Score of(GradedSubmission graded, Points points) {
    var rules = new LinkedHashMap<String, OfRule>();
    for (var step : graded.card().steps()) {
      for (var rule : step.rules()) {
        int max = rule.verdict() == Verdict.SKIPPED ? 0 : points.of(rule.number());
        boolean holds = rule.verdict() == Verdict.HOLDS && graded.ending() != Ending.REFUSED;
        rules.putIfAbsent(rule.number(), new OfRule(rule, step.number(), holds, max));
      }
    }
    return new Score(
        rules.values().stream().mapToInt(OfRule::points).sum(),
        rules.values().stream().mapToInt(OfRule::max).sum(),
        rules);
  }

  /** The rules that the instructor is told of by name: not decided, or skipped. */
  List<OfRule> open() {
    return rules.values().stream().filter(OfRule::isOpen).toList();
  }

  /** The most points that it has if the instructor decides for it wherever nothing is decided. */
  int upTo() {
    return points + open().stream().mapToInt(OfRule::max).sum();
  }

  /** In words, such as {@code 12 of 56}, or {@code 12 to 14 of 56} where some are not decided. */
  String inWords() {
    return upTo() == points
        ? "%d of %d".formatted(points, max)
        : "%d to %d of %d".formatted(points, upTo(), max);
  }
}
