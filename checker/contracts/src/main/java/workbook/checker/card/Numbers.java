package workbook.checker.card;

import java.util.ArrayList;
import java.util.List;

/** Numbers of rules, as a reader wants them. */
final class Numbers {

  private static final int A_RUN = 3;

  private Numbers() {}

  /**
   * Numbers with a blank between them, runs folded.
   *
   * @param some what to name, in the order of the card
   * @param all all rules of the card: a run has no other between its rules
   * @return such as {@code 2.3 2.10 to 2.13}
   */
  static String folded(List<GradedRule> some, List<GradedRule> all) {
    var parts = new ArrayList<String>();
    for (int i = 0; i < some.size(); ) {
      int end = i + 1;
      int at = all.indexOf(some.get(i));
      while (end < some.size() && all.indexOf(some.get(end)) == at + end - i) {
        end++;
      }
      if (end - i >= A_RUN) {
        parts.add(some.get(i).number() + " to " + some.get(end - 1).number());
      } else {
        some.subList(i, end).forEach(rule -> parts.add(rule.number()));
      }
      i = end;
    }
    return String.join(" ", parts);
  }
}
