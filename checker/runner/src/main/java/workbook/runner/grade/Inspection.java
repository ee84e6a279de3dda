package workbook.runner.grade;

import java.lang.classfile.AttributedElement;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.RuntimeVisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SourceFileAttribute;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ExceptionCatch;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.NewMultiArrayInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the class files of a submission before anything of it runs, and holds what they use against
 * what is {@link Allowed}. The grader has compiled them itself, so they hold what the source says.
 */
final class Inspection {

  /** What javac itself writes for lambdas, texts, records and switches. */
  private static final Set<String> OF_JAVAC =
      Set.of(
          "java.lang.invoke.LambdaMetafactory",
          "java.lang.invoke.StringConcatFactory",
          "java.lang.runtime.ObjectMethods",
          "java.lang.runtime.SwitchBootstraps",
          "java.lang.invoke.ConstantBootstraps");

  private static final String CONTRACTS = "workbook.contracts.";

  private final Allowed allowed;
  private final Map<String, ClassModel> own = new HashMap<>();
  private final ClassLoader others = Inspection.class.getClassLoader();
  private final Set<String> refused = new LinkedHashSet<>();
  private String place = "";

  private Inspection(Allowed allowed) {
    this.allowed = allowed;
  }

  /**
   * What is not allowed of what class files use: file, line and name of each.
   *
   * @param classes all classes that are compiled together: name to class file
   * @param learners the names of the source files that are looked at
   */
  static List<String> refused(Allowed allowed, Map<String, byte[]> classes, Set<String> learners) {
    var inspection = new Inspection(allowed);
    classes.forEach((name, bytes) -> inspection.own.put(name, ClassFile.of().parse(bytes)));
    inspection.own.values().stream()
        .filter(type -> learners.contains(file(type)))
        .sorted((a, b) -> name(a).compareTo(name(b)))
        .forEach(inspection::look);
    return List.copyOf(inspection.refused);
  }

  /**
   * Which classes of the learner's stand where another one may be: in another package, or in the
   * place of one that the checker or the given runtime has. At run time theirs would be used, and
   * what was read would be the wrong one.
   */
  static List<String> misplaced(String pack, Map<String, byte[]> classes, Set<String> learners) {
    var misplaced = new ArrayList<String>();
    classes.forEach(
        (name, bytes) -> {
          var file = file(ClassFile.of().parse(bytes));
          if (learners.contains(file) && isMisplaced(pack, name)) {
            misplaced.add(file + ": " + name + " is no class of the learner's to write");
          }
        });
    return misplaced.stream().sorted().toList();
  }

  private static boolean isMisplaced(String pack, String name) {
    var end = name.lastIndexOf('.');
    return !name.substring(0, Math.max(0, end)).equals(pack)
        || !name.endsWith(".package-info")
            && Inspection.class.getClassLoader().getResource(name.replace('.', '/') + ".class")
                != null;
  }

  private static String file(ClassModel type) {
    return type.findAttribute(Attributes.sourceFile())
        .map(SourceFileAttribute::sourceFile)
        .map(file -> file.stringValue())
        .orElse("");
  }

  private static String name(ClassModel type) {
    return type.thisClass().asInternalName().replace('/', '.');
  }

  private void look(ClassModel type) {
    place = file(type);
    type.superclass().ifPresent(above -> type(above.asInternalName().replace('/', '.')));
    type.interfaces().forEach(above -> type(above.asInternalName().replace('/', '.')));
    annotations(type);
    for (var field : type.fields()) {
      descriptor(field.fieldTypeSymbol());
      annotations(field);
    }
    for (var method : type.methods()) {
      place = file(type);
      method
          .code()
          .flatMap(code -> code.elementStream().filter(LineNumber.class::isInstance).findFirst())
          .ifPresent(line -> at(type, (LineNumber) line));
      if (method.flags().has(AccessFlag.NATIVE)) {
        refuse("a native method, " + method.methodName().stringValue());
      }
      descriptor(method.methodTypeSymbol());
      annotations(method);
      look(type, method);
    }
  }

  private void at(ClassModel type, LineNumber line) {
    place = file(type) + ":" + line.line();
  }

  private void look(ClassModel type, MethodModel method) {
    for (var element : method.code().map(code -> code.elementList()).orElse(List.of())) {
      if (element instanceof LineNumber line) {
        at(type, line);
      } else {
        look(element);
      }
    }
  }

  private void look(CodeElement element) {
    switch (element) {
      case InvokeInstruction call -> {
        descriptor(call.typeSymbol());
        member(call.owner().asSymbol(), call.name().stringValue(), call.typeSymbol());
      }
      case FieldInstruction field -> {
        descriptor(field.typeSymbol());
        member(field.owner().asSymbol(), field.name().stringValue(), null);
      }
      case InvokeDynamicInstruction dynamic -> {
        descriptor(dynamic.typeSymbol());
        bootstrap(dynamic.bootstrapMethod());
        dynamic.bootstrapArgs().forEach(this::constant);
      }
      case ConstantInstruction constant -> constant(constant.constantValue());
      case NewObjectInstruction made -> descriptor(made.className().asSymbol());
      case NewReferenceArrayInstruction made -> descriptor(made.componentType().asSymbol());
      case NewMultiArrayInstruction made -> descriptor(made.arrayType().asSymbol());
      case TypeCheckInstruction check -> descriptor(check.type().asSymbol());
      case ExceptionCatch caught ->
          caught.catchType().ifPresent(each -> descriptor(each.asSymbol()));
      default -> {} // uses no other type
    }
  }

