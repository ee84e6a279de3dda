package workbook.checker;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A limit on a wait, in real time, that tells what hangs from what a busy machine holds up. When
 * the time is over, it has passed if whoever is waited for had a core for half of that time, or has
 * nothing left to do. If neither is so, the wait goes on, up to ten times as long; then the rule is
 * not decided.
 *
 * <p><b>Threads.</b> {@link #extend} may be called from any thread, the rest from one only.
 */
public final class Limit {

  private static final int AT_MOST = 10; // times as long
  private static final long NEXT_LOOK = 5; // in ms, once the time is over
  private static final long LONGEST_MOMENT = 300_000_000; // in ns
  private static final long NOT_LOOKED = -1;
  private static final long SHORTEST_PAUSE = 20_000;
  private static final long LONGEST_PAUSE = 1_000_000;
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Work work;
  private final long begin = System.nanoTime();
  private long cpuAtBegin = NOT_LOOKED; // these three in ns
  private volatile long time;
  private long lastedSoFar;
  private long idleSince; // 0 while it is not

  /** Whoever is waited for. */
  public interface Work {

    /** Called now and then while the limit has not passed. */
    default void look() {}

    /** The time that it has had on a core so far, in nanoseconds. */
    long cpuNanos();

    /** Whether it waits, as far as can be told. */
    boolean isIdle();
  }

  private enum ThisJvm implements Work {
    INSTANCE;

    @Override
    public long cpuNanos() {
      return SYSTEM.getProcessCpuTime();
    }

    @Override
    public boolean isIdle() {
      return !LiveThreads.anotherOneRuns();
    }
  }

  /** The wait has lasted ten times as long as it may, and nothing is decided. */
  public static final class Undecided extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Undecided(Duration waited, Duration cpu) {
      super(
          "the machine is busy: what was waited for had %d ms on a core in %d s"
              .formatted(cpu.toMillis(), waited.toSeconds()));
    }
  }

  private Limit(Duration time, Work work) {
    this.work = work;
    this.time = time.toNanos();
  }

  /** A limit that begins now, for what threads of this JVM are to bring about. */
  public static Limit of(Patience patience) {
    return of(patience.limit());
  }

  /** A limit that begins now, for what threads of this JVM are to bring about. */
  public static Limit of(Duration time) {
    return of(time, ThisJvm.INSTANCE);
  }

  /** A limit that begins now, for what somebody else is to bring about. */
  public static Limit of(Duration time, Work work) {
    return new Limit(time, work);
  }

  /**
   * Whether it has passed, so that what has not come about will not. To be asked again and again
   * while waiting. Throws an exception that makes the rule not decided, when it cannot be told.
   */
  public boolean hasPassed() {
    work.look();
    begin();
    long lasted = System.nanoTime() - begin;
    // What a rule waits for has a limit of its own: the rule's is for the rest.
    RuleExtension.waited(this, Duration.ofNanos(lasted - lastedSoFar));
    lastedSoFar = lasted;
    if (lasted < time) {
      return false;
    }
    long cpu = work.cpuNanos() - cpuAtBegin;
    if (cpu >= time / 2 || hasBeenIdle()) {
      RuleExtension.passed();
      return true;
    }
    if (lasted > AT_MOST * time) {
      throw new Undecided(Duration.ofNanos(lasted), Duration.ofNanos(cpu));
    }
    return false;
  }

  /** Looks at the processor, which takes longer than most waits do: so not before it must. */
  private void begin() {
    if (cpuAtBegin == NOT_LOOKED) {
      cpuAtBegin = work.cpuNanos();
    }
  }

  /** Waits for a condition, and tells whether it became true before the limit has passed. */
  public boolean awaits(BooleanSupplier condition) {
    long pause = SHORTEST_PAUSE;
    while (!condition.getAsBoolean()) {
      if (hasPassed()) {
        return condition.getAsBoolean();
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, LONGEST_PAUSE); // others are not to take it for one that runs
    }
    return true;
  }

  /** Waits for a latch to be open, and tells whether it was before the limit has passed. */
  public boolean awaits(CountDownLatch latch) throws InterruptedException {
    while (!latch.await(toNextLook().toMillis(), TimeUnit.MILLISECONDS)) {
      if (hasPassed()) {
        return latch.getCount() == 0;
      }
    }
    return true;
  }

  /** Whoever waits for a core may look idle, for a moment. */
  private boolean hasBeenIdle() {
    if (!work.isIdle()) {
      idleSince = 0;
      return false;
    }
    long now = System.nanoTime();
    idleSince = idleSince == 0 ? now : idleSince;
    return now - idleSince >= Math.min(time / 10, LONGEST_MOMENT);
  }

  /** Makes it longer. */
  synchronized void extend(Duration by) {
    time += by.toNanos();
  }

  /** How long it is. */
  Duration time() {
    return Duration.ofNanos(time);
  }

  /** How long to wait before the next look, at most. */
  public Duration toNextLook() {
    begin();
    long left = time - (System.nanoTime() - begin);
    return Duration.ofMillis(Math.max(NEXT_LOOK, Duration.ofNanos(left).toMillis()));
  }
}
