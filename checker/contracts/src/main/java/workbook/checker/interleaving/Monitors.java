package workbook.checker.interleaving;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What {@code synchronized}, {@code wait} and {@code notify} become in instrumented code. Not for
 * use by hand.
 *
 * <p>The JVM hands a released monitor to a virtual thread some time later, on a thread of its own,
 * so nobody can tell whether the next owner is about to run. A {@link ReentrantLock} wakes it at
 * once. So objects that only instrumented code locks get such a lock instead, with the same rules
 * (reentrant, first waiter first, {@link IllegalMonitorStateException} without it). Objects that
 * may lock themselves, such as a {@code Vector} or a synchronized list, keep their monitor.
 */
public final class Monitors {
  private static final Map<Key, Monitor> MONITORS = new ConcurrentHashMap<>();
  private static final ReferenceQueue<Object> COLLECTED = new ReferenceQueue<>();

  /** Locked in place of a replaced monitor: never contended, as each thread has its own. */
  private static final ThreadLocal<Object> TOKEN = ThreadLocal.withInitial(Object::new);

  private static final ClassValue<Boolean> REPLACED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          var base = type.getSuperclass();
          return !locksItself(type) && (base == null || REPLACED.get(base));
        }
      };

  private Monitors() {}

  private static final class Monitor extends ReentrantLock {
    private static final long serialVersionUID = 1;
    final transient Condition notified = newCondition();
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object object, @Nullable ReferenceQueue<Object> queue) {
      super(object, queue);
      hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return this == other || other instanceof Key key && get() != null && get() == key.get();
    }
  }

  /**
   * Enters the monitor of an object.
   *
   * @param object the operand of {@code monitorenter}
   * @return the object to execute {@code monitorenter} on; null, to fail there, if given null
   */
  public static @Nullable Object enter(@Nullable Object object) {
    var monitor = of(object);
    if (monitor == null) {
      return object;
    }
    boolean interrupted = false;
    while (true) {
      try {
        monitor.lockInterruptibly();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
        if (Interleaver.released()) {
          Interleaver.looped(); // may throw, to end an actor of a deadlock
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return TOKEN.get();
  }

  /**
   * Leaves the monitor of an object.
   *
   * @param object the operand of {@code monitorexit}
   * @return the object to execute {@code monitorexit} on
   */
  public static @Nullable Object exit(@Nullable Object object) {
    var monitor = of(object);
    if (monitor == null) {
      return object;
    }
    monitor.unlock();
    return TOKEN.get();
  }

  /**
   * Stands in for {@link Object#wait()}.
   *
   * @param object the object to wait on
   * @throws InterruptedException as there
   */
  public static void wait(Object object) throws InterruptedException {
    wait(object, 0);
  }

  /**
   * Stands in for {@link Object#wait(long)}.
   *
   * @param object the object to wait on
   * @param millis the longest time to wait, in milliseconds; 0 for no limit
   * @throws InterruptedException as there
   */
  public static void wait(Object object, long millis) throws InterruptedException {
    wait(object, millis, 0);
  }

  /**
   * Stands in for {@link Object#wait(long, int)}.
   *
   * @param object the object to wait on
   * @param millis the longest time to wait, in milliseconds
   * @param nanos additional nanoseconds; 0 for both is no limit
   * @throws InterruptedException as there
   */
  public static void wait(Object object, long millis, int nanos) throws InterruptedException {
    var monitor = of(object);
    if (monitor == null) {
      object.wait(millis, nanos);
    } else if (millis == 0 && nanos == 0) {
      monitor.notified.await();
    } else if (millis < 0 || nanos < 0) {
      throw new IllegalArgumentException(
          "A negative time-out: " + millis + " ms, " + nanos + " ns");
    } else {
      monitor.notified.awaitNanos(TimeUnit.MILLISECONDS.toNanos(millis) + nanos);
    }
  }

  /**
   * Stands in for {@link Object#notify()}.
   *
   * @param object the object whose first waiter to wake
   */
  public static void notify(Object object) {
    var monitor = of(object);
    if (monitor == null) {
      object.notify();
    } else {
      monitor.notified.signal();
    }
  }

  /**
   * Stands in for {@link Object#notifyAll()}.
   *
   * @param object the object whose waiters to wake
   */
  public static void notifyAll(Object object) {
    var monitor = of(object);
    if (monitor == null) {
      object.notifyAll();
    } else {
      monitor.notified.signalAll();
    }
  }

  /** Whether code that is not instrumented may lock instances of this class. */
  private static boolean locksItself(Class<?> type) {
    var loader = type.getClassLoader();
    if (loader instanceof InstrumentingLoader) {
      return false;
    }
    return loader != null
        || type.getName().startsWith("java.util.Collections$Synchronized")
        || Arrays.stream(type.getDeclaredMethods())
            .anyMatch(method -> Modifier.isSynchronized(method.getModifiers()));
  }

  /**
   * Forgets the monitors of objects that are gone. For the explorer: the queue has a lock, which an
   * actor must not wait for.
   */
  static void forgetCollected() {
    for (var key = COLLECTED.poll(); key != null; key = COLLECTED.poll()) {
      MONITORS.remove(key);
    }
  }

  private static @Nullable Monitor of(@Nullable Object object) {
    if (object == null) {
      return null;
    }
    boolean replaced =
        object instanceof Class<?> type
            ? type.getClassLoader() instanceof InstrumentingLoader
            : REPLACED.get(object.getClass());
    if (!replaced) {
      return null;
    }
    var known = MONITORS.get(new Key(object, null));
    return known != null
        ? known
        : MONITORS.computeIfAbsent(new Key(object, COLLECTED), _ -> new Monitor());
  }
}
