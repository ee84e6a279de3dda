package workbook.runner;

import java.io.Serializable;
import java.util.List;
import workbook.checker.card.Card;

/** What a watch and the JVM that runs the rules for it say to each other. */
final class Messages {

  private Messages() {}

  /** What the JVM is told. */
  sealed interface Order extends Serializable {}

  /**
   * Run all rules.
   *
   * @param number of the order, so that its answers can be told from those of an earlier one
   * @param classPath the learner's classes and resources
   * @param tests names of the test classes
   * @param step whose rules come first
   */
  record Run(int number, List<String> classPath, List<String> tests, int step) implements Order {}

  /** End the run that is under way after the rule that is under way. */
  record Cancel() implements Order {}

  /** What it answers. */
  sealed interface Answer extends Serializable {

    /** The number of the order. */
    int number();
  }

  /**
   * A part of the rules has been tried.
   *
   * @param number of the order
   * @param card what came of that part
   */
  record Graded(int number, Card card) implements Answer {}

  /**
   * The run is over.
   *
   * @param number of the order
   * @param problem why nothing could be run, or empty
   * @param unclean what a next run would find that a fresh JVM does not have, or empty
   */
  record Done(int number, String problem, String unclean) implements Answer {}
}
