package workbook.checker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Marks a contract: an abstract class that lists the {@link Rule}s of one type that the learner
 * writes. A learner's test class extends it and returns its own implementation; the rules are
 * package-private, so that none can be overridden by accident. A contract also carries the tag
 * {@code step-N}, so that the step can be run alone.
 */
@ExtendWith(RuleExtension.class)
@TestMethodOrder(RuleOrder.class)
@DisplayNameGeneration(RuleOrder.class)
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Step {

  /** The module that the step belongs to. */
  WorkbookModule module();

  /** The step's number within the module, 1 or more. */
  int number();

  /** The simple name of the type that the learner writes. */
  String type();
}
