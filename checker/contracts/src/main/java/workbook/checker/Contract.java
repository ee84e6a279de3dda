package workbook.checker;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The base of all contracts. A learner's test class extends one and returns its own implementation;
 * the rules are package-private, so that none can be overridden by accident.
 */
@ExtendWith(RuleExtension.class)
@TestMethodOrder(RuleOrder.class)
@DisplayNameGeneration(RuleOrder.class)
public abstract class Contract {

  /** A contract is stateless: what a rule needs is in its {@link Trial}. */
  protected Contract() {}
}
