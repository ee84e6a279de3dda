package workbook.checker;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Finds the line of the learner's code that mentions something, whatever its method is called. */
final class Mentions {

  private final Class<?> subject;
  private final Map<String, ClassModel> types = new LinkedHashMap<>(); // the subject's comes first

  private Mentions(Class<?> subject) {
    this.subject = subject;
    add(subject);
  }

  /**
   * The first line that mentions one of these: in the type itself, in its nested types, or in
   * another of the learner's that it uses, in this order.
   *
   * @param subject the type
   * @param names of methods that are called, alone or with their type as in {@code Clock.now}, of
   *     types that are made, of fields that are used; or constants, in quotes where a name must not
   *     be meant; the first that is found counts
   */
  static Optional<StackTraceElement> find(Class<?> subject, List<String> names) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    var mentions = new Mentions(subject);
    var order = new ArrayList<>(mentions.types.entrySet());
    order.sort(Comparator.comparing(type -> mentions.distance(type.getKey())));
    for (var name : names) {
      for (var type : order) {
        var found = line(type.getKey(), type.getValue(), name);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private int distance(String type) {
    return type.equals(subject.getName()) ? 0 : type.startsWith(subject.getName() + "$") ? 1 : 2;
  }

  private void add(Class<?> type) {
    if (types.containsKey(type.getName())) {
      return;
    }
    var file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
    try (var bytes = type.getResourceAsStream(file)) {
      if (bytes == null) {
        return;
      }
      var model = ClassFile.of().parse(bytes.readAllBytes());
      types.put(type.getName(), model);
      StreamSupport.stream(model.constantPool().spliterator(), false)
          .filter(ClassEntry.class::isInstance)
          .map(entry -> ((ClassEntry) entry).asInternalName().replace('/', '.'))
          .filter(name -> name.startsWith(subject.getPackageName() + "."))
          .forEach(this::addIfLearners);
    } catch (IOException | IllegalArgumentException e) {
      // What cannot be read mentions nothing.
    }
  }

  private void addIfLearners(String name) {
    try {
      var type = Class.forName(name, false, subject.getClassLoader());
      var origin = origin(type);
      if (origin != null && origin.equals(origin(subject)) && !name.endsWith("Test")) {
        add(type);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // What cannot be loaded mentions nothing.
    }
  }

  private static @Nullable Object origin(Class<?> type) {
    return type.getProtectionDomain().getCodeSource();
  }

  private static Optional<StackTraceElement> line(String type, ClassModel model, String name) {
    var lines = new ArrayList<StackTraceElement>();
    for (var method : model.methods()) {
      var line = line(method, name);
      if (line > 0 && !method.methodName().equalsString("<clinit>")) {
        var file = type.replaceFirst("\\$.*", "").replaceFirst(".*\\.", "") + ".java";
        lines.add(new StackTraceElement(type, method.methodName().stringValue(), file, line));
      }
    }
    return lines.stream().min(Comparator.comparingInt(StackTraceElement::getLineNumber));
  }

  private static int line(MethodModel method, String name) {
    int line = 0;
    for (var element : method.code().map(code -> code.elementList()).orElse(List.of())) {
      if (element instanceof LineNumber number) {
        line = number.line();
      } else if (mentions(element, name)) {
        return line;
      }
    }
    return 0;
  }

  private static boolean mentions(CodeElement element, String name) {
    return element instanceof Instruction
        && switch (element) {
          case InvokeInstruction call ->
              isCalled(name, call.owner().asInternalName(), call.name().stringValue());
          case FieldInstruction field -> field.name().equalsString(name);
          case NewObjectInstruction made ->
              made.className().asInternalName().replaceFirst(".*[/$]", "").equals(name);
          case ConstantInstruction constant ->
              isConstant(name, String.valueOf(constant.constantValue()));
          case InvokeDynamicInstruction dynamic ->
              dynamic.bootstrapArgs().stream()
                  .anyMatch(
                      argument ->
                          argument instanceof DirectMethodHandleDesc handle
                              && isCalled(name, handle.owner().displayName(), handle.methodName()));
          default -> false;
        };
  }

  private static boolean isConstant(String name, String value) {
    return name.equals(value) || name.equals("'" + value + "'");
  }

  private static boolean isCalled(String name, String type, String method) {
    return name.equals(method) || name.equals(type.replaceFirst(".*[/$]", "") + "." + method);
  }
}
