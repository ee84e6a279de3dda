package workbook.checker;

import org.opentest4j.TestAbortedException;

/** A rule that cannot be tried on this machine: neither kept nor broken. */
public final class RuleSkipped extends TestAbortedException {

  private static final long serialVersionUID = 1L;

  RuleSkipped(String reason) {
    super(reason);
  }
}
