package workbook.checker.interleaving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads a second, instrumented copy of a learner's classes; everything else stays shared.
 *
 * <p>A class is the learner's if it comes from the same code source (folder or jar) as one of the
 * seed classes. The package does not matter: a learner's package may have the same name as one of
 * the hosting module. Where the checker itself brings what is tried, {@link #only} chooses by name
 * instead. All other classes come from the loader of the first seed, so the copies can be cast to
 * the interfaces and contract classes that are known there. A copy cannot use the package-private
 * members of a shared class.
 *
 * <p>Safe for use by several threads.
 */
public final class InstrumentingLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader shared;
  private final Predicate<Class<?>> isCopied;

  /**
   * Creates a loader for the classes that share a code source with the seeds.
   *
   * @param seed a learner's class; its loader must find all classes, and their class files
   * @param more further classes, for further code sources such as {@code target/classes}
   * @throws IllegalStateException if a seed has no code source with a location
   */
  public InstrumentingLoader(Class<?> seed, Class<?>... more) {
    this(seed.getClassLoader(), fromThere(seed, more));
  }

  private InstrumentingLoader(ClassLoader shared, Predicate<Class<?>> isCopied) {
    super("learner, instrumented", shared);
    this.shared = shared;
    this.isCopied = isCopied;
  }

  /**
   * Creates a loader that copies one class and those nested in it, and nothing else, whatever comes
   * from the same code source.
   *
   * @param type a top-level class; its loader must find its class files
   * @return the loader
   */
  public static InstrumentingLoader only(Class<?> type) {
    return new InstrumentingLoader(
        type.getClassLoader(), loaded -> loaded == type || loaded.getNestHost() == type);
  }

  private static Predicate<Class<?>> fromThere(Class<?> seed, Class<?>... more) {
    var locations = new HashSet<String>();
    for (var type : Stream.concat(Stream.of(seed), Arrays.stream(more)).toList()) {
      var location = location(type);
      if (location == null) {
        throw new IllegalStateException(
            "Cannot instrument %s: its loader gives it no code source location."
                .formatted(type.getName()));
      }
      locations.add(location);
    }
    return type -> location(type) instanceof String location && locations.contains(location);
  }

  /**
   * Creates an instrumented twin of a test instance: same class name, same contract class above it,
   * but all its classes, and those it creates, are instrumented. Nothing is copied from the
   * instance: the twin comes from the no-arg constructor, which need not be public.
   *
   * @param <T> the contract class, or another type that is not the learner's
   * @param test the test instance
   * @param more classes of the learner from other code sources, such as that of {@code
   *     test.create().getClass()}
   * @return the twin, with a loader of its own
   * @throws IllegalStateException if the class is inner, local or anonymous, has no no-arg
   *     constructor or a throwing one, or comes from the same code source as its contract
   */
  public static <T> T twin(T test, Class<?>... more) {
    Class<?> type = test.getClass();
    if (type.isAnonymousClass() || type.isLocalClass() || isInner(type)) {
      throw cannotTwin(
          type, "is inner, local or anonymous; make it a top-level or static class", null);
    }
    try {
      var loader = new InstrumentingLoader(type, more);
      Class<?> twin = loader.loadClass(type.getName());
      if (loader.sharedBase(twin) == Object.class) {
        throw cannotTwin(type, "comes from the same folder or jar as its contract class", null);
      }
      var constructor = twin.getDeclaredConstructor();
      constructor.setAccessible(true);
      @SuppressWarnings("unchecked") // up to the caller, who must not ask for a learner's type
      T result = (T) constructor.newInstance();
      return result;
    } catch (InvocationTargetException e) {
      throw cannotTwin(type, "has a constructor that throws", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw cannotTwin(type, "has no usable no-arg constructor", e);
    }
  }

  private static boolean isInner(Class<?> type) {
    return type.isMemberClass() && !Modifier.isStatic(type.getModifiers());
  }

  private static IllegalStateException cannotTwin(
      Class<?> type, String reason, @Nullable Throwable cause) {
    return new IllegalStateException(
        "Cannot make a twin of " + type.getName() + ": it " + reason + ".", cause);
  }

  private Class<?> sharedBase(Class<?> type) {
    Class<?> base = type;
    while (base.getClassLoader() == this) {
      base = base.getSuperclass();
    }
    return base;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      Class<?> original = shared.loadClass(name);
      return isCopied.test(original) ? define(original) : original;
    }
  }

  private Class<?> define(Class<?> original) throws ClassNotFoundException {
    var name = original.getName();
    var file = name.replace('.', '/') + ".class";
    try (var in = original.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name + ": its loader finds the class, but not " + file);
      }
      var bytes = Instrumentation.instrument(in.readAllBytes(), shared);
      return defineClass(name, bytes, 0, bytes.length, original.getProtectionDomain());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static @Nullable String location(Class<?> type) {
    var source = type.getProtectionDomain().getCodeSource();
    return source == null || source.getLocation() == null
        ? null
        : source.getLocation().toExternalForm();
  }
}
