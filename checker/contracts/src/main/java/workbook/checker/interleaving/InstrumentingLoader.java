package workbook.checker.interleaving;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Loads a second, instrumented copy of a learner's classes; everything else stays shared.
 *
 * <p>A class is the learner's if it comes from the same code source (folder or jar) as one of the
 * seed classes. The package does not matter: a learner's package may have the same name as one of
 * the hosting module. All other classes come from the loader of the first seed, so the copies can
 * be cast to the interfaces and contract classes that are known there. A copy cannot use the
 * package-private members of a shared class.
 *
 * <p>Safe for use by several threads.
 */
public final class InstrumentingLoader extends ClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader shared;
  private final Set<String> locations = new HashSet<>();

  /**
   * Creates a loader for the classes that share a code source with the seeds.
   *
   * @param seed a learner's class; its loader must find all classes, and their class files
   * @param more further classes, for further code sources such as {@code target/classes}
   * @throws IllegalStateException if a seed has no code source with a location
   */
  public InstrumentingLoader(Class<?> seed, Class<?>... more) {
    super("learner, instrumented", seed.getClassLoader());
    shared = seed.getClassLoader();
    Stream.concat(Stream.of(seed), Arrays.stream(more)).forEach(this::add);
  }

  private void add(Class<?> seed) {
    var location = location(seed);
    if (location == null) {
      throw new IllegalStateException(
          "Cannot instrument " + seed.getName() + ": its loader gives it no code source location.");
    }
    locations.add(location);
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
      var location = location(original);
      return location != null && locations.contains(location) ? define(original) : original;
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
