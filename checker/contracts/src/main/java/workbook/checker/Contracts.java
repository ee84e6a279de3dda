package workbook.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import workbook.checker.card.GradedRule;
import workbook.checker.card.GradedStep;
import workbook.checker.card.Verdict;

/** The steps and the rules that there are, whether or not a test class tries them. */
public final class Contracts {

  private Contracts() {}

  /** The steps of a module in order, with rules that were not run. */
  public static List<GradedStep> steps(WorkbookModule module) {
    var steps = new ArrayList<GradedStep>();
    ReflectionSupport.findAllClassesInPackage(
            "workbook.contracts", _ -> true, name -> name.endsWith("Contract"))
        .forEach(
            contract ->
                AnnotationSupport.findAnnotation(contract, Step.class)
                    .filter(step -> step.module() == module)
                    .map(step -> new GradedStep(step.number(), step.type(), rules(contract)))
                    .ifPresent(steps::add));
    steps.sort(Comparator.comparing(GradedStep::number));
    return steps;
  }

  private static List<GradedRule> rules(Class<?> contract) {
    return ofClass(contract).stream()
        .map(
            rule ->
                new GradedRule(
                    rule.number(), rule.says(), rule.check(), Verdict.NOT_RUN, null, "", ""))
        .toList();
  }

  /** The rules that a contract, or a test class that extends it, lists, in their order. */
  static List<Rule> ofClass(Class<?> contract) {
    return AnnotationSupport.findAnnotatedMethods(
            contract, Rule.class, HierarchyTraversalMode.TOP_DOWN)
        .stream()
        .map(method -> RuleOrder.rule(method).orElseThrow())
        .sorted(Comparator.comparing(Rule::number, RuleOrder.BY_NUMBER))
        .toList();
  }
}
