package workbook.checker.interleaving;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Lets many threads get in each other's way. Where {@link Interleavings} tries the orders of a few
 * actors one by one, here all run at once, and each gives way to the others before every line that
 * they may notice: what can go wrong between two lines then goes wrong on any machine.
 *
 * <p>The learner's class must come from {@link InstrumentingLoader#twin}.
 */
public final class Restless {

  private Restless() {}

  /**
   * Makes a call restless.
   *
   * @param call what a thread does
   * @param <T> what it returns
   * @return the same, giving way again and again
   */
  public static <T> Callable<T> call(Callable<T> call) {
    return () -> {
      Interleaver.take(new GivesWay());
      return call.call();
    };
  }

  /**
   * Makes calls go in step: none passes its next line that others may notice before all others have
   * come as far, have ended, or wait inside the JDK. What can go wrong when all look before any of
   * them acts goes wrong every time, on one core as on many.
   *
   * <p>Whoever runs on and on without coming to such a line is not waited for for ever: from then
   * on all run as they like.
   *
   * @param calls what each thread does; each call is for one thread, and all have to be started
   * @param <T> what they return
   * @return the same, in step, in the same order
   */
  public static <T> List<Callable<T>> inStep(List<Callable<T>> calls) {
    var crowd = new Crowd();
    var inStep = new ArrayList<Callable<T>>();
    for (var call : calls) {
      var walker = new Walker(crowd);
      crowd.walkers.add(walker);
      inStep.add(() -> walker.walk(call));
    }
    return inStep;
  }

  /**
   * Does something while virtual threads run one at a time: none is stopped within a line, so that
   * what is found does not depend on the machine.
   *
   * @param body what is done, on the calling thread, which is not a virtual one
   */
  public static void oneAtATime(Runnable body) {
    var carriers = new Carriers();
    carriers.one();
    try {
      body.run();
    } finally {
      carriers.all();
    }
  }

  private static final class Crowd {
    final List<Walker> walkers = new ArrayList<>(); // all there before the first of them starts
    volatile boolean isLetGo;

    /** Wakes those who stand at a line. */
    void goOn() {
      for (var walker : walkers) {
        if (walker.waits) {
          LockSupport.unpark(walker.thread);
        }
      }
    }
  }

  private static final class Walker extends Interleaver.Bystander {
    private final Crowd crowd;
    private volatile @Nullable Thread thread;
    private volatile int points;
    private volatile boolean waits;
    private int initializers;

    Walker(Crowd crowd) {
      this.crowd = crowd;
    }

    <T> T walk(Callable<T> call) throws Exception {
      thread = Thread.currentThread();
      Interleaver.take(this);
      try {
        point("the start");
        return call.call();
      } finally {
        points = Integer.MAX_VALUE;
        crowd.goOn();
      }
    }

    @Override
    void initializing(int depth) {
      initializers += depth;
    }

    @Override
    void point(String place) {
      if (initializers > 0 || crowd.isLetGo) {
        return;
      }
      int step = points + 1;
      waits = true; // first: who has come this far must not seem to wait elsewhere
      points = step;
      if (all(step)) {
        crowd.goOn(); // the last to come
      } else {
        waitForTheOthers(step);
      }
      // A permit meant for the learner's own park() may have been used up here: put it back.
      LockSupport.unpark(thread);
      waits = false;
    }

    /**
     * Who comes wakes those who wait here; who has begun to wait elsewhere has to be looked for.
     */
    private void waitForTheOthers(int step) {
      try {
        var limit = RealTime.limit().dividedBy(2);
        crowd.isLetGo |= !RealTime.awaitAtRest(limit, () -> crowd.isLetGo || all(step));
      } catch (InterruptedException e) {
        crowd.isLetGo = true;
        Thread.currentThread().interrupt();
      }
    }

    private boolean all(int step) {
      for (var other : crowd.walkers) {
        if (other.points < step && !other.waitsElsewhere()) {
          return false;
        }
      }
      return true;
    }

    private boolean waitsElsewhere() {
      var runner = thread;
      return runner != null && !waits && runner.getState() != Thread.State.RUNNABLE;
    }
  }

  private static final class GivesWay extends Interleaver.Bystander {
    @Override
    void point(String place) {
      Thread.yield();
    }
  }
}
