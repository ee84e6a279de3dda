package workbook.checker;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Test;

/** A test that is one rule of a contract. */
@Test
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Rule {

  /**
   * The rule's number: the module's, a dot, and one that is never used again within the module.
   *
   * @return for example {@code 2.8}
   */
  String number();

  /**
   * The rule.
   *
   * @return one sentence with MUST, in ASCII
   */
  String says();

  /**
   * What to check when it is broken, in the learner's terms; the card shows it.
   *
   * @return two to four places, with semicolons between them and no full stop
   */
  String check();

  /**
   * Where to look when it is broken and no stack trace tells.
   *
   * @return the name of a method of the class under test, or {@code <init>} for its constructor
   */
  String lookAt();
}
