package workbook.checker;

/** A rule that met a gap in the exercise: neither kept nor broken yet. */
public final class RuleNotStarted extends AssertionError {

  private static final long serialVersionUID = 1L;

  RuleNotStarted(Rule rule) {
    super("[" + rule.number() + "] not started: " + rule.says());
    setStackTrace(new StackTraceElement[0]);
  }
}
