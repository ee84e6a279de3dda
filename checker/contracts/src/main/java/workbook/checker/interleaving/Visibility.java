package workbook.checker.interleaving;

import static java.lang.constant.ConstantDescs.CD_String;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which instructions of one class other threads may see, or see the effects of: only there a
 * preemption can change anything.
 */
final class Visibility {
  private static final Set<String> IMMUTABLE =
      Set.of(
          "java/lang/Boolean",
          "java/lang/Character",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Math",
          "java/lang/String",
          "java/lang/StringBuilder", // of one thread
          "java/time/Duration",
          "java/time/Instant",
          "java/util/Optional");

  private final ClassModel type;
  private final Set<String> finalFields;
  private final Set<String> ownMethods;

  Visibility(ClassModel type) {
    this.type = type;
    finalFields =
        type.fields().stream()
            .filter(field -> field.flags().has(AccessFlag.FINAL))
            .map(field -> field.fieldName().stringValue())
            .collect(Collectors.toSet());
    ownMethods =
        type.methods().stream()
            .map(method -> method.methodName().stringValue() + method.methodType().stringValue())
            .collect(Collectors.toSet());
  }

  /** All but the final fields of the class itself. */
  boolean shows(FieldInstruction field) {
    return !(isOwn(field.owner()) && finalFields.contains(field.name().stringValue()));
  }

  /** All but the methods of the class itself (their bodies show) and those that use no objects. */
  boolean shows(InvokeInstruction call) {
    var name = call.name().stringValue();
    var owner = call.owner().asInternalName();
    if (isOwn(call.owner()) && ownMethods.contains(name + call.type().stringValue())) {
      return false;
    }
    if (name.equals("<init>")) {
      return call.typeSymbol().parameterList().stream()
          .anyMatch(parameter -> !parameter.isPrimitive() && !parameter.equals(CD_String));
    }
    return !IMMUTABLE.contains(owner)
        && !(owner.equals("java/util/Objects") && name.startsWith("require"));
  }

  /** All but the creation of a lambda: a string concatenation, say, calls {@code toString()}. */
  boolean shows(InvokeDynamicInstruction call) {
    var bootstrap = call.bootstrapMethod().owner().descriptorString();
    return !bootstrap.equals("Ljava/lang/invoke/LambdaMetafactory;");
  }

  private boolean isOwn(ClassEntry owner) {
    return owner.asInternalName().equals(type.thisClass().asInternalName());
  }
}
