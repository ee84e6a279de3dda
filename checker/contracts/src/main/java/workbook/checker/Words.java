package workbook.checker;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How findings put values and threads into words. */
final class Words {

  private static final Pattern NOTHING = Pattern.compile("\\b(no|not|none|nothing|nobody)\\b");

  private Words() {}

  /** A value, on one line. */
  static String describe(@Nullable Object value) {
    return switch (value) {
      case null -> "null";
      case Optional<?> optional -> optional.map(Words::describe).orElse("nothing");
      case Collection<?> many when many.isEmpty() -> "none";
      case Collection<?> many ->
          many.stream().map(Words::describe).collect(Collectors.joining(", "));
      case Throwable thrown -> describe(thrown);
      default -> value.toString();
    };
  }

  /** One that only wraps another, without words of its own, is shown with what is in it. */
  private static String describe(Throwable thrown) {
    var type = thrown.getClass().getSimpleName();
    var message = thrown.getMessage();
    var cause = thrown.getCause();
    if (cause != null && (message == null || message.equals(cause.toString()))) {
      return type + " ← " + describe(cause);
    }
    return message == null
        ? type + " without a message"
        : type + ": " + message.lines().findFirst().orElse("");
  }

  /** What should be, with its value where the words do not give it. */
  static String withValue(String expected, String value) {
    boolean says =
        expected.contains(value)
            || value.equals("none") && NOTHING.matcher(expected).find()
            || value.isEmpty();
    return says ? expected : expected + ": " + value;
  }

  /** A text of several lines, on one. */
  static String onOneLine(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /** What a thread does now, and at which of the learner's lines. */
  static String stillRunning(Thread thread) {
    var what =
        switch (thread.getState()) {
          case TERMINATED -> "has just ended";
          case RUNNABLE -> "is running";
          case TIMED_WAITING -> "is in a timed wait on the real clock";
          case BLOCKED -> "is waiting for a monitor";
          default -> "is waiting";
        };
    var where = LearnerCode.place(thread.getStackTrace());
    return "the thread '%s' %s%s"
        .formatted(thread.getName(), what, where.map(place -> " at " + place).orElse(""));
  }

  /** What a thread that does not come to rest should have done instead. */
  static String rest(Thread thread) {
    return switch (thread.getState()) {
      case TIMED_WAITING ->
          "every wait is on the time that was handed in: deadline.join or the TimeSource, not"
              + " sleep, poll or awaitTermination";
      case BLOCKED -> "no monitor is held during a wait: who stands in line cannot be interrupted";
      default -> "every thread waits, or comes to its end";
    };
  }
}
