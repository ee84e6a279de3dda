package workbook.checker.interleaving;

import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Stops one thread before a line that others may notice, until it is let go. {@link Interleavings}
 * schedules its own actors; this is for a thread that the learner's code has started, or one that
 * meets such threads. Tried for the first line, the second and so on, it lets everybody else do all
 * they can between any two lines of one thread.
 *
 * <p>The learner's class must come from {@link InstrumentingLoader#twin}.
 *
 * <p><b>Threads.</b> {@link #countFromHere} and {@link #countNoMore} are called on the thread that
 * is to be stopped, the rest on any other. A thread that stands here waits without a limit, and
 * keeps its interrupts for later.
 */
public final class Halt {

  private final int line;
  private volatile @Nullable String place; // set when the thread stands there
  private volatile boolean isLetGo;
  private volatile boolean hasGoneOn;
  private volatile @Nullable Thread thread;

  /**
   * A halt that has not been reached.
   *
   * @param line before how many lines of the thread that others may notice, from 1
   */
  Halt(int line) {
    this.line = line;
  }

  /**
   * Tries a scenario with a halt before the first line, before the second and so on, until it is
   * not reached. Virtual threads run one at a time meanwhile: one that is woken on the way to the
   * halt goes on when the halt has been reached, and not before.
   *
   * @param most how many lines are tried at most
   * @param scenario brings a thread to the halt, and lets it go
   * @return whether the thread has come to its end within so many lines
   */
  public static boolean atEachLine(int most, Consumer<Halt> scenario) {
    var carriers = new Carriers();
    carriers.one();
    try {
      for (int line = 1; line <= most; line++) {
        var halt = new Halt(line);
        scenario.accept(halt);
        if (!halt.isReached()) {
          return true;
        }
      }
      return false;
    } finally {
      carriers.all();
    }
  }

  /** Counts the lines of the calling thread from here on. */
  public void countFromHere() {
    thread = Thread.currentThread();
    Interleaver.take(new Counter());
  }

  /** The calling thread is not stopped any more. */
  public static void countNoMore() {
    Interleaver.take(new Interleaver.Bystander());
  }

  /** Whether the thread stands there, or has stood there. */
  public boolean isReached() {
    return place != null;
  }

  /** The learner's line that the thread stands before, as {@code Type.method:line}. */
  public String place() {
    return String.valueOf(place);
  }

  /** Whether the thread has gone on from there: a thread of the platform may take a moment. */
  public boolean hasGoneOn() {
    return hasGoneOn;
  }

  /** Lets the thread go on, now or when it comes. */
  public void letGo() {
    isLetGo = true;
    LockSupport.unpark(thread);
  }

  private final class Counter extends Interleaver.Bystander {

    private int lines;
    private int initializers;

    @Override
    void initializing(int depth) {
      initializers += depth;
    }

    @Override
    void point(String next) {
      if (initializers > 0 || ++lines != line) {
        return;
      }
      boolean interrupted = false;
      place = next;
      while (!isLetGo) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      hasGoneOn = true;
      // A permit meant for the learner's own park() may have been used up here: put it back.
      LockSupport.unpark(thread);
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
