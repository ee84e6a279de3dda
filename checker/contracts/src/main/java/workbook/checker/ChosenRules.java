package workbook.checker;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves of a run what {@code -Drule=2.13} and {@code -Dstep=2} name; several are named with commas
 * between them. Without either, all is left. Registered with the JUnit Platform as a service, so it
 * works from Maven and from an editor.
 */
public final class ChosenRules implements PostDiscoveryFilter {

  static final String RULE = "rule";
  static final String STEP = "step";

  @Override
  public FilterResult apply(TestDescriptor test) {
    var rules = named(System.getProperty(RULE, ""));
    var steps = named(System.getProperty(STEP, ""));
    if (rules.isEmpty() && steps.isEmpty()
        || !(test.getSource().orElse(null) instanceof MethodSource method)) {
      return FilterResult.included("not chosen by rules");
    }
    var step = AnnotationSupport.findAnnotation(method.getJavaClass(), Step.class);
    var rule = RuleOrder.rule(method.getJavaMethod());
    return FilterResult.includedIf(
        step.isPresent()
            && rule.isPresent()
            && (rules.isEmpty() || rules.contains(rule.get().number()))
            && (steps.isEmpty() || steps.contains(String.valueOf(step.get().number()))));
  }

  /** The parts of a list with commas. */
  static Set<String> named(String list) {
    return Arrays.stream(list.split(","))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toSet());
  }
}
