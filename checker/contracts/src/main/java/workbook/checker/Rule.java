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
   * The rule's number, such as {@code 2.8}: the module's, a dot, and one that is never used again
   * within the module.
   */
  String number();

  /** The rule: one sentence with MUST, in ASCII. */
  String says();

  /**
   * What to check when it is broken, in the learner's terms: two to four places, with semicolons
   * between them and no full stop. The card shows it.
   */
  String check();

  /**
   * Where to look when it is broken and no stack trace tells. The last is the name of a method of
   * the class under test, or {@code <init>} for its constructor. Before it may stand what the line
   * mentions, since nobody knows what the learner's own methods are called: the name of a method
   * that it calls, alone or with its type as in {@code WorkItem.name}, of a type that it makes or
   * of a field that it uses, or a constant, in single quotes where it might be taken for a name.
   * The first that the learner's code has counts.
   */
  String[] lookAt();
}
