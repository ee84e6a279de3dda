package workbook.checker.card;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * A rule and what a run said about it.
 *
 * @param number such as {@code 2.10}
 * @param says its sentence
 * @param check what to check when it is broken
 * @param verdict the verdict
 * @param finding what was found; not null if and only if the rule is broken
 * @param reason why the rule is not decided or skipped, or which gap was reached; else empty
 * @param remedy what gives a verdict where none was reached; else empty
 */
public record GradedRule(
    String number,
    String says,
    String check,
    Verdict verdict,
    @Nullable Finding finding,
    String reason,
    String remedy)
    implements Serializable {

  /** The same with another finding. */
  public GradedRule with(Finding other) {
    return new GradedRule(number, says, check, verdict, other, reason, remedy);
  }
}
