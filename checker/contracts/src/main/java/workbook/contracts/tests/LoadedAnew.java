package workbook.contracts.tests;

import java.io.IOException;
import java.security.CodeSource;
import org.jspecify.annotations.Nullable;

/**
 * Loads a class, and all that come from the same place, once more: with static fields that nobody
 * has set. Everything else stays shared.
 */
final class LoadedAnew extends ClassLoader {

  private final @Nullable CodeSource place;

  private LoadedAnew(Class<?> type) {
    super(type.getClassLoader());
    place = type.getProtectionDomain().getCodeSource();
  }

  /** This class, loaded anew. */
  static Class<?> of(Class<?> type) {
    try {
      return new LoadedAnew(type).loadClass(type.getName());
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      var loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      var original = getParent().loadClass(name);
      var source = original.getProtectionDomain().getCodeSource();
      return source != null && source.equals(place) ? define(original) : original;
    }
  }

  private Class<?> define(Class<?> original) throws ClassNotFoundException {
    var file = original.getName().replace('.', '/') + ".class";
    try (var in = getParent().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(file);
      }
      var bytes = in.readAllBytes();
      return defineClass(
          original.getName(), bytes, 0, bytes.length, original.getProtectionDomain());
    } catch (IOException e) {
      throw new ClassNotFoundException(file, e);
    }
  }
}
