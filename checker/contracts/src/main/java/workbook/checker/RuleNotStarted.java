package workbook.checker;

/** A rule that met a gap in the exercise: neither kept nor broken yet. */
public final class RuleNotStarted extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String gap;

  RuleNotStarted(Rule rule, String gap) {
    super("[" + rule.number() + "] not started: " + rule.says() + " (" + gap + ")");
    this.gap = gap;
    setStackTrace(new StackTraceElement[0]);
  }

  /** Which gap was reached, such as {@code step 2: the constructor of QueuedService}. */
  String gap() {
    return gap;
  }
}
