package workbook.checker.interleaving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import workbook.checker.Limit;
import workbook.checker.Patience;
import workbook.checker.interleaving.Interleavings.Check;
import workbook.checker.interleaving.Interleavings.Move;
import workbook.checker.interleaving.Interleavings.Result;
import workbook.checker.interleaving.Interleavings.Violation;

/**
 * Runs the schedules of one scenario, simple ones first.
 *
 * <p>Each schedule offers the plans that depart from it once more. All plans with fewer preemptions
 * are run before any with more, so the first violation has the shortest story.
 */
final class Exploration<S> implements Callable<Result> {
  /** Schedules after which no more are begun that have a preemption. */
  private static final int MOST_SCHEDULES = 2_000;

  /** Points in all schedules together; code that spins would need many more. */
  private static final int MOST_POINTS = 2_000_000;

  /** How often a plan is tried that its schedule does not follow. */
  private static final int TRIES = 5;

  /** Schedules after one in which an actor was restless: each takes real time, or many steps. */
  private static final int AFTER_A_RESTLESS_ONE = 50;

  private final Callable<S> setUp;
  private final Map<String, Move<S>> actors;
  private final Check<S> check;
  private final Move<S> cleanUp;
  private final int mostPreemptions;
  private final List<Queue<Plan>> planned = new ArrayList<>(); // by number of preemptions
  private final Map<Plan, Map<Integer, Integer>> inLine = new HashMap<>(); // actor, until when

  Exploration(
      Callable<S> setUp,
      Map<String, Move<S>> actors,
      Check<S> check,
      Move<S> cleanUp,
      int mostPreemptions) {
    this.setUp = setUp;
    this.actors = actors;
    this.check = check;
    this.cleanUp = cleanUp;
    this.mostPreemptions = mostPreemptions;
  }

  @Override
  public Result call() throws Exception {
    Interleaver.take(new Interleaver.Bystander());
    int schedules = 0;
    int astray = 0;
    int last = Integer.MAX_VALUE;
    long points = 0;
    String restless = null;
    plan(Plan.DEFAULT);
    for (var plan = next(); plan != null; plan = next()) {
      if (schedules >= MOST_SCHEDULES && plan.preemptions() > 0) {
        break; // the simpler ones are tried
      }
      if (schedules == last || points > MOST_POINTS) {
        return restless != null ? restless(schedules, restless) : tooMany(schedules);
      }
      schedules++;
      var limit = Limit.of(Patience.RULE.limit().multipliedBy(3));
      var alternatives = new ArrayList<Plan>();
      var schedule = new Schedule(plan, mostPreemptions, limit, alternatives::add);
      var violation = run(schedule);
      // A class that is linked meanwhile may look like a wait, once: then the plan is tried again.
      for (int n = 1; violation == null && !schedule.followedPlan() && n < TRIES; n++) {
        alternatives.clear();
        schedule = new Schedule(plan, mostPreemptions, limit, alternatives::add);
        violation = run(schedule);
      }
      if (violation != null) {
        return new Result(schedules, Optional.of(violation), Optional.empty());
      }
      if (limit.hasPassed()) {
        return restless != null ? restless(schedules, restless) : tooMany(schedules);
      }
      alternatives.forEach(this::plan);
      if (schedule.line().until() > 0) {
        inLine
            .computeIfAbsent(plan.withoutLastPreemption(), _ -> new HashMap<>())
            .put(plan.switches().getLast().actor(), schedule.line().until());
      }
      points += schedule.points();
      astray += schedule.followedPlan() ? 0 : 1;
      if (restless == null && schedule.restless() != null) {
        restless = schedule.restless();
        last = schedules + AFTER_A_RESTLESS_ONE;
      }
    }
    if (restless != null) {
      return restless(schedules, restless);
    }
    // Threads of the code's own, which nobody schedules, run as they like: no order can be missed.
    boolean missedSome = astray > 0 && !Interleaver.strangerSeen();
    return missedSome ? byChance(schedules, astray) : new Result(schedules);
  }

  private static Result restless(int schedules, String what) {
    return new Result(
        schedules,
        "could not be tried in every order: " + what,
        "let it wait without a time limit until it is woken: who looks again and again hides a"
            + " signal that is lost");
  }

  private static Result tooMany(int schedules) {
    return new Result(
        schedules,
        "none of " + schedules + " orders breaks it, and there are more",
        "take fewer steps; " + Patience.MORE);
  }

  private static Result byChance(int schedules, int astray) {
    return new Result(
        schedules,
        astray + " of " + schedules + " orders took another course when they were run again",
        "leave nothing to chance or to a clock of its own: the same calls have the same steps");
  }

  private void plan(Plan plan) {
    while (planned.size() <= plan.preemptions()) {
      planned.add(new ArrayDeque<>());
    }
    planned.get(plan.preemptions()).add(plan);
  }

  private @Nullable Plan next() {
    for (var queue : planned) {
      while (!queue.isEmpty()) {
        var plan = queue.remove();
        if (!comesToTheSame(plan)) {
          return plan;
        }
      }
    }
    return null;
  }

  /** Whether a plan's last preemption is one of those that a {@link WaitingLine} makes needless. */
  private boolean comesToTheSame(Plan plan) {
    return plan.endsInPreemption()
        && inLine
                .getOrDefault(plan.withoutLastPreemption(), Map.of())
                .getOrDefault(plan.switches().getLast().actor(), 0)
            >= plan.end();
  }

  private @Nullable Violation run(Schedule schedule) throws Exception {
    Monitors.forgetCollected();
    var state = setUp.call();
    actors.forEach((name, step) -> schedule.add(name, () -> step.run(state)));
    Violation violation;
    boolean ended;
    try {
      schedule.run();
      violation = schedule.isCutOff() ? null : judge(schedule, state);
      if (schedule.ranItsCourse()) {
        cleanUp.run(state);
      } // else an actor may stand there with a lock that the clean-up would wait for
    } finally {
      ended = schedule.release();
    }
    if (violation == null && !ended) {
      var text =
          "did not end when interrupted in a wait: " + Interleavings.inWords(schedule.waiting());
      return violation(text, schedule, null);
    }
    return violation;
  }

  private @Nullable Violation judge(Schedule schedule, S state) {
    var problem = schedule.problem();
    if (problem != null) {
      return violation(problem, schedule, null);
    }
    var failed = schedule.failed();
    if (failed != null) {
      var failure = failed.failure();
      if (failure instanceof Limit.Undecided busy) {
        throw busy;
      }
      // an assertion is the scenario's own; anything else comes from the code under test
      var text =
          failure instanceof AssertionError
              ? failed.name + ": " + failure.getMessage()
              : failed.name + " throws " + failure;
      return violation(text, schedule, failure);
    }
    try {
      check.verify(state, schedule.waiting());
      return null;
    } catch (Limit.Undecided busy) {
      throw busy;
    } catch (Exception | AssertionError e) {
      var message = e.getMessage();
      return violation(message == null ? e.toString() : message, schedule, e);
    }
  }

  private static Violation violation(String text, Schedule schedule, @Nullable Throwable cause) {
    return new Violation(text, schedule.trace(), Optional.ofNullable(cause));
  }
}