  private void bootstrap(DirectMethodHandleDesc method) {
    var owner = binary(method.owner());
    if (!OF_JAVAC.contains(owner)) {
      refuse(owner + "." + method.methodName());
    }
  }

  private void constant(@Nullable ConstantDesc constant) {
    switch (constant) {
      case ClassDesc type -> descriptor(type);
      case MethodTypeDesc type -> descriptor(type);
      case DirectMethodHandleDesc method -> {
        descriptor(method.invocationType());
        member(method.owner(), method.methodName(), method.invocationType());
      }
      case DynamicConstantDesc<?> dynamic -> {
        bootstrap(dynamic.bootstrapMethod());
        descriptor(dynamic.constantType());
        dynamic.bootstrapArgsList().forEach(this::constant);
      }
      case null, default -> {} // numbers and texts
    }
  }

  private void annotations(AttributedElement element) {
    for (var attribute : element.attributes()) {
      switch (attribute) {
        case RuntimeVisibleAnnotationsAttribute visible ->
            visible.annotations().forEach(each -> descriptor(each.classSymbol()));
        case RuntimeInvisibleAnnotationsAttribute invisible ->
            invisible.annotations().forEach(each -> descriptor(each.classSymbol()));
        default -> {}
      }
    }
  }

  private void descriptor(MethodTypeDesc type) {
    descriptor(type.returnType());
    type.parameterList().forEach(this::descriptor);
  }

  private void descriptor(ClassDesc type) {
    var element = type;
    while (element.isArray()) {
      element = Optional.ofNullable(element.componentType()).orElseThrow();
    }
    if (!element.isPrimitive()) {
      type(binary(element));
    }
  }

  private static String binary(ClassDesc type) {
    var descriptor = type.descriptorString();
    return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
  }

  private void type(String name) {
    if (own.containsKey(name) ? isOfTheChecker(name) : !allowed.type(name)) {
      refuse(name.replace('$', '.'));
    }
  }

  /** Whether it is compiled together with the learner's, but is a test: what it inherits is not. */
  private boolean isOfTheChecker(String name) {
    return typesThatMayDeclare(name).stream().anyMatch(each -> each.startsWith(CONTRACTS));
  }

  /** A member, and the same as it is inherited. */
  private void member(ClassDesc owner, String name, @Nullable MethodTypeDesc type) {
    if (owner.isArray()) {
      return; // clone and length
    }
    var begin = binary(owner);
    type(begin);
    for (var each : typesThatMayDeclare(begin)) {
      if (!own.containsKey(each) && declares(each, name) && !allowed.member(each, name)) {
        refuse(each.replace('$', '.') + "." + name);
      }
    }
    if (type != null && name.equals("<init>") && opensAFile(begin, type)) {
      refuse(begin + " of a file");
    }
    if (type != null && name.equals("printStackTrace") && type.parameterCount() > 0) {
      refuse("Throwable.printStackTrace to where it can be read");
    }
  }

  /** Its name is enough for some classes of the JDK that otherwise work in memory. */
  private static boolean opensAFile(String owner, MethodTypeDesc type) {
    return Set.of("java.io.PrintStream", "java.io.PrintWriter", "java.util.Formatter")
            .contains(owner)
        && type.parameterCount() > 0
        && type.parameterType(0).descriptorString().equals("Ljava/lang/String;");
  }

  private boolean declares(String type, String name) {
    if (!allowed.isLimited(type)) {
      return false;
    }
    try {
      var found = Class.forName(type, false, others);
      return name.equals("<init>")
          || List.of(found.getDeclaredMethods()).stream().anyMatch(m -> m.getName().equals(name))
          || List.of(found.getDeclaredFields()).stream().anyMatch(f -> f.getName().equals(name));
    } catch (ClassNotFoundException | LinkageError e) {
      return true;
    }
  }

  /** A type and all above it. */
  private Set<String> typesThatMayDeclare(String begin) {
    var all = new LinkedHashSet<String>();
    var open = new ArrayList<>(List.of(begin));
    while (!open.isEmpty()) {
      var name = open.removeLast();
      if (all.add(name)) {
        open.addAll(above(name));
      }
    }
    return all;
  }

  private List<String> above(String name) {
    var above = new ArrayList<String>();
    var model = own.get(name);
    if (model != null) {
      model.superclass().ifPresent(type -> above.add(type.asInternalName().replace('/', '.')));
      model.interfaces().forEach(type -> above.add(type.asInternalName().replace('/', '.')));
      return above;
    }
    try {
      var type = Class.forName(name, false, others);
      if (type.getSuperclass() != null) {
        above.add(type.getSuperclass().getName());
      }
      for (var each : type.getInterfaces()) {
        above.add(each.getName());
      }
    } catch (ClassNotFoundException | LinkageError e) {
      // it is refused by its name, or nobody can use it
    }
    return above;
  }

  private void refuse(String what) {
    refused.add(place + ": " + what);
  }
}
