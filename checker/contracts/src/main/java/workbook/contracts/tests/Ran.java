package workbook.contracts.tests;

import java.util.Arrays;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;
import workbook.checker.Trial;
import workbook.hosting.NotStarted;

/**
 * One test that was run.
 *
 * @param id its id, by which it can be run alone
 * @param name the name of its method
 * @param calls how many calls what it tests has had
 * @param thrown what it ended with; null if it passed
 * @param died what ended a thread during the test, with nobody to hear it; null if nothing did
 */
record Ran(
    String id, String name, int calls, @Nullable Throwable thrown, @Nullable Throwable died) {

  private static final int LONGEST = 160;
  private static final Pattern TRUE_OR_FALSE =
      Pattern.compile(
          "Expecting value to be (true|false) but was (true|false)"
              + "|expected: <(true|false)> but was: <(true|false)>");
  private static final Pattern TIME_OUT =
      Pattern.compile("execution (timed out after|exceeded timeout of) .*", Pattern.DOTALL);

  /** How a test ended. */
  enum End {
    PASSED,
    /** A gap that is still to be filled. */
    GAP,
    /** It has found out that it cannot tell, and says why. */
    SKIPPED,
    /** It said what is wrong. */
    SAID,
    /** An assertion failed without a word. */
    MUTE,
    TIME_OUT,
    /** What it tests has thrown something, in words of its own. */
    IT_THREW,
    /** Something else was thrown, such as the NoSuchElementException of an Optional. */
    THREW
  }

  End end() {
    return switch (thrown) {
      case null -> End.PASSED;
      case NotStarted _ -> End.GAP;
      case TestAbortedException _ -> End.SKIPPED;
      case TimeoutException _ when !isOfWhatItTests(thrown) -> End.TIME_OUT;
      case ConditionTimeoutException _ -> End.TIME_OUT;
      case AssertionError e -> ofAssertion(String.valueOf(inOneOrder(e).getMessage()).strip());
      default -> isOfWhatItTests(thrown) ? End.IT_THREW : End.THREW;
    };
  }

  private static boolean isOfWhatItTests(Throwable thrown) {
    return Arrays.stream(thrown.getStackTrace())
        .map(StackTraceElement::getClassName)
        .filter(type -> !type.startsWith("java."))
        .findFirst()
        .filter(type -> type.startsWith("workbook.contracts."))
        .isPresent();
  }

  /** What {@link workbook.testing.EveryOrder} found in one order, without the order. */
  private static AssertionError inOneOrder(AssertionError e) {
    boolean hasOrder = String.valueOf(e.getMessage()).contains("\nIn order:\n");
    return hasOrder && e.getCause() instanceof AssertionError cause ? cause : e;
  }

  private static End ofAssertion(String message) {
    if (TIME_OUT.matcher(message).matches()) {
      return End.TIME_OUT;
    }
    boolean mute =
        message.isEmpty() || message.equals("null") || TRUE_OR_FALSE.matcher(message).matches();
    return mute ? End.MUTE : End.SAID;
  }

  /** Whoever reads how it failed knows what is wrong. */
  boolean saysWhatIsWrong() {
    return end() == End.SAID || end() == End.IT_THREW;
  }

  boolean hasFailed() {
    return end() != End.PASSED && end() != End.GAP && end() != End.SKIPPED;
  }

  /** An assertion has failed: it is this test that has noticed something. */
  boolean hasAsserted() {
    return end() == End.SAID || end() == End.MUTE || end() == End.TIME_OUT;
  }

  /** How it failed, on one line: of an assertion its message, and else what was thrown. */
  String failure() {
    var told = thrown == null ? "" : String.valueOf(thrown.getMessage());
    var message = told.split("\nIn order:\n", 2)[0]; // the order is of lines unseen
    return name + ": " + (end() == End.SAID ? inOneLine(message) : Trial.describe(thrown));
  }

  // Mockito adds where a mock was called, which is in the mock itself.
  private static String inOneLine(String message) {
    return message.replaceAll("-> at \\S+\\$Proxy.*", "").replaceAll("\\s+", " ").strip();
  }
}
