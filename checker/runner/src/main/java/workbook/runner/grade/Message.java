package workbook.runner.grade;

import org.jspecify.annotations.Nullable;
import workbook.checker.card.Finding;
import workbook.checker.card.GradedRule;

/**
 * What the checker in a closed process says.
 *
 * @param rule a rule and its verdict, or null
 * @param limit which limit was passed, so that the process ends; or null
 * @param end whether all rules have been run
 */
record Message(@Nullable GradedRule rule, @Nullable String limit, boolean end) {

  private static final int LONGEST_TEXT = 5_000;
  private static final int LONGEST_EVENT = 500;
  private static final int MOST_EVENTS = 300;

  /**
   * A verdict. What a finding quotes of the code under test is cut: it may be as long as it likes.
   */
  static Message of(GradedRule rule) {
    var finding = rule.finding();
    return new Message(finding == null ? rule : rule.with(cut(finding)), null, false);
  }

  private static Finding cut(Finding finding) {
    return new Finding(
        cut(finding.setUp(), LONGEST_TEXT),
        cut(finding.lookAt(), LONGEST_TEXT),
        cut(finding.source(), LONGEST_TEXT),
        cut(finding.expected(), LONGEST_TEXT),
        cut(finding.butWas(), LONGEST_TEXT),
        finding.inOrder().stream()
            .limit(MOST_EVENTS)
            .map(event -> cut(event, LONGEST_EVENT))
            .toList());
  }

  private static String cut(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most) + " …";
  }

  static Message overALimit(String which) {
    return new Message(null, which, false);
  }

  static Message atTheEnd() {
    return new Message(null, null, true);
  }
}
