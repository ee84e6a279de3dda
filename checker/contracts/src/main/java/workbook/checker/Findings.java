package workbook.checker;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import workbook.checker.card.Finding;

/**
 * Makes the findings of one rule: what it was tried with, the place to look at, and what happened.
 *
 * <p><b>Threads.</b> {@link #died} may be called from any thread, the rest only from the rule's
 * own.
 */
final class Findings {

  private final Rule rule;
  private final String type;
  private final Journal journal;
  private String setUp = "";
  private List<String> lookAt;
  private boolean scenarioSaysWhere;
  private @Nullable Class<?> subject;
  private volatile @Nullable Death firstDeath;
  private @Nullable Throwable gaveUp; // guarded by this

  /** A thread that ended with an exception that nobody caught. */
  private record Death(String thread, Throwable cause) {

    @Override
    public String toString() {
      return "the thread '" + thread + "' ended with " + Words.describe(cause);
    }
  }

  Findings(Rule rule, String type, Journal journal) {
    this.rule = rule;
    this.type = type;
    this.journal = journal;
    this.lookAt = List.of(rule.lookAt());
  }

  /** Begins a scenario: what happened in one before does not belong to its story. */
  void setUp(String text) {
    setUp = text;
    lookAt();
    journal.clear();
  }

  /** Where to look from now on, in this scenario; where the rule says, if there is no place. */
  void lookAt(String... places) {
    scenarioSaysWhere = places.length > 0;
    lookAt = List.of(scenarioSaysWhere ? places : rule.lookAt());
  }

  void subject(Class<?> type) {
    subject = type;
  }

  /** A thread has ended with an exception: the first one is part of every finding from now on. */
  synchronized void died(Thread thread, Throwable cause) {
    var death = new Death(thread.getName(), cause);
    journal.note(death.toString());
    if (firstDeath == null) {
      firstDeath = death;
    }
  }

  boolean aThreadHasDied() {
    return firstDeath != null;
  }

  /** Replaces what happened by what is to be told. */
  void tellOnly(List<String> story) {
    journal.clear();
    story.forEach(journal::note);
  }

  /**
   * The finding that breaks the rule.
   *
   * @param stack where it was noticed: the innermost of the learner's frames is the place to look
   *     at, if there is one
   */
  RuleBroken of(String expected, String butWas, StackTraceElement[] stack) {
    var death = firstDeath;
    return death == null
        ? finding(expected, butWas, stack)
        : finding(expected, butWas + "; " + death, death.cause.getStackTrace());
  }

  /**
   * The finding for a call that does not return. One that waits does so for what another method
   * leaves out: where the scenario says which, that is the place to look at.
   */
  RuleBroken of(String expected, Thread stuck) {
    var isWaiting = stuck.getState() == Thread.State.WAITING;
    var stack = stuck.getStackTrace();
    var butWas = Words.stillRunning(stuck);
    return firstDeath == null && isWaiting && scenarioSaysWhere
        ? finding(expected, butWas, place(), stack)
        : of(expected, butWas, stack);
  }

  /**
   * The finding of a race: where an actor was stopped stands what should have been one step, if no
   * scenario knows better.
   */
  RuleBroken ofRace(String expected, String butWas, Optional<String> stoppedAfter) {
    return firstDeath == null && !scenarioSaysWhere && stoppedAfter.isPresent()
        ? finding(
            expected, butWas, LearnerCode.placeOfStep(stoppedAfter.get()), new StackTraceElement[0])
        : of(expected, butWas, new StackTraceElement[0]);
  }

  private RuleBroken finding(String expected, String butWas, StackTraceElement[] stack) {
    return finding(expected, butWas, LearnerCode.place(stack).orElseGet(this::place), stack);
  }

  private RuleBroken finding(
      String expected, String butWas, String place, StackTraceElement[] stack) {
    var frames = LearnerCode.frames(stack);
    return new RuleBroken(
        rule, new Finding(setUp, place, expected, butWas, journal.lines()), frames);
  }

  private String place() {
    return subject == null ? type + "." + lookAt.getLast() : LearnerCode.place(subject, lookAt);
  }

  /** There is no finding, and no verdict either. */
  synchronized RuleNotDecided notDecided(String reason, String remedy) {
    var open = new RuleNotDecided(rule, reason, remedy);
    gaveUp = open;
    return open;
  }

  /** The rule cannot be tried here. */
  synchronized RuleSkipped skipped(String reason) {
    var skipped = new RuleSkipped(reason);
    gaveUp = skipped;
    return skipped;
  }

  /** Whether the checker itself has given the rule up so, and not the code under test. */
  synchronized boolean gaveUpWith(Throwable thrown) {
    return thrown == gaveUp;
  }

  /** The verdict on whatever a rule's own code ran into. */
  AssertionError explain(Throwable e, String gap) {
    if (!gap.isEmpty()) {
      return new RuleNotStarted(rule, gap);
    }
    return switch (e) {
      case RuleBroken known -> known;
      case RuleNotDecided known when gaveUpWith(known) -> known;
      case Limit.Undecided busy ->
          notDecided(String.valueOf(busy.getMessage()), "run it again; " + Patience.MORE);
      case VirtualTime.NotAtRest restless ->
          of(
              Words.rest(restless.thread()),
              restless.getMessage() + ": " + Words.stillRunning(restless.thread()),
              restless.getStackTrace());
      default -> of("no exception here", Words.describe(e) + " was thrown", e.getStackTrace());
    };
  }
}
