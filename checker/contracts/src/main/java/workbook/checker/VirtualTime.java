package workbook.checker;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;

/**
 * A time that stands still until every thread that takes part is waiting, and then moves from one
 * sleeper's hour to the next. An hour takes no time, and what happens does not depend on the number
 * of cores or on what else the machine is doing.
 *
 * <p><b>Who takes part.</b> Threads that were enrolled, and every thread that ever slept here. A
 * thread that was started in the meantime is given the time to go to sleep here, or to end.
 *
 * <p><b>Threads.</b> One thread, the driver, moves the time; it does not take part itself, but may
 * join a thread that needs no more time to end. All others may sleep, join and read the clocks.
 *
 * <p><b>At rest</b> means: ended, or waiting without a limit. For a virtual thread this is exact,
 * since its state is RUNNABLE from the moment it is unparked; a platform thread's changes only when
 * it gets a core, so it is looked at more often. A thread in a wait of its own with a limit (a real
 * sleep, a poll) is not at rest, unless it is a pool's that has nothing to do.
 */
public final class VirtualTime implements TimeSource {

  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final long ORIGIN = -3_600_000_000_000L; // a monotonic clock may well be negative

  /** Part of the name of a thread that is the checker's own: no rule counts it. */
  public static final String HELPER = "the checker's own";

  private static final long SHORTEST_PAUSE = 50_000; // between two looks, in ns
  private static final long LONGEST_PAUSE = 2_000_000;
  private static final int MOST_WAKE_UPS = 3_000;

  private final EndOfTrial end = new EndOfTrial();

  // The driver alone writes elapsed, and only while all others are at rest.
  private volatile long elapsed;
  private volatile Duration wallClockShift = Duration.ZERO;
  private final AtomicLong sleeps = new AtomicLong();
  private final Set<Thread> enrolled = ConcurrentHashMap.newKeySet();
  private final Set<Sleeper> sleepers = ConcurrentHashMap.newKeySet();
  private long youngestKnown = newThreadId(); // the driver's

  /** A thread that did not come to rest, or a time that could not be moved. */
  static final class NotAtRest extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private final transient Thread thread;

    NotAtRest(String message, Thread thread) {
      super(message);
      this.thread = thread;
      setStackTrace(thread.getStackTrace());
    }

