package workbook.checker;

import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodDescriptor;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.MethodOrdererContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Rules run in the order of their numbers and are shown as {@code [2.8] sentence}. */
final class RuleOrder extends DisplayNameGenerator.Standard implements MethodOrderer {

  static final Comparator<String> BY_NUMBER =
      Comparator.comparing(number -> Integer.valueOf(number.substring(number.indexOf('.') + 1)));

  @Override
  public String generateDisplayNameForMethod(
      List<Class<?>> enclosing, Class<?> testClass, Method method) {
    return rule(method)
        .map(rule -> "[" + rule.number() + "] " + rule.says())
        .orElseGet(() -> super.generateDisplayNameForMethod(enclosing, testClass, method));
  }

  @Override
  public void orderMethods(MethodOrdererContext context) {
    context.getMethodDescriptors().sort(Comparator.comparing(RuleOrder::numberOf, BY_NUMBER));
  }

  private static String numberOf(MethodDescriptor descriptor) {
    return rule(descriptor.getMethod()).map(Rule::number).orElse(".0");
  }

  static Optional<Rule> rule(Method method) {
    return AnnotationSupport.findAnnotation(method, Rule.class);
  }
}
