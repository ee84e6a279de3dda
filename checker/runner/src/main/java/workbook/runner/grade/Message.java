package workbook.runner.grade;

import org.jspecify.annotations.Nullable;
import workbook.checker.card.GradedRule;

/**
 * What the checker in a closed process says.
 *
 * @param rule a rule and its verdict, or null
 * @param limit which limit was passed, so that the process ends; or null
 * @param end whether all rules have been run
 */
record Message(@Nullable GradedRule rule, @Nullable String limit, boolean end) {

  static Message of(GradedRule rule) {
    return new Message(rule, null, false);
  }

  static Message overALimit(String which) {
    return new Message(null, which, false);
  }

  static Message atTheEnd() {
    return new Message(null, null, true);
  }
}
