package workbook.checker;

/** A run in which every rule was skipped: the build must not take it for one that went well. */
final class NothingGraded extends AssertionError {

  private static final long serialVersionUID = 1L;

  NothingGraded(String reason) {
    super("nothing was graded: every rule of this run was skipped, since " + reason);
    setStackTrace(new StackTraceElement[0]);
  }
}
