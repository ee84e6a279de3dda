package workbook.checker.card;

/** What is said about a rule. */
public enum Verdict {
  /** It was tried, and nothing was found. */
  HOLDS,
  /** It was tried, and does not hold. */
  BROKEN,
  /** Nothing was found, but not all was tried. */
  NOT_DECIDED,
  /** A gap of the exercise was reached. */
  NOT_STARTED,
  /** It cannot be tried on this machine. */
  SKIPPED,
  /** It was not asked for, or the run ended before it. */
  NOT_RUN
}
