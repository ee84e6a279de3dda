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
 * @param steps the steps that were graded, in order
 * @param ownFailures the tests of the learner's own that failed, each on one line
 */
public record Card(WorkbookModule module, List<GradedStep> steps, List<String> ownFailures)
    implements Serializable {

  /** All rules of the steps that were graded. */
  public Stream<GradedRule> rules() {
    return steps.stream().flatMap(step -> step.rules().stream());
  }

  /** How many of them have a verdict. */
  public long count(Verdict verdict) {
    return rules().filter(rule -> rule.verdict() == verdict).count();
  }

  /** The first rule that neither holds nor is skipped: what to do next. */
  public Optional<GradedRule> next() {
    return rules()
        .filter(rule -> rule.verdict() != Verdict.HOLDS && rule.verdict() != Verdict.SKIPPED)
        .findFirst();
  }

  /** The step of a rule. */
  public GradedStep stepOf(GradedRule rule) {
    return steps.stream().filter(step -> step.rules().contains(rule)).findFirst().orElseThrow();
  }
}
