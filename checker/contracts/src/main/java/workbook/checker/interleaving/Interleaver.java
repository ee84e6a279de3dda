package workbook.checker.interleaving;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that {@link Instrumentation} inserts into a learner's class. Not for use by hand.
 *
 * <p>On the thread of an {@link Actor} they hand control to the exploration; on any other thread
 * they do nothing. A thread that an actor starts is not an actor.
 */
public final class Interleaver {
  private static final Set<Thread> STRANGERS = ConcurrentHashMap.newKeySet();
  private static final ThreadLocal<Bystander> HERE = ThreadLocal.withInitial(Stranger::new);

  /** Whether a thread which is neither an actor nor the explorer has run instrumented code. */
  private static volatile boolean strangerSeen;

  private Interleaver() {}

  /**
   * Called before an access that other threads may see: the place where an actor may be preempted.
   *
   * @param place the learner's line, as {@code Type.method:line}
   */
  public static void point(String place) {
    HERE.get().point(place);
  }

  /** Called after a call that may have blocked: an actor that lost its turn waits for it here. */
  public static void returned() {
    HERE.get().returned();
  }

  /** Called before a jump backwards, so that an endless loop can be ended. */
  public static void looped() {
    HERE.get().looped();
  }

  /**
   * Called around a static initializer. The JVM holds a lock there that no other thread can wait
   * for without keeping its carrier, so an actor is never preempted inside.
   *
   * @param depth 1 at the start, -1 at the end
   */
  public static void initializing(int depth) {
    HERE.get().initializing(depth);
  }

  static void take(Bystander role) {
    HERE.set(role);
    if (!(role instanceof Actor)) {
      strangerSeen = false;
    }
  }

  static boolean released() {
    return HERE.get().released();
  }

  static boolean strangerSeen() {
    return strangerSeen;
  }

  /**
   * Waits until no thread of the code's own runs, as far as they are known. One that runs on and on
   * is not waited for again.
   */
  static void awaitStrangers() throws InterruptedException {
    STRANGERS.removeIf(thread -> !thread.isAlive());
    if (!RealTime.await(RealTime.limit().dividedBy(10), Interleaver::strangersWait)) {
      STRANGERS.removeIf(thread -> thread.getState() == Thread.State.RUNNABLE);
    }
  }

  private static boolean strangersWait() {
    return STRANGERS.stream().allMatch(thread -> thread.getState() != Thread.State.RUNNABLE);
  }

  /** A thread that nobody schedules: it runs through all points. The explorer itself is one. */
  static class Bystander {
    void point(String place) {}

    void returned() {}

    void looped() {}

    void initializing(int depth) {}

    boolean released() {
      return false;
    }
  }

  private static final class Stranger extends Bystander {
    Stranger() {
      STRANGERS.add(Thread.currentThread());
    }

    @Override
    void point(String place) {
      strangerSeen = true;
    }
  }
}
