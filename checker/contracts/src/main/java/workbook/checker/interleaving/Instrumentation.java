package workbook.checker.interleaving;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.ArrayLoadInstruction;
import java.lang.classfile.instruction.ArrayStoreInstruction;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Inserts the calls of {@link Interleaver} into one method, and replaces its monitors by {@link
 * Monitors}.
 *
 * <p>A point stands before each access that another thread may see or cause to be seen ({@link
 * Visibility}): to a field, an array, a monitor, or by a call into other classes.
 */
final class Instrumentation implements CodeTransform {
  private static final ClassDesc INTERLEAVER = Interleaver.class.describeConstable().orElseThrow();
  private static final ClassDesc MONITORS = Monitors.class.describeConstable().orElseThrow();
  private static final ClassDesc PERMITS = Permits.class.describeConstable().orElseThrow();
  private static final ClassDesc LOCK_SUPPORT = LockSupport.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc POINT = MethodTypeDesc.of(CD_void, CD_String);
  private static final MethodTypeDesc SIGNAL = MethodTypeDesc.of(CD_void);
  private static final MethodTypeDesc DEPTH = MethodTypeDesc.of(CD_void, CD_int);
  private static final MethodTypeDesc MONITOR = MethodTypeDesc.of(CD_Object, CD_Object);

  private static final Set<String> OBJECT_MONITOR =
      Set.of("wait()V", "wait(J)V", "wait(JI)V", "notify()V", "notifyAll()V");

  private final ClassModel type;
  private final MethodModel method;
  private final Visibility visibility;
  private final String where;
  private final boolean isSynchronized;
  private final boolean isInitializer;
  private final Set<Label> passed = new HashSet<>();
  private int line;
  private @Nullable Label bodyStart;

  private Instrumentation(ClassModel type, MethodModel method, Visibility visibility) {
    this.type = type;
    this.method = method;
    this.visibility = visibility;
    var name = type.thisClass().asInternalName();
    var methodName = method.methodName().stringValue();
    where =
        name.substring(name.lastIndexOf('/') + 1).replace('$', '.')
            + "."
            + (methodName.startsWith("lambda$") ? methodName.split("\\$")[1] : methodName)
            + ":";
    isSynchronized = method.flags().has(AccessFlag.SYNCHRONIZED);
    isInitializer = methodName.equals("<clinit>");
  }

  /**
   * Instruments a class.
   *
   * @param bytes its class file
   * @param loader finds the class files of the types it uses
   * @return the class file of the instrumented class
   */
  static byte[] instrument(byte[] bytes, ClassLoader loader) {
    var resolver =
        ClassHierarchyResolver.ofResourceParsing(loader)
            .orElse(ClassHierarchyResolver.defaultResolver());
    var classFile = ClassFile.of(ClassHierarchyResolverOption.of(resolver));
    var type = classFile.parse(bytes);
    var visibility = new Visibility(type);
    ClassTransform eachMethod =
        (builder, element) -> {
          if (element instanceof MethodModel method) {
            builder.transformMethod(method, instrument(type, method, visibility));
          } else {
            builder.with(element);
          }
        };
    return classFile.transformClass(type, eachMethod);
  }

  private static MethodTransform instrument(
      ClassModel type, MethodModel method, Visibility visibility) {
    var code =
        MethodTransform.transformingCode(
            CodeTransform.ofStateful(() -> new Instrumentation(type, method, visibility)));
    if (method.code().isEmpty() || !method.flags().has(AccessFlag.SYNCHRONIZED)) {
      return code;
    }
    int flags = method.flags().flagsMask() & ~ClassFile.ACC_SYNCHRONIZED;
    MethodTransform unlocked =
        (builder, element) -> {
          if (element instanceof AccessFlags) {
            builder.withFlags(flags);
          } else {
            builder.with(element);
          }
        };
    return unlocked.andThen(code);
  }

  @Override
  public void atStart(CodeBuilder code) {
    if (isSynchronized) {
      line = firstLine();
      point(code);
      own(code).invokestatic(MONITORS, "enter", MONITOR).monitorenter();
      bodyStart = code.newBoundLabel();
      code.invokestatic(INTERLEAVER, "returned", SIGNAL);
    } else if (isInitializer) {
      code.loadConstant(1).invokestatic(INTERLEAVER, "initializing", DEPTH);
    }
  }

