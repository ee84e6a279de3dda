package workbook.contracts.shared;

import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The calls of maps that watched code makes, see {@link UnlockedMaps}. At most one rule holds a
 * writer at a time. May be called from any thread.
 */
@SuppressWarnings({"unchecked", "rawtypes", "NullAway"}) // the signatures are those of the calls
public final class MapCalls {

  private static final Set<Class<?>> PLAIN =
      Set.of(
          HashMap.class,
          LinkedHashMap.class,
          TreeMap.class,
          WeakHashMap.class,
          IdentityHashMap.class);

  private static final Set<String> READS =
      Set.of(
          "get", "getOrDefault", "containsKey", "size", "keySet", "values", "entrySet", "forEach");

  private static final String NAME = MapCalls.class.getName();
  private static final int NONE = -1;
  private static final Object LOCK = new Object();
  private static final Map<Map, Thread> firstUsers = new IdentityHashMap<>(); // these by LOCK
  private static int toLetPass = NONE;
  private static @Nullable Map held;
  private static @Nullable Thread writer;
  private static String clash = "";
  private static String change = "";
  private static CountDownLatch released = new CountDownLatch(0);

  private MapCalls() {}

  /**
   * Holds a thread that is about to change a map which another thread has used before.
   *
   * @param changesBefore how many such changes come first
   */
  public static void holdWriter(int changesBefore) {
    synchronized (LOCK) {
      toLetPass = changesBefore;
      clash = "";
      released = new CountDownLatch(1);
    }
  }

  /** Whether a writer is held. */
  public static boolean holds() {
    synchronized (LOCK) {
      return held != null;
    }
  }

  /**
   * Lets the writer go on, or forgets that one was to be held.
   *
   * @return what another thread did in the map meanwhile
   */
  public static Optional<String> release() {
    synchronized (LOCK) {
      toLetPass = NONE;
      held = null;
      released.countDown();
      return Optional.of(clash).filter(text -> !text.isEmpty());
    }
  }

  /** Forgets all maps. */
  public static void forget() {
    release();
    synchronized (LOCK) {
      firstUsers.clear();
    }
  }

  /** Before an override calls what it overrides, where it may hold a lock of its own. */
  public static void withinOverride(Map map, String name) {
    enterPlain(map, name);
  }

  private static <T> T at(Map map, String name, Supplier<T> call) {
    enter(map, name);
    return call.get();
  }

  private static void enter(Map map, String name) {
    Class<?> type = map.getClass();
    boolean overridden = false;
    for (; type.getClassLoader() != null; type = type.getSuperclass()) {
      overridden |= Stream.of(type.getDeclaredMethods()).anyMatch(m -> m.getName().equals(name));
    }
    if (PLAIN.contains(type) && !overridden) {
      enterPlain(map, name);
    }
  }

  private static void enterPlain(Map map, String name) {
    boolean writes = !READS.contains(name);
    var me = Thread.currentThread();
    CountDownLatch wait;
    synchronized (LOCK) {
      boolean shared = firstUsers.computeIfAbsent(map, _ -> me) != me;
      if (held == map && writer != me && clash.isEmpty()) {
        clash = name + place() + ", and meanwhile " + change;
      }
      if (!writes || !shared || toLetPass == NONE || toLetPass-- > 0) {
        return;
      }
      toLetPass = NONE;
      held = map;
      writer = me;
      change = name + place();
      wait = released;
    }
    try {
      wait.await();
    } catch (InterruptedException e) {
      me.interrupt();
    }
  }

  private static String place() {
    return StackWalker.getInstance()
        .walk(frames -> frames.filter(frame -> !frame.getClassName().equals(NAME)).findFirst())
        .map(f -> " (%s:%d)".formatted(f.getFileName(), f.getLineNumber()))
        .orElse("");
  }

  public static Object get(Map map, Object key) {
    return at(map, "get", () -> map.get(key));
  }

  public static Object getOrDefault(Map map, Object key, Object other) {
    return at(map, "getOrDefault", () -> map.getOrDefault(key, other));
  }

  public static boolean containsKey(Map map, Object key) {
    return at(map, "containsKey", () -> map.containsKey(key));
  }

  public static int size(Map map) {
    return at(map, "size", map::size);
  }

  public static Set keySet(Map map) {
    return at(map, "keySet", map::keySet);
  }

  public static Collection values(Map map) {
    return at(map, "values", map::values);
  }

  public static Set entrySet(Map map) {
    return at(map, "entrySet", map::entrySet);
  }

  public static void forEach(Map map, BiConsumer action) {
    enter(map, "forEach");
    map.forEach(action);
  }

  public static Object put(Map map, Object key, Object value) {
    return at(map, "put", () -> map.put(key, value));
  }

  public static Object putIfAbsent(Map map, Object key, Object value) {
    return at(map, "putIfAbsent", () -> map.putIfAbsent(key, value));
  }

  public static Object remove(Map map, Object key) {
    return at(map, "remove", () -> map.remove(key));
  }

  public static boolean remove(Map map, Object key, Object value) {
    return at(map, "remove", () -> map.remove(key, value));
  }

  public static Object replace(Map map, Object key, Object value) {
    return at(map, "replace", () -> map.replace(key, value));
  }

  public static Object compute(Map map, Object key, BiFunction change) {
    return at(map, "compute", () -> map.compute(key, change));
  }

  public static Object computeIfAbsent(Map map, Object key, Function made) {
    return at(map, "computeIfAbsent", () -> map.computeIfAbsent(key, made));
  }

  public static Object computeIfPresent(Map map, Object key, BiFunction change) {
    return at(map, "computeIfPresent", () -> map.computeIfPresent(key, change));
  }

  public static Object merge(Map map, Object key, Object value, BiFunction change) {
    return at(map, "merge", () -> map.merge(key, value, change));
  }
}
