package workbook.checker.interleaving;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
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
  /** Points in all schedules together; code that spins would need many more. */
  private static final int MOST_POINTS = 1_000_000;

  private final Callable<S> setUp;
  private final Map<String, Move<S>> actors;
  private final Check<S> check;
  private final Move<S> cleanUp;
  private final int mostPreemptions;
  private final int mostSchedules;
  private final List<Queue<Plan>> planned = new ArrayList<>(); // by number of preemptions

  Exploration(
      Callable<S> setUp,
      Map<String, Move<S>> actors,
      Check<S> check,
      Move<S> cleanUp,
      int mostPreemptions,
      int mostSchedules) {
    this.setUp = setUp;
    this.actors = actors;
    this.check = check;
    this.cleanUp = cleanUp;
    this.mostPreemptions = mostPreemptions;
    this.mostSchedules = mostSchedules;
  }

  @Override
  public Result call() throws Exception {
    Interleaver.take(new Interleaver.Bystander());
    var limit = workbook.checker.Patience.RULE.limit().dividedBy(3);
    long end = System.nanoTime() + limit.toNanos();
    int schedules = 0;
    int astray = 0;
    long points = 0;
    plan(Plan.DEFAULT);
    for (var plan = next(); plan != null; plan = next()) {
      if (schedules == mostSchedules) {
        return passed(schedules, "There are more than " + mostSchedules + " schedules.");
      }
      if (points > MOST_POINTS) {
        return passed(schedules, "There are more than " + MOST_POINTS + " steps.");
      }
      if (System.nanoTime() - end > 0) {
        return passed(schedules, "There are more schedules than " + limit + " are enough for.");
      }
      schedules++;
      var schedule = new Schedule(plan, mostPreemptions, end, this::plan);
      var violation = run(schedule);
      if (violation != null) {
        return new Result(schedules, Optional.of(violation), Optional.empty());
      }
      points += schedule.points();
      astray += schedule.followedPlan() ? 0 : 1;
    }
    return passed(
        schedules,
        astray == 0
            ? null
            : astray
                + " schedules took another course than before, so some were missed:"
                + " the code depends on time, chance, or its own threads.");
  }

  private static Result passed(int schedules, @Nullable String unfinished) {
    return new Result(schedules, Optional.empty(), Optional.ofNullable(unfinished));
  }

  private void plan(Plan plan) {
    while (planned.size() <= plan.preemptions()) {
      planned.add(new ArrayDeque<>());
    }
    planned.get(plan.preemptions()).add(plan);
  }

  private @Nullable Plan next() {
    for (var queue : planned) {
      if (!queue.isEmpty()) {
        return queue.remove();
      }
    }
    return null;
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
    } catch (Exception | AssertionError e) {
      var message = e.getMessage();
      return violation(message == null ? e.toString() : message, schedule, e);
    }
  }

  private static Violation violation(String text, Schedule schedule, @Nullable Throwable cause) {
    return new Violation(text, schedule.trace(), Optional.ofNullable(cause));
  }
}
