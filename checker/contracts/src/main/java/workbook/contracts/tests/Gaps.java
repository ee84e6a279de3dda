package workbook.contracts.tests;

import workbook.hosting.NotStarted;

/** What is still to be written. */
final class Gaps {

  private Gaps() {}

  /** Ends the rule as not started if there is a gap. */
  static void expectNone(SuiteRun run) {
    if (!run.gap().isEmpty()) {
      var gap = run.gap().split(": ", 2);
      throw new NotStarted(gap[0], gap[1]);
    }
  }
}
