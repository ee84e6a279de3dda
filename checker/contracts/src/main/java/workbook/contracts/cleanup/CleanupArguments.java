package workbook.contracts.cleanup;

import workbook.checker.Trial;
import workbook.hosting.ServiceScopeFactory;

/** Arguments that the service refuses. */
final class CleanupArguments {

  private CleanupArguments() {}

  static void arguments(Trial trial, DbCleanupServiceContract page) {
    trial.setUp("bad arguments, one at a time");
    var name = CleanupBench.NAME;
    var plan = CleanupBench.PLAN;
    var time = trial.time();
    ServiceScopeFactory scopes =
        () -> {
          throw new IllegalStateException("no scope is asked for here");
        };
    trial.subject(page.create(name, scopes, time, plan));
    trial.expectRefused(
        "a null name", () -> page.create(Trial.noValue(), scopes, time, plan), "name");
    trial.expectRefused(
        "a null scope factory", () -> page.create(name, Trial.noValue(), time, plan), "scopes");
    trial.expectRefused(
        "a null time", () -> page.create(name, scopes, Trial.noValue(), plan), "time");
    trial.expectRefused(
        "a null plan", () -> page.create(name, scopes, time, Trial.noValue()), "plan");
  }
}
