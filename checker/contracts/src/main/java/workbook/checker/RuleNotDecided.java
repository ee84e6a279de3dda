package workbook.checker;

/**
 * A rule about which nothing can be said: what would have decided it did not come about, and not
 * through a fault that was seen. It is neither kept nor broken, and the run fails, since what was
 * not decided is not a pass.
 */
public final class RuleNotDecided extends AssertionError {

  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String remedy;

  RuleNotDecided(Rule rule, String reason, String remedy) {
    super(
        "[%s] not decided: %s%n  why:      %s%n  to do:    %s"
            .formatted(rule.number(), rule.says(), reason, remedy),
        null);
    this.reason = reason;
    this.remedy = remedy;
    setStackTrace(new StackTraceElement[0]);
  }

  /** Why there is no verdict, on one line. */
  public String reason() {
    return reason;
  }

  /** What gives one, on one line. */
  public String remedy() {
    return remedy;
  }
}
