package workbook.checker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a contract as one step of a module: one type that the learner writes. A contract also
 * carries the tag {@code step-N}, so that the step can be run alone.
 */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
public @interface Step {

  /**
   * The module.
   *
   * @return the module that the step belongs to
   */
  WorkbookModule module();

  /**
   * The step's number within the module.
   *
   * @return 1 or more
   */
  int number();

  /**
   * The type that the learner writes.
   *
   * @return its simple name
   */
  String type();
}
