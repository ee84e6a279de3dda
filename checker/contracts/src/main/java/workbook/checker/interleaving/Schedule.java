package workbook.checker.interleaving;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import workbook.checker.Limit;
import workbook.checker.interleaving.Actor.Status;

/**
 * One execution of all actors, one at a time, in the order that a plan says; offers the plans that
 * differ from it in one later decision.
 *
 * <p>Decisions are made at the points of the running actor, by the actor itself as long as it goes
 * on, and by the explorer when it has ended or waits. Before each decision everybody stands still,
 * so the same plan leads to the same execution.
 */
final class Schedule {
  /** Points in one schedule after which it counts as endless. */
  private static final int MOST_POINTS = 10_000;

  /** After so many rounds of a loop others get a turn, too: an actor may be spinning for them. */
  private static final int ROUNDS = 4;

  /** Rounds after which an actor is spinning. */
  private static final int MOST_ROUNDS = 200;

  // Guarded by the turn: used by the running actor, or by the explorer while no actor runs.
  private final Plan plan;
  private final int mostPreemptions;
  private final Consumer<Plan> alternatives;
  private final List<Actor> actors = new ArrayList<>();
  private final Trace trace = new Trace();
  private int time;
  private int points;
  private boolean someBlocked;
  private boolean onPlan = true;
  private @Nullable Actor next;
  private @Nullable String problem;
  private final Limit limit; // what polls on the real clock may go on for ever
  private boolean cutOff;
  private @Nullable String restless;
  private final WaitingLine line = new WaitingLine();

  Schedule(Plan plan, int mostPreemptions, Limit limit, Consumer<Plan> alternatives) {
    this.limit = limit;
    this.plan = plan;
    this.mostPreemptions = mostPreemptions;
    this.alternatives = alternatives;
  }

  void add(String name, Actor.Body body) {
    actors.add(new Actor(name, this, body));
  }

  /** Runs until all actors have ended, or none can go on. */
  void run() throws InterruptedException {
    for (var turn = choose(null); turn != null; turn = settle() ? choose(turn) : null) {
      next = null;
      someBlocked = lookAtBlocked();
      if (limit.hasPassed()) {
        cutOff = true;
        break;
      }
      trace.starts(turn);
      turn.giveTurn();
    }
    trace.end();
  }

  /** Whether somebody waits inside the JDK; takes down where one does so with a time limit. */
  private boolean lookAtBlocked() {
    boolean some = false;
    for (var actor : actors) {
      if (actor.is(Status.BLOCKED)) {
        some = true;
        if (restless == null && actor.state() == Thread.State.TIMED_WAITING) {
          restless = "a timed wait at " + actor.place();
        }
      }
    }
    return some;
  }

  /** Who stood in line after the last preemption of the plan. */
  WaitingLine line() {
    return line;
  }

  /** Where an actor was restless, if one was: it waited with a time limit, or spun. */
  @Nullable String restless() {
    return restless;
  }

  /** Whether time ran out. */
  boolean isCutOff() {
    return cutOff;
  }

  /** Whether every actor has ended, or waits for something that nobody will do. */
  boolean ranItsCourse() {
    return problem == null && !cutOff;
  }

  /** How many points were passed. */
  int points() {
    return points;
  }

  /** Why the schedule was given up, if it was. */
  @Nullable String problem() {
    return problem;
  }

  /** The actor that has thrown, if one has. */
  @Nullable Actor failed() {
    return actors.stream().filter(actor -> actor.failure() != null).findFirst().orElse(null);
  }

  /** The actors that have not ended: name, and learner's line. */
  Map<String, String> waiting() {
    var waiting = new LinkedHashMap<String, String>();
    for (var actor : actors) {
      if (!actor.is(Status.DONE)) {
        waiting.put(actor.name, actor.place());
      }
    }
    return waiting;
  }

  List<String> trace() {
    return trace.lines();
  }

  Optional<String> firstStop() {
    return trace.firstStop();
  }

  /** Whether all of the plan was followed. */
  boolean followedPlan() {
    return onPlan && time >= plan.end();
  }

  /**
   * Ends all actors, first by an interrupt, then by an error at their next point, and tells whether
   * they have ended.
   */
  boolean release() throws InterruptedException {
    for (var how : List.of(Status.FREE, Status.UNWIND)) {
      actors.forEach(actor -> actor.release(how));
      if (!settle()) {
        return false;
      }
    }
    // They run side by side now, so one that stands still may yet be woken by another.
    return RealTime.await(
        RealTime.limit().dividedBy(10),
        () -> actors.stream().allMatch(actor -> actor.is(Status.DONE)));
  }