    Thread thread() {
      return thread;
    }
  }

  @Override
  public Instant now() {
    end.pass();
    return START.plusNanos(elapsed).plus(wallClockShift);
  }

  @Override
  public long nanoTime() {
    end.pass();
    return ORIGIN + elapsed;
  }

  /** The virtual time that has passed, in whole milliseconds since the start. */
  public long millis() {
    return TimeUnit.NANOSECONDS.toMillis(elapsed);
  }

  @Override
  public boolean sleep(Duration time, CancellationToken wake) throws InterruptedException {
    end.pass();
    enroll(Thread.currentThread());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (wake.isCancelled()) {
      return false;
    }
    if (!time.isPositive()) {
      return true;
    }
    return new Sleeper(time, null).sleep(wake) == Waking.TIME;
  }

  @Override
  public boolean join(Thread thread, Duration limit) throws InterruptedException {
    end.pass();
    enroll(Thread.currentThread());
    if (thread.getState() == Thread.State.NEW) {
      throw new IllegalThreadStateException("Thread not started"); // as the machine's own time does
    }
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (thread.isAlive() && limit.isPositive()) {
      var sleeper = new Sleeper(limit, thread);
      Thread.ofVirtual()
          .name(HELPER)
          .start(
              () -> {
                try {
                  thread.join();
                  sleeper.wake(Waking.END_OF_THREAD);
                } catch (InterruptedException e) {
                  throw new AssertionError("nobody interrupts this thread", e);
                }
              });
      sleeper.sleep(CancellationToken.none());
    }
    return !thread.isAlive();
  }

  /**
   * Sets the wall clock, as an administrator would. The monotonic clock is not touched.
   *
   * @param shift how far forward; negative is back
   */
  public void shiftWallClock(Duration shift) {
    wallClockShift = wallClockShift.plus(shift);
  }

  /** When nobody gets the time any more. */
  EndOfTrial end() {
    return end;
  }

  /**
   * Lets a thread take part.
   *
   * @param thread the thread that is waited for before time moves
   */
  public void enroll(Thread thread) {
    enrolled.add(thread);
  }

  /**
   * Lets the time move to the given millisecond, waking each sleeper at its own time on the way.
   *
   * @param millis the virtual time in milliseconds
   */
  public void advanceTo(long millis) {
    long target = TimeUnit.MILLISECONDS.toNanos(millis);
    int wakeUps = 0;
    settle();
    for (var next = nextDue(target); next.isPresent(); next = nextDue(target)) {
      var sleeper = next.get();
      elapsed = Math.max(elapsed, sleeper.due);
      sleeper.wake(Waking.TIME);
      settle();
      wakeUps++;
      if (wakeUps > MOST_WAKE_UPS) {
        throw new NotAtRest(
            "asked to be woken again and again within " + millis + " ms", sleeper.thread);
      }
    }
    elapsed = Math.max(elapsed, target);
  }

  /** Waits until all who take part are at rest, the calling thread aside. */
  public void settle() {
    var limit = Limit.of(Patience.SIGNAL);
    long pause = SHORTEST_PAUSE;
    int looks = looks();
    int calm = 0;
    int quiet = 0; // twice: between two looks a stranger may hand on to one who takes part
    for (int tries = 0; quiet < 2; tries++) {
      var restless =
          enrolled.stream()
              .filter(thread -> thread != Thread.currentThread() && !isAtRest(thread))
              .findFirst();
      // Looking at one after the other may miss one that was woken behind our back: look again.
      calm = restless.isEmpty() ? calm + 1 : 0;
      quiet = restless.isEmpty() ? quiet : 0;
      if (calm == looks) {
        quiet = strangersAreAtRest(limit) ? quiet + 1 : 0;
        calm = 0;
      }
      if (restless.isPresent() && limit.hasPassed()) {
        throw new NotAtRest("did not come to rest", restless.get());
      }
      if (tries < 100) {
        Thread.yield();
      } else {
        LockSupport.parkNanos(pause);
        pause = restless.isPresent() ? Math.min(2 * pause, LONGEST_PAUSE) : SHORTEST_PAUSE;
      }
    }
  }

  /** How many looks in a row must find all at rest. */
  private int looks() {
    return enrolled.stream().allMatch(Thread::isVirtual) ? 3 : 20;
  }

  /**
   * Whether no thread that nobody told us of is on its way to its first sleep here, or to wake one
   * who takes part. Thread ids are given out in order: who is younger than this time and does not
   * take part is a stranger.
   */
  private boolean strangersAreAtRest(Limit limit) {
    if (limit.hasPassed()) {
      youngestKnown = newThreadId(); // who runs on and on and never sleeps here does not take part
    }
    int known = enrolled.size();
    boolean run =
        LiveThreads.any(
            thread ->
                thread.threadId() > youngestKnown
                    && thread != Thread.currentThread()
                    && !LiveThreads.waits(thread)
                    && !enrolled.contains(thread));
    return !run && known == enrolled.size(); // else one has joined, and has to be looked at, too
  }

  private static long newThreadId() {
    return Thread.ofVirtual().unstarted(() -> {}).threadId();
  }

  /** Whether all who take part have ended or wait, at a look. */
  boolean allRest() {
    return enrolled.stream().allMatch(this::isAtRest);
  }

  private boolean isAtRest(Thread thread) {
    return switch (thread.getState()) {
      case TERMINATED -> true;
      case WAITING -> sleepers.stream().noneMatch(s -> s.thread == thread && s.isWoken());
      case TIMED_WAITING -> LiveThreads.isIdleInAPool(thread);
      default -> false;
    };
  }

  private Optional<Sleeper> nextDue(long target) {
    return sleepers.stream()
        .filter(sleeper -> sleeper.due <= target && !sleeper.isWoken())
        .min(Comparator.<Sleeper>comparingLong(s -> s.due).thenComparingLong(s -> s.number));
  }

  private enum Waking {
    TIME,
    TOKEN,
    END_OF_THREAD
  }

  /** One wait. Its first waking decides; an interrupt leaves it undecided. */
  private final class Sleeper {

    private final Thread thread = Thread.currentThread();
    private final long number = sleeps.incrementAndGet();
    private final long due;
    private final @Nullable Thread joined;
    private final AtomicReference<@Nullable Waking> waking = new AtomicReference<>();

    Sleeper(Duration time, @Nullable Thread joined) {
      long nanos = TimeUnit.NANOSECONDS.convert(time);
      this.due = nanos > Long.MAX_VALUE - elapsed ? Long.MAX_VALUE : elapsed + nanos;
      this.joined = joined;
    }

    Waking sleep(CancellationToken wake) throws InterruptedException {
      sleepers.add(this);
      try (var _ = wake.onCancel(() -> wake(Waking.TOKEN))) {
        while (true) {
          var decided = waking.get();
          if (decided != null) {
            return decided;
          }
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
          LockSupport.park(this);
        }
      } finally {
        sleepers.remove(this);
      }
    }

    void wake(Waking cause) {
      if (waking.compareAndSet(null, cause)) {
        LockSupport.unpark(thread);
      }
    }

    boolean isWoken() {
      return waking.get() != null
          || thread.isInterrupted()
          || (joined != null && !joined.isAlive());
    }
  }
}
