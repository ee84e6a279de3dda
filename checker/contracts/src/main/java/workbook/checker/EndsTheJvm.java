package workbook.checker;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import workbook.hosting.NotStarted;

/**
 * Looks in the learner's class files for a call of {@code Runtime.halt}, before anything runs: it
 * would end the JVM, and nothing would be left to say so. ({@code System.exit} can be watched.)
 */
final class EndsTheJvm {

  private static final List<String> LIBRARIES = List.of("java/", "javax/", "jdk/", "org/", "com/");
  private static final String GIVEN = root(NotStarted.class);
  private static final String OWN = root(EndsTheJvm.class);

  private EndsTheJvm() {}

  /** Where a class, or one that it uses, calls {@code Runtime.halt}, if one does. */
  static Optional<StackTraceElement> in(Class<?> type) {
    var seen = new HashSet<String>();
    var todo = new ArrayDeque<String>();
    todo.add(type.getName().replace('.', '/'));
    while (!todo.isEmpty()) {
      var name = todo.remove();
      var file = seen.add(name) ? read(type.getClassLoader(), name) : null;
      if (file == null) {
        continue;
      }
      var call = call(file);
      if (call.isPresent()) {
        return call;
      }
      for (var entry : file.constantPool()) {
        if (entry instanceof ClassEntry used) {
          todo.add(used.asInternalName());
        }
      }
    }
    return Optional.empty();
  }

  /** The class file, if it is the learner's: what is given stands elsewhere. */
  private static @Nullable ClassModel read(ClassLoader loader, String name) {
    if (LIBRARIES.stream().anyMatch(name::startsWith)) {
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

  private static Optional<StackTraceElement> call(ClassModel file) {
    for (var method : file.methods()) {
      int line = 0;
      for (var element : method.code().map(CodeModel::elementList).orElse(List.of())) {
        if (element instanceof LineNumber number) {
          line = number.line();
        } else if (element instanceof InvokeInstruction call
            && call.owner().asInternalName().equals("java/lang/Runtime")
            && call.name().equalsString("halt")) {
          var type = file.thisClass().asInternalName().replace('/', '.');
          var simple = type.substring(type.lastIndexOf('.') + 1);
          return Optional.of(
              new StackTraceElement(
                  type,
                  method.methodName().stringValue(),
                  simple.replaceFirst("\\$.*", "") + ".java",
                  line));
        }
      }
    }
    return Optional.empty();
  }
}
