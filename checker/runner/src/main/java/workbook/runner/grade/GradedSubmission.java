package workbook.runner.grade;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import workbook.checker.WorkbookModule;
import workbook.checker.card.Card;
import workbook.checker.card.Verdict;

/**
 * What one submission came to.
 *
 * @param name the name of its folder: whose it is
 * @param took what was taken of it, in words, such as {@code exercises/02-queue of a whole clone}
 * @param hash of the sources that were graded, SHA-256 in hex; the same sources have the same
 * @param hints how many hints of each step the learner has seen, where that came with it
 * @param gradedAt when it was graded
 * @param ending how it ended
 * @param reason why it was not graded or not to the end, with file and line where there is one;
 *     else empty
 * @param card the verdict of every rule of the module: {@code NOT_RUN} where there is none; no
 *     steps where the module cannot be told
 */
record GradedSubmission(
    String name,
    String took,
    String hash,
    Map<Integer, Integer> hints,
    Instant gradedAt,
    Ending ending,
    String reason,
    Card card) {

  /** The module; empty where it cannot be told. */
  Optional<WorkbookModule> module() {
    return Optional.of(card).filter(each -> !each.steps().isEmpty()).map(Card::module);
  }

  /** Whether it would be the same again: nothing that a busy machine may have brought about. */
  boolean isSettled() {
    return ending == Ending.GRADED && card.count(Verdict.NOT_DECIDED) == 0
        || ending == Ending.REFUSED;
  }

  /** The grade of somebody who handed in the same. */
  GradedSubmission of(Submission other) {
    return new GradedSubmission(
        other.name(), other.took(), hash, other.hints(), gradedAt, ending, reason, card);
  }

  /** How the grading of a submission ended. */
  enum Ending {
    /** Every rule has a verdict that the checker signed. */
    GRADED,
    /** It uses what a submission must not use. Nothing of it ran, and it has no points. */
    REFUSED,
    /** It does not compile. */
    NOT_COMPILED,
    /** It cannot be read, is empty, or cannot be told: nothing was graded. */
    NOT_READ,
    /** Its process ended before every rule had a verdict; those that were signed count. */
    ENDED_EARLY,
    /** It used up its time or another limit; the verdicts that were signed before count. */
    OVER_A_LIMIT
  }
}
