package workbook.runner.grade;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import workbook.checker.WorkbookModule;

/**
 * What somebody handed in, read once: what is graded is what was read.
 *
 * @param name the name of its folder: whose it is
 * @param took what was taken of it, in words
 * @param module the module; null where it cannot be told
 * @param learners the learner's files that are taken: name to text
 * @param hints how many hints of each step the learner has seen, where that came with it
 * @param problem why it cannot be graded; empty if it can
 * @param refused whether the problem is that it has what a submission must not have
 */
record Submission(
    String name,
    String took,
    @Nullable WorkbookModule module,
    Map<String, String> learners,
    Map<Integer, Integer> hints,
    String problem,
    boolean refused) {

  static Submission unreadable(String name, Optional<WorkbookModule> module, String problem) {
    return new Submission(name, "nothing", module.orElse(null), Map.of(), Map.of(), problem, false);
  }

  /** The same, and why it cannot be graded. */
  Submission notGraded(String why, boolean isRefused) {
    return new Submission(name, took, module, learners, hints, why, isRefused);
  }

  boolean canBeGraded() {
    return problem.isEmpty() && module != null;
  }
}
