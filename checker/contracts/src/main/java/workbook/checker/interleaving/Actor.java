package workbook.checker.interleaving;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import workbook.checker.interleaving.Interleaver.Bystander;

/**
 * One actor of one schedule: a virtual thread that moves only while its status is {@code RUNNING}.
 *
 * <p>The explorer gives the turn; the actor gives it back by pausing or by ending. An actor that
 * waits inside the JDK is declared {@code BLOCKED} by the explorer, and pauses as soon as it is
 * back in the learner's code.
 */
final class Actor extends Bystander {
  // Invariants:
  //   at most one actor is RUNNING, and the explorer waits for it
  //   PAUSED -> RUNNING -> BLOCKED, and any -> FREE or UNWIND: set by the explorer
  //   RUNNING or BLOCKED -> PAUSED, UNWIND -> FREE, any -> DONE: set by the actor
  //   plain fields are written by whoever has the turn, and read after it was given back

  enum Status {
    /** Stands at a point, or has not started yet. */
    PAUSED,
    /** Has the turn. */
    RUNNING,
    /** Waits inside the JDK, and has no turn. */
    BLOCKED,
    /** The schedule is over: runs through all points. */
    FREE,
    /** The schedule is over: the next point throws. */
    UNWIND,
    /** Has ended. */
    DONE
  }

  /** Ends an actor whose schedule is over. It has no stack: nobody looks at it. */
  private static final class Unwound extends Error {
    private static final long serialVersionUID = 1;

    Unwound() {
      super("The schedule of this actor is over.", null, false, false);
    }
  }

  private static final int FREE_POINTS = 1_000;

  final String name;
  private final Schedule schedule;
  private final Thread thread;
  private final AtomicReference<Status> status = new AtomicReference<>(Status.PAUSED);
  private boolean noticed; // since the last round
  private int rounds;
  private int roundsBefore;
  private final AtomicBoolean permit = new AtomicBoolean();
  private @Nullable String place;
  private @Nullable Throwable failure;
  private int initializers;
  private int freePoints;

  Actor(String name, Schedule schedule, Body body) {
    this.name = name;
    this.schedule = schedule;
    this.thread = Thread.ofVirtual().name(name).unstarted(() -> run(body));
  }

  /** What an actor does. */
  interface Body {
    void run() throws Throwable;
  }

  private void run(Body body) {
    Interleaver.take(this);
    Permits.enter(thread, this);
    try {
      body.run();
    } catch (Throwable e) {
      failure = e instanceof Unwound ? null : e;
    }
    returned();
    Permits.leave(thread);
    status.set(Status.DONE);
  }

  // Called by the actor's own thread, through Interleaver.

  @Override
  void point(String next) {
    if (initializers > 0) {
      return;
    }
    noticed = true;
    boolean first = place == null;
    boolean resumed = false;
    place = next;
    while (true) {
      var now = status.get();
      if (now == Status.FREE || now == Status.UNWIND) {
        unwindIfAsked(now);
        return;
      }
      if (now == Status.RUNNING && (first || resumed || schedule.goesOn(this))) {
        schedule.passed(next);
        return;
      }
      pause(now);
      resumed = true;
    }
  }

  @Override
  void returned() {
    if (status.get() == Status.BLOCKED) {
      pause(Status.BLOCKED);
    }
  }

  @Override
  void looped() {
    if (noticed) {
      noticed = false;
      rounds++;
    }
    unwindIfAsked(status.get());
  }

  @Override
  void initializing(int depth) {
    initializers += depth;
  }

  @Override
  boolean released() {
    var now = status.get();
    return now == Status.FREE || now == Status.UNWIND;
  }

  /** Waits for a permit that is meant for the learner's code. */
  void park() {
    while (!permit.getAndSet(false) && !thread.isInterrupted() && !released()) {
      LockSupport.park(this);
    }
  }

  /** Called by any thread, before the actor's own is unparked. */
  void givePermit() {
    permit.set(true);
  }

  private void unwindIfAsked(Status now) {
    // Thrown once and then not for a while, so that the learner's finally blocks can unlock.
    if (now == Status.UNWIND || now == Status.FREE && ++freePoints % FREE_POINTS == 0) {
      status.set(Status.FREE);
      throw new Unwound();
    }
  }

  private void pause(Status now) {
    if (status.compareAndSet(now, Status.PAUSED)) {
      boolean interrupted = false;
      while (status.get() == Status.PAUSED) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        thread.interrupt();
      }
    }
  }

  // Called by the explorer.

  void giveTurn() {
    status.set(Status.RUNNING);
    if (thread.getState() == Thread.State.NEW) {
      thread.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  /** Whether this actor stands still; one that waits inside the JDK loses its turn. */
  boolean still() {
    // Twice: a thread that is looked at just when it leaves its carrier seems to wait for a moment.
    if (!seemsStill() || !seemsStill()) {
      return false;
    }
    status.compareAndSet(Status.RUNNING, Status.BLOCKED); // after the look: pausing is waiting, too
    return true;
  }

  private boolean seemsStill() {
    // Even a paused actor must wait: one that is woken on its way there would seem to wait again.
    return switch (thread.getState()) {
      case RUNNABLE -> status.get() == Status.DONE;
      case NEW, WAITING, TIMED_WAITING, BLOCKED, TERMINATED -> true;
    };
  }

  void release(Status how) {
    if (thread.getState() == Thread.State.NEW) {
      status.set(Status.DONE);
    } else if (status.getAndUpdate(now -> now == Status.DONE ? now : how) != Status.DONE) {
      thread.interrupt();
    }
  }

  boolean is(Status expected) {
    return status.get() == expected;
  }

  Thread.State state() {
    return thread.getState();
  }

  @Nullable Throwable failure() {
    return failure;
  }

  /** How often it has gone round a loop in which others could notice something. */
  int rounds() {
    return rounds;
  }

  /** Whether it has gone round so often since this was last so. */
  boolean hasGoneRound(int times) {
    if (rounds - roundsBefore < times) {
      return false;
    }
    roundsBefore = rounds;
    return true;
  }

  /** Whether it has come to a point. */
  boolean hasStarted() {
    return place != null;
  }

  /** The learner's line this actor stands at. */
  String place() {
    return place == null ? "its start" : place;
  }
}
