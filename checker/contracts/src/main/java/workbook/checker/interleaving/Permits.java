package workbook.checker.interleaving;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What {@link LockSupport#park} and {@link LockSupport#unpark} become in instrumented code. Not for
 * use by hand.
 *
 * <p>An actor that pauses parks, too, and would use up a permit that was meant for the learner's
 * own code. So actors have permits of a kind of their own.
 */
public final class Permits {

  private static final Map<Thread, Actor> ACTORS = new ConcurrentHashMap<>();

  private Permits() {}

  static void enter(Thread thread, Actor actor) {
    ACTORS.put(thread, actor);
  }

  static void leave(Thread thread) {
    ACTORS.remove(thread);
  }

  /** Stands in for {@link LockSupport#park()}. */
  public static void park() {
    var actor = ACTORS.get(Thread.currentThread());
    if (actor == null) {
      LockSupport.park();
    } else {
      actor.park();
    }
  }

  /**
   * Stands in for {@link LockSupport#park(Object)}.
   *
   * @param blocker as there
   */
  public static void park(@Nullable Object blocker) {
    park();
  }

  /**
   * Stands in for {@link LockSupport#unpark(Thread)}.
   *
   * @param thread as there
   */
  public static void unpark(@Nullable Thread thread) {
    var actor = thread == null ? null : ACTORS.get(thread);
    if (actor != null) {
      actor.givePermit();
    }
    LockSupport.unpark(thread);
  }
}
