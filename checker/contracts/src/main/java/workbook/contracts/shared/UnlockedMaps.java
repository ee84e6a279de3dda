package workbook.contracts.shared;

import static java.lang.constant.ConstantDescs.CD_Map;
import static java.lang.constant.ConstantDescs.CD_String;
import static java.lang.constant.ConstantDescs.CD_void;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.Method;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Loads a learner's classes once more, with every call of a map led through {@link MapCalls}: there
 * a writer can be held inside a map that is not made for several threads, to see whether another
 * thread gets in, too.
 */
public final class UnlockedMaps extends ClassLoader {

  private static final ClassDesc CALLS = MapCalls.class.describeConstable().orElseThrow();
  private static final MethodTypeDesc WITHIN_OVERRIDE =
      MethodTypeDesc.of(CD_void, CD_Map, CD_String);
  private static final Set<String> MAPS =
      Set.of(
              "Map",
              "HashMap",
              "LinkedHashMap",
              "TreeMap",
              "WeakHashMap",
              "IdentityHashMap",
              "SortedMap",
              "NavigableMap",
              "SequencedMap")
          .stream()
          .map("java/util/"::concat)
          .collect(Collectors.toSet());
  private static final Set<String> WATCHED =
      Arrays.stream(MapCalls.class.getMethods())
          .map(UnlockedMaps::signature)
          .collect(Collectors.toSet());

  private final ClassLoader shared;
  private final Set<CodeSource> learners;

  private UnlockedMaps(Class<?>... seeds) {
    super("learner, maps watched", seeds[0].getClassLoader());
    shared = seeds[0].getClassLoader();
    learners =
        Stream.of(seeds)
            .map(seed -> Objects.requireNonNull(seed.getProtectionDomain().getCodeSource()))
            .collect(Collectors.toSet());
  }

  /**
   * Makes a twin of a test instance whose classes, and those that they create, have watched maps.
   *
   * @param test the learner's test class, a top-level or static one
   * @param subject the learner's class
   * @param <T> the contract
   * @return the twin
   */
  @SuppressWarnings("unchecked") // the contract is shared: the twin extends it as well
  public static <T> T twin(T test, Class<?> subject) {
    try {
      var twin = new UnlockedMaps(test.getClass(), subject).loadClass(test.getClass().getName());
      var constructor = twin.getDeclaredConstructor();
      constructor.setAccessible(true);
      return (T) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no twin of " + test.getClass().getName(), e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      var original = shared.loadClass(name);
      return learners.contains(original.getProtectionDomain().getCodeSource())
          ? define(original)
          : original;
    }
  }

  private Class<?> define(Class<?> original) throws ClassNotFoundException {
    var file = original.getName().replace('.', '/') + ".class";
    try (var in = original.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(file);
      }
      var bytes = watched(in.readAllBytes());
      return defineClass(
          original.getName(), bytes, 0, bytes.length, original.getProtectionDomain());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private byte[] watched(byte[] bytes) {
    var resolver =
        ClassHierarchyResolver.ofResourceParsing(shared)
            .orElse(ClassHierarchyResolver.defaultResolver());
    var classFile = ClassFile.of(ClassHierarchyResolverOption.of(resolver));
    return classFile.transformClass(
        classFile.parse(bytes),
        ClassTransform.transformingMethodBodies(
            (code, element) -> {
              if (element instanceof InvokeInstruction call && isWatched(call)) {
                code.invokestatic(
                    CALLS,
                    call.name().stringValue(),
                    call.typeSymbol().insertParameterTypes(0, CD_Map));
              } else {
                if (element instanceof InvokeInstruction call && isWithinOverride(call)) {
                  code.aload(0).loadConstant(call.name().stringValue());
                  code.invokestatic(CALLS, "withinOverride", WITHIN_OVERRIDE);
                }
                code.with(element);
              }
            }));
  }

  private static boolean isWatched(InvokeInstruction call) {
    return (call.opcode() == Opcode.INVOKEINTERFACE || call.opcode() == Opcode.INVOKEVIRTUAL)
        && MAPS.contains(call.owner().asInternalName())
        && WATCHED.contains(
            call.name().stringValue()
                + call.typeSymbol().insertParameterTypes(0, CD_Map).descriptorString());
  }

  /** Whether it is the {@code super.put(…)} of a learner's own kind of map. */
  private static boolean isWithinOverride(InvokeInstruction call) {
    return call.opcode() == Opcode.INVOKESPECIAL
        && MAPS.contains(call.owner().asInternalName())
        && !call.name().equalsString("<init>");
  }

  private static String signature(Method method) {
    var type =
        MethodTypeDesc.of(
            desc(method.getReturnType()),
            Arrays.stream(method.getParameterTypes()).map(UnlockedMaps::desc).toList());
    return method.getName() + type.descriptorString();
  }

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }
}
