package workbook.checker.card;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import workbook.checker.WorkbookModule;

/**
 * What a run came to.
 *
 * @param module the module that was graded
 * @param folder its folder from the root of the workbook, such as {@code exercises/02-queue}
 * @param steps the steps that were graded, in order
 * @param ownFailures the tests of the learner's own that failed, each on one line
 */
public record Card(
    WorkbookModule module, String folder, List<GradedStep> steps, List<String> ownFailures)
    implements Serializable {

  /** All rules of the steps that were graded. */
  public Stream<GradedRule> rules() {
    return steps.stream().flatMap(step -> step.rules().stream());
  }

  /** How many of them have a verdict. */
  public long count(Verdict verdict) {
    return rules().filter(rule -> rule.verdict() == verdict).count();
  }

  /**
   * What to do next: the first rule that is broken, else the first that is not decided or not
   * started. None if all that was tried holds.
   */
  public Optional<GradedRule> next() {
    return first(Verdict.BROKEN)
        .or(
            () ->
                rules()
                    .filter(
                        rule ->
                            rule.verdict() == Verdict.NOT_DECIDED
                                || rule.verdict() == Verdict.NOT_STARTED)
                    .findFirst());
  }

  private Optional<GradedRule> first(Verdict verdict) {
    return rules().filter(rule -> rule.verdict() == verdict).findFirst();
  }

  /**
   * The number of the step in which the next thing is to be done: that of the gap that was reached,
   * or of the rule.
   */
  public Optional<Integer> nextStep() {
    return next().map(rule -> Parts.gapStep(rule, stepOf(rule)));
  }

  /** The step of a rule. */
  public GradedStep stepOf(GradedRule rule) {
    return steps.stream().filter(step -> step.rules().contains(rule)).findFirst().orElseThrow();
  }
}
