package workbook.contracts.shared;

import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.hosting.HostedService;

/** What the contracts ask of the start of every hosted service. */
public final class ServiceStarts {

  private ServiceStarts() {}

  /**
   * Calls start and expects that it returns.
   *
   * @param trial the trial
   * @param service the service, not started yet
   */
  public static void first(Trial trial, HostedService service) {
    trial.expectReturn("start returns", call(trial, service, "starter"));
  }

  /**
   * Calls start again and expects that it is refused.
   *
   * @param trial the trial
   * @param service the service, started already
   */
  public static void second(Trial trial, HostedService service) {
    trial.expectThrow(
        "the second start is refused",
        call(trial, service, "second starter"),
        IllegalStateException.class);
  }

  /**
   * Calls start from a thread of its own.
   *
   * @param trial the trial
   * @param service the service
   * @param who the name of the thread
   * @return the call
   */
  public static Caller<Object> call(Trial trial, HostedService service, String who) {
    return trial.start(
        who,
        () -> {
          trial.note(who + " calls start");
          service.start();
          return "normally";
        });
  }
}
