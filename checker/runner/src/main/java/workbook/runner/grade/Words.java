package workbook.runner.grade;

import java.util.Locale;
import workbook.checker.card.GradedRule;
import workbook.checker.card.Verdict;
import workbook.runner.grade.GradedSubmission.Ending;

/** The same words in all that the grader writes. */
final class Words {

  private Words() {}

  static String of(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String of(Ending ending) {
    return switch (ending) {
      case GRADED -> "graded";
      case REFUSED -> "refused";
      case NOT_COMPILED -> "does not compile";
      case NOT_READ -> "cannot be read";
      case ENDED_EARLY -> "ended early";
      case OVER_A_LIMIT -> "over a limit";
    };
  }

  /** Why a rule has the verdict that it has, where it is not in its finding. */
  static String reason(GradedRule rule) {
    var remedy = rule.remedy().isEmpty() ? "" : "; " + rule.remedy();
    return rule.reason().isEmpty() ? of(rule.verdict()) : rule.reason() + remedy;
  }

  /** A text that every file can hold: what XML cannot, and half of a pair, is shown as U+FFFD. */
  static String clean(String text) {
    var clean = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              boolean control = c < ' ' && c != '\t' && c != '\n' && c != '\r';
              boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
              clean.appendCodePoint(control || half || c == 0xFFFE || c == 0xFFFF ? 0xFFFD : c);
            });
    return clean.toString();
  }
}