  @Override
  public void accept(CodeBuilder code, CodeElement element) {
    switch (element) {
      case LineNumber number -> line = number.line();
      case LabelTarget target -> passed.add(target.label());
      case BranchInstruction jump when passed.contains(jump.target()) ->
          code.invokestatic(INTERLEAVER, "looped", SIGNAL);
      case FieldInstruction field when visibility.shows(field) -> point(code);
      case ArrayLoadInstruction _, ArrayStoreInstruction _ -> point(code);
      case InvokeDynamicInstruction call -> {
        if (visibility.shows(call)) {
          point(code);
        }
        code.invokedynamic(
            DynamicCallSiteDesc.of(
                call.bootstrapMethod(),
                call.name().stringValue(),
                call.typeSymbol(),
                call.bootstrapArgs().stream()
                    .map(Instrumentation::standIn)
                    .toArray(ConstantDesc[]::new)));
        return;
      }
      case ReturnInstruction _ -> leave(code);
      case MonitorInstruction monitor -> {
        boolean enters = monitor.opcode() == Opcode.MONITORENTER;
        if (enters) {
          point(code);
        }
        code.invokestatic(MONITORS, enters ? "enter" : "exit", MONITOR).with(monitor);
        if (enters) {
          code.invokestatic(INTERLEAVER, "returned", SIGNAL);
        }
        return;
      }
      case InvokeInstruction call when visibility.shows(call) -> {
        point(code);
        if (isObjectMonitor(call)) {
          var standIn = call.typeSymbol().insertParameterTypes(0, CD_Object);
          code.invokestatic(MONITORS, call.name().stringValue(), standIn);
        } else if (isPermit(call.owner().asSymbol(), call.name().stringValue())) {
          code.invokestatic(PERMITS, call.name().stringValue(), call.typeSymbol());
        } else {
          code.with(call);
        }
        code.invokestatic(INTERLEAVER, "returned", SIGNAL);
        return;
      }
      default -> {}
    }
    code.with(element);
  }

  @Override
  public void atEnd(CodeBuilder code) {
    if (bodyStart != null) {
      var handler = code.newBoundLabel();
      leave(code);
      code.athrow().exceptionCatchAll(bodyStart, handler, handler);
    }
  }

  private void leave(CodeBuilder code) {
    if (isSynchronized) {
      own(code).invokestatic(MONITORS, "exit", MONITOR).monitorexit();
    } else if (isInitializer) {
      code.loadConstant(-1).invokestatic(INTERLEAVER, "initializing", DEPTH);
    }
  }

  /** Pushes the object whose monitor a synchronized method uses. */
  private CodeBuilder own(CodeBuilder code) {
    return method.flags().has(AccessFlag.STATIC)
        ? code.loadConstant(type.thisClass().asSymbol())
        : code.aload(0);
  }

  private void point(CodeBuilder code) {
    code.loadConstant(where + line).invokestatic(INTERLEAVER, "point", POINT);
  }

  private int firstLine() {
    return method.code().stream()
        .flatMap(CodeModel::elementStream)
        .filter(LineNumber.class::isInstance)
        .map(element -> ((LineNumber) element).line())
        .findFirst()
        .orElse(0);
  }

  /** A method reference is to the stand-in, too. */
  private static ConstantDesc standIn(ConstantDesc argument) {
    return argument instanceof DirectMethodHandleDesc method
            && isPermit(method.owner(), method.methodName())
        ? MethodHandleDesc.ofMethod(
            method.kind(), PERMITS, method.methodName(), method.invocationType())
        : argument;
  }

  private static boolean isPermit(ClassDesc owner, String name) {
    return owner.equals(LOCK_SUPPORT) && (name.equals("park") || name.equals("unpark"));
  }

  private static boolean isObjectMonitor(InvokeInstruction call) {
    return OBJECT_MONITOR.contains(call.name().stringValue() + call.type().stringValue());
  }
}
