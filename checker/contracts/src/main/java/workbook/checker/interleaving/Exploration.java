package workbook.checker.interleaving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
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

  /** How often the schedule that offered such a plan may turn out to have been disturbed. */
  private static final int MOST_DISTURBED = 5;

  /** Schedules after one in which an actor was restless: each takes real time, or many steps. */
  private static final int AFTER_A_RESTLESS_ONE = 50;

  private final Callable<S> setUp;
  private final Map<String, Move<S>> actors;
  private final Check<S> check;
  private final Move<S> cleanUp;
  private final int mostPreemptions;
  private final List<Queue<Plan>> planned = new ArrayList<>(); // by number of preemptions
  private final Set<Plan> tried = new HashSet<>();
  private final Map<Plan, Map<Integer, Integer>> inLine = new HashMap<>(); // actor, until when
  private volatile int begun;

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
    int disturbed = 0;
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
      begun = ++schedules;
      tried.add(plan);
      var limit = Limit.of(Patience.RULE.limit().multipliedBy(3));
      var run = run(plan, limit);
      // A class that is linked meanwhile may look like a wait, once: then the plan is tried again.
      for (int n = 1; run.goesAstray() && n < TRIES; n++) {
        run = run(plan, limit);
      }
      if (run.goesAstray() && disturbed < MOST_DISTURBED) {
        // Or the schedule that offered the plan has met it, and offers others when it is run again.
        var origin = run(plan.withoutLast(), limit);
        if (origin.violation != null || !origin.goesAstray() && !origin.offers.contains(plan)) {
          origin.offers.removeIf(this::isKnown);
          run = origin;
          disturbed++;
        }
      }
      if (run.violation != null) {
        return new Result(schedules, Optional.of(run.violation), Optional.empty());
      }
      if (limit.hasPassed()) {
        return restless != null ? restless(schedules, restless) : tooMany(schedules);
      }
      run.offers.forEach(this::plan);
      if (run.schedule.line().until() > 0) {
        inLine
            .computeIfAbsent(run.plan.withoutLast(), _ -> new HashMap<>())
            .put(run.plan.switches().getLast().actor(), run.schedule.line().until());
      }
      points += run.schedule.points();
      astray += run.goesAstray() ? 1 : 0;
      if (restless == null && run.schedule.restless() != null) {
        restless = run.schedule.restless();
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

  /** How many schedules have been begun. */
  int begun() {
    return begun;
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
                .getOrDefault(plan.withoutLast(), Map.of())
                .getOrDefault(plan.switches().getLast().actor(), 0)
            >= plan.end();
  }

  private boolean isKnown(Plan plan) {
    return tried.contains(plan)
        || planned.size() > plan.preemptions() && planned.get(plan.preemptions()).contains(plan);
  }

  /** One execution of a plan: how it went, what was wrong, and the plans that it offers. */
  private record Run(
      Plan plan, Schedule schedule, @Nullable Violation violation, List<Plan> offers) {

    /** Whether it did not follow its plan to the end, so that nothing is known of that order. */
    boolean goesAstray() {
      return violation == null && !schedule.followedPlan();
    }
  }

  private Run run(Plan plan, Limit limit) throws Exception {
    var offers = new ArrayList<Plan>();
    var schedule = new Schedule(plan, mostPreemptions, limit, offers::add);
    return new Run(plan, schedule, run(schedule), offers);
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
    return new Violation(text, schedule.trace(), schedule.firstStop(), Optional.ofNullable(cause));
  }
}
