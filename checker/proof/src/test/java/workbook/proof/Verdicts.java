package workbook.proof;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import workbook.checker.Rule;
import workbook.checker.RuleBroken;
import workbook.checker.RuleNotDecided;
import workbook.checker.RuleNotStarted;
import workbook.checker.Step;
import workbook.checker.card.Finding;

/** Grades compiled classes by running their contracts. */
final class Verdicts {

  /** Rule numbers as a reader counts: 1.9 before 1.10. */
  static final Comparator<String> BY_NUMBER =
      Comparator.<String>comparingInt(number -> part(number, 0))
          .thenComparingInt(number -> part(number, 1));

  private Verdicts() {}

  /** What a rule came to. */
  enum Outcome {
    HOLDS,
    BROKEN,
    NOT_DECIDED,
    NOT_STARTED,
    SKIPPED
  }

  /**
   * One rule's verdict.
   *
   * @param step the step's number
   * @param rule the rule
   * @param outcome what it came to
   * @param thrown what its test threw, null if nothing
   */
  record Verdict(int step, Rule rule, Outcome outcome, @Nullable Throwable thrown) {

    String number() {
      return rule.number();
    }

    /** What was found, or null if the rule holds or did not end in words. */
    @Nullable Finding finding() {
      return thrown instanceof RuleBroken broken ? broken.finding() : null;
    }

    @Override
    public String toString() {
      return "[" + number() + "] " + outcome + (thrown == null ? "" : "\n" + thrown.getMessage());
    }
  }

  /** Grades all rules of the given test classes, in the order in which they ran. */
  static List<Verdict> of(List<Class<?>> tests) {
    var selectors = new ArrayList<DiscoverySelector>();
    tests.forEach(test -> selectors.add(selectClass(test)));
    return run(selectors);
  }

  /** Grades some rules of a test class. */
  static List<Verdict> of(Class<?> test, Predicate<String> numbers) {
    var selectors = new ArrayList<DiscoverySelector>();
    for (var method : rules(test)) {
      if (numbers.test(ruleOf(method).number())) {
        selectors.add(selectMethod(test, method));
      }
    }
    return selectors.isEmpty() ? List.of() : run(selectors);
  }

  /** What fails a run of a test class besides its rules. */
  static List<Throwable> failuresOutsideRules(Class<?> test) {
    return EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(test))
        .execute()
        .containerEvents()
        .finished()
        .stream()
        .flatMap(
            event -> event.getRequiredPayload(TestExecutionResult.class).getThrowable().stream())
        .toList();
  }

  /** The rule numbers of a test class. */
  static Set<String> numbers(Class<?> test) {
    return rules(test).stream()
        .map(method -> ruleOf(method).number())
        .collect(Collectors.toCollection(() -> new TreeSet<>(BY_NUMBER)));
  }

  /** The methods of a test class that are rules. */
  static List<Method> rules(Class<?> test) {
    return AnnotationSupport.findAnnotatedMethods(
        test, Rule.class, HierarchyTraversalMode.TOP_DOWN);
  }

  static Rule ruleOf(Method method) {
    return AnnotationSupport.findAnnotation(method, Rule.class).orElseThrow();
  }

  /** Runs something with limits that are that many times as long. */
  static <T> T withPatience(double factor, Supplier<T> run) {
    var before = System.getProperty("checker.patience");
    System.setProperty("checker.patience", String.valueOf(factor));
    try {
      return run.get();
    } finally {
      if (before == null) {
        System.clearProperty("checker.patience");
      } else {
        System.setProperty("checker.patience", before);
      }
    }
  }

  private static int part(String number, int index) {
    return Integer.parseInt(number.split("\\.")[index]);
  }

  private static List<Verdict> run(List<DiscoverySelector> selectors) {
    System.setProperty("checker.tryAll", "true"); // each rule, whatever others waited for in vain
    try {
      return EngineTestKit.engine("junit-jupiter")
          .selectors(selectors.toArray(DiscoverySelector[]::new))
          .execute()
          .testEvents()
          .finished()
          .stream()
          .map(Verdicts::verdict)
          .toList();
    } finally {
      System.clearProperty("checker.tryAll");
    }
  }

  private static Verdict verdict(Event event) {
    var source = (MethodSource) event.getTestDescriptor().getSource().orElseThrow();
    var step = AnnotationSupport.findAnnotation(source.getJavaClass(), Step.class).orElseThrow();
    var result = event.getRequiredPayload(TestExecutionResult.class);
    var thrown = result.getThrowable().orElse(null);
    return new Verdict(
        step.number(), ruleOf(source.getJavaMethod()), outcome(result.getStatus(), thrown), thrown);
  }

  private static Outcome outcome(Status status, @Nullable Throwable thrown) {
    return switch (status) {
      case SUCCESSFUL -> Outcome.HOLDS;
      case ABORTED -> Outcome.SKIPPED;
      case FAILED ->
          switch (thrown) {
            case RuleNotStarted _ -> Outcome.NOT_STARTED;
            case RuleNotDecided _ -> Outcome.NOT_DECIDED;
            case null, default -> Outcome.BROKEN;
          };
    };
  }
}