  // Called by the running actor.

  /** At a point: whether the running actor goes on. If not, it pauses. */
  boolean goesOn(Actor actor) {
    if (someBlocked) {
      return false; // those it may have woken must stand still before the decision
    }
    next = decide(actor);
    return next == actor;
  }

  void passed(String place) {
    trace.passes(place);
  }

  // Decisions.

  private @Nullable Actor choose(@Nullable Actor running) throws InterruptedException {
    if (running != null && running.is(Status.PAUSED)) {
      return next != null || problem != null ? next : decide(running);
    }
    var ready = ready(null);
    if (ready.isEmpty() && wakesUp()) {
      ready = ready(null);
    }
    if (ready.isEmpty()) {
      return null;
    }
    time++;
    var planned = planned();
    if (planned != null) {
      return planned;
    }
    var stopped = line.joins(running) ? line.stopped : null;
    var chosen = stopped != null && ready.contains(stopped) ? stopped : after(running, ready);
    ready.remove(chosen);
    offer(ready, 0);
    return chosen;
  }

  private @Nullable Actor decide(Actor running) {
    if (++points > MOST_POINTS) {
      problem = running.name + " runs in circles at " + running.place();
      return null;
    }
    time++;
    line.sees(running, time);
    var planned = planned();
    if (planned != null) {
      line.forms(running, planned);
      return planned;
    }
    var others = ready(running);
    if (running.rounds() > MOST_ROUNDS && restless == null) {
      restless = "a loop that spins at " + running.place();
    }
    if (!others.isEmpty() && running.hasGoneRound(ROUNDS)) {
      var chosen = after(running, others);
      others.remove(chosen);
      others.add(running);
      offer(others, 1);
      return chosen;
    }
    offer(others, 1);
    return running;
  }

  private @Nullable Actor planned() {
    int index = plan.at(time);
    if (index < 0) {
      return null;
    }
    var actor = actors.get(index);
    onPlan &= actor.is(Status.PAUSED);
    return actor.is(Status.PAUSED) ? actor : null;
  }

  private void offer(List<Actor> others, int cost) {
    if (time > plan.end() && plan.preemptions() + cost <= mostPreemptions) {
      for (var other : others) {
        alternatives.accept(plan.then(time, actors.indexOf(other), cost));
      }
    }
  }

  /** Who can run, except one. */
  private List<Actor> ready(@Nullable Actor except) {
    var ready = new ArrayList<Actor>(actors.size());
    for (var actor : actors) {
      if (actor != except && actor.is(Status.PAUSED)) {
        ready.add(actor);
      }
    }
    return ready;
  }

  private Actor after(@Nullable Actor actor, List<Actor> ready) {
    int index = actors.indexOf(actor);
    for (var candidate : ready) {
      if (actors.indexOf(candidate) > index) {
        return candidate;
      }
    }
    return ready.getFirst();
  }

  // Waiting, on the explorer's thread.

  /**
   * Waits until all stand still. An actor may have been woken after the look at it by one that is
   * looked at later, which may have been woken in the same way; so once around for each actor.
   */
  private boolean settle() throws InterruptedException {
    if (!actorsSettle()) {
      return false;
    }
    if (Interleaver.strangerSeen() && actors.stream().anyMatch(a -> a.is(Status.BLOCKED))) {
      // Whoever waits for a thread of the code's own gets on when that one has done its part.
      Interleaver.awaitStrangers();
      return actorsSettle();
    }
    return true;
  }

  private boolean actorsSettle() throws InterruptedException {
    int rounds = 0;
    while (rounds++ < actors.size()) {
      for (var actor : actors) {
        if (!actor.still()) {
          rounds = 0;
          if (!RealTime.await(RealTime.limit(), actor::still)) {
            problem =
                "%s has run for %d ms after %s without coming to a line that others could see"
                    .formatted(actor.name, RealTime.limit().toMillis(), actor.place());
            return false;
          }
        }
      }
    }
    return true;
  }

  /** Nobody can run: whether somebody could after a time-out, or by a thread that is no actor. */
  private boolean wakesUp() throws InterruptedException {
    var patience =
        actors.stream()
            .filter(actor -> actor.is(Status.BLOCKED))
            .map(actor -> RealTime.forWaiting(actor.state()))
            .max(Comparator.naturalOrder())
            .orElse(Duration.ZERO);
    // Looked at again, after the states: a thread that has just come back waits to get the turn.
    boolean someoneReady =
        !ready(null).isEmpty()
            || patience.isPositive() && RealTime.await(patience, () -> !ready(null).isEmpty());
    return someoneReady && settle();
  }
}
