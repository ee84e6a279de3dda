package workbook.checker.card;

import java.io.Serializable;
import java.util.List;

/**
 * A step of a module, with all its rules.
 *
 * @param number the step's number, 1 or more
 * @param type the simple name of the type that the learner writes
 * @param rules in the order of their numbers
 */
public record GradedStep(int number, String type, List<GradedRule> rules) implements Serializable {}
