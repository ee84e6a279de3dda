package workbook.checker;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.constant.DirectMethodHandleDesc;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import workbook.hosting.NotStarted;

/**
 * A call that stands in the learner's class files, made or not: for what a rule cannot let happen,
 * or cannot bring about.
 *
 * @param method whose method is called and which, such as {@code java/lang/Runtime.halt}
 * @param descriptor its parameters and what it returns, such as {@code (I)V}
 * @param at the learner's line
 */
record WrittenCall(String method, String descriptor, StackTraceElement at) {

  private static final String GIVEN = root(NotStarted.class);
  private static final String OWN = root(WrittenCall.class);

  /** The calls, and the references to methods, of a class and of those that it uses. */
  static List<WrittenCall> in(Class<?> type) {
    var calls = new ArrayList<WrittenCall>();
    var seen = new HashSet<String>();
    var todo = new ArrayDeque<>(Set.of(type.getName().replace('.', '/')));
    while (!todo.isEmpty()) {
      var name = todo.remove();
      var file = seen.add(name) ? read(type.getClassLoader(), name) : null;
      if (file != null) {
        addCalls(file, calls);
        for (var entry : file.constantPool()) {
          if (entry instanceof ClassEntry used) {
            todo.add(used.asInternalName());
          }
        }
      }
    }
    return calls;
  }

  /** The class file, if it is the learner's: what is given stands elsewhere. */
  private static @Nullable ClassModel read(ClassLoader loader, String name) {
    if (LearnerCode.isNotTheLearners(name.replace('/', '.'))) {
      return null;
    }
    var file = loader.getResource(name + ".class");
    if (file == null || file.toString().startsWith(GIVEN) || file.toString().startsWith(OWN)) {
      return null;
    }
    try (var in = file.openStream()) {
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException | IllegalArgumentException e) {
      return null; // not a class file: it will not run either
    }
  }

  private static String root(Class<?> type) {
    var path = type.getName().replace('.', '/') + ".class";
    var file = String.valueOf(type.getClassLoader().getResource(path));
    return file.substring(0, file.length() - path.length());
  }

  private static void addCalls(ClassModel file, List<WrittenCall> calls) {
    for (var method : file.methods()) {
      int line = 0;
      for (var element : method.code().map(CodeModel::elementList).orElse(List.of())) {
        switch (element) {
          case LineNumber number -> line = number.line();
          case InvokeInstruction call ->
              calls.add(
                  new WrittenCall(
                      call.owner().asInternalName() + "." + call.name().stringValue(),
                      call.type().stringValue(),
                      place(file, method, line)));
          case InvokeDynamicInstruction reference -> {
            for (var argument : reference.bootstrapArgs()) {
              if (argument instanceof DirectMethodHandleDesc called) {
                var owner = called.owner().descriptorString();
                calls.add(
                    new WrittenCall(
                        owner.substring(1, owner.length() - 1) + "." + called.methodName(),
                        called.lookupDescriptor(),
                        place(file, method, line)));
              }
            }
          }
          default -> {}
        }
      }
    }
  }

  private static StackTraceElement place(ClassModel file, MethodModel method, int line) {
    var type = file.thisClass().asInternalName().replace('/', '.');
    var simple = type.substring(type.lastIndexOf('.') + 1).replaceFirst("\\$.*", "");
    return new StackTraceElement(type, method.methodName().stringValue(), simple + ".java", line);
  }
}
