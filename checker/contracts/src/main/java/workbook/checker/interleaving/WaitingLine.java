package workbook.checker.interleaving;

import org.jspecify.annotations.Nullable;
import workbook.checker.interleaving.Actor.Status;

/**
 * An actor that was given the turn in the place of another, and went straight into a wait: for a
 * lock that the other holds, most of the time. The other goes on, and as long as the first still
 * waits, it would have come to the same to stop the other one step later. So those schedules are
 * left out, which are most of them where a lock is held for many steps.
 */
final class WaitingLine {

  @Nullable Actor stopped; // who could have gone on
  private @Nullable Actor first; // who got the turn instead
  private boolean stands;
  private boolean fresh; // on its way to its first point, where nobody else can notice anything
  private int until;

  /** An actor is stopped for another. */
  void forms(Actor stopped, Actor first) {
    this.stopped = stopped;
    this.first = first;
    stands = false;
    fresh = !first.hasStarted();
    until = 0;
  }

  /** Whether an actor that can go no further is the one that got the turn. */
  boolean joins(@Nullable Actor actor) {
    stands = actor != null && actor == first && waits(actor);
    return stands;
  }

  /** An actor has come to a point. */
  void sees(Actor actor, int time) {
    if (first == null) {
      return;
    }
    if (actor == first && fresh) {
      fresh = false;
    } else if (stands && actor == stopped && waits(first)) {
      until = time - 1; // the turn that came to nothing was a decision of its own
    } else {
      first = null;
    }
  }

  private static boolean waits(Actor actor) {
    return actor.is(Status.BLOCKED) && actor.state() == Thread.State.WAITING;
  }

  /** Up to which time of the schedule without the preemption it would come to the same; or 0. */
  int until() {
    return until;
  }
}
