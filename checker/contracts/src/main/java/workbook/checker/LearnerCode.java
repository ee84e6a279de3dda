package workbook.checker;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Instruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Finds the learner's own lines: in a stack trace, or where a method stands in its file. */
final class LearnerCode {

  private static final List<String> NOT_THE_LEARNERS =
      List.of(
          "java.",
          "javax.",
          "jdk.",
          "sun.",
          "com.sun.",
          "org.junit.",
          "org.apache.",
          "org.assertj.",
          "org.awaitility.",
          "org.mockito.",
          "org.slf4j.",
          "ch.qos.",
          "workbook.checker.",
          "workbook.contracts.",
          "workbook.hosting.",
          "workbook.http.",
          "workbook.testing.",
          "com.zaxxer.",
          "org.h2.",
          "org.postgresql.",
          "jakarta.",
          "org.eclipse.angus.",
          "com.github.kagkarlsson.",
          "org.quartz.",
          "org.jobrunr.");

  private LearnerCode() {}

  /** The learner's frames of a stack, innermost first. The test class is not among them. */
  static StackTraceElement[] frames(StackTraceElement[] stack) {
    return Arrays.stream(stack)
        .filter(frame -> !isNotTheLearners(frame.getClassName()))
        .filter(frame -> !frame.getClassName().endsWith("Test"))
        .toArray(StackTraceElement[]::new);
  }

  /** Whether a class, by its name, is the JDK's, a library's or the checker's. */
  static boolean isNotTheLearners(String type) {
    return NOT_THE_LEARNERS.stream().anyMatch(type::startsWith);
  }

  /**
   * The innermost learner's frame, as a place. A thread that is just entering a method has no line
   * there yet: its caller's counts.
   */
  static Optional<String> place(StackTraceElement[] stack) {
    return Arrays.stream(frames(stack))
        .filter(frame -> frame.getLineNumber() > 0)
        .findFirst()
        .map(LearnerCode::place);
  }

  /** Where a rule, or one of its scenarios, says to look in a class: {@link Rule#lookAt}. */
  static String place(Class<?> type, List<String> lookAt) {
    return Mentions.find(type, lookAt.subList(0, lookAt.size() - 1))
        .map(LearnerCode::place)
        .orElseGet(() -> place(type, lookAt.getLast()));
  }

  /**
   * A method of a class, as a place; inherited methods are found where they are declared. Where
   * there is no such method, the place is the constructor.
   */
  static String place(Class<?> type, String method) {
    for (Class<?> c = type; c != null && c != Object.class; c = c.getSuperclass()) {
      var line = firstLine(c, method);
      if (line.isPresent()) {
        return place(new StackTraceElement(c.getName(), method, fileOf(c), line.getAsInt()));
      }
    }
    return method.equals("<init>") ? type.getSimpleName() + "." + method : place(type, "<init>");
  }

  /**
   * A step of an actor, as a place.
   *
   * @param step such as {@code Queue.Node.add:12}, with the types that it is nested in
   */
  static String placeOfStep(String step) {
    int method = step.lastIndexOf('.');
    var file = step.substring(0, step.indexOf('.')) + ".java";
    return place(
        new StackTraceElement(
            step.substring(0, method),
            step.substring(method + 1, step.lastIndexOf(':')),
            file,
            Integer.parseInt(step.substring(step.lastIndexOf(':') + 1))));
  }

  private static String place(StackTraceElement frame) {
    var type = frame.getClassName().substring(frame.getClassName().lastIndexOf('.') + 1);
    var method = frame.getMethodName();
    if (method.startsWith("lambda$")) {
      method = method.split("\\$")[1]; // lambda$execute$0: written in execute
    }
    if (method.equals("<init>") || method.equals("new")) {
      method = "constructor";
    }
    return "%s.%s (%s:%d)"
        .formatted(
            type.substring(type.lastIndexOf('$') + 1),
            method,
            frame.getFileName(),
            frame.getLineNumber());
  }

  private static String fileOf(Class<?> type) {
    return type.getNestHost().getSimpleName() + ".java";
  }

  private static OptionalInt firstLine(Class<?> type, String method) {
    try (var bytes =
        type.getResourceAsStream(
            type.getName().substring(type.getPackageName().length() + 1) + ".class")) {
      if (bytes == null) {
        return OptionalInt.empty();
      }
      return ClassFile.of().parse(bytes.readAllBytes()).methods().stream()
          .filter(m -> m.methodName().equalsString(method))
          .flatMap(m -> m.code().stream())
          .flatMap(code -> code.elementStream())
          .filter(element -> !(element instanceof Instruction))
          .filter(LineNumber.class::isInstance)
          .mapToInt(element -> ((LineNumber) element).line())
          .findFirst();
    } catch (IOException | IllegalArgumentException e) {
      return OptionalInt.empty();
    }
  }
}
