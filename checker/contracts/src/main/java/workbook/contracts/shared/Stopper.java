package workbook.contracts.shared;

import java.time.Duration;
import workbook.checker.Caller;
import workbook.checker.Trial;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/** Stops a service on a thread of its own, so that a rule can watch what comes of the call. */
public final class Stopper {

  /** How long each stop may take, in virtual time. */
  public static final Duration LIMIT = Duration.ofSeconds(10);

  private final Trial trial;
  private final HostedService service;

  /**
   * A stopper of one service.
   *
   * @param trial in whose time the deadline is counted
   * @param service what is stopped
   */
  public Stopper(Trial trial, HostedService service) {
    this.trial = trial;
    this.service = service;
  }

  /**
   * Calls stop, which has {@link #LIMIT} from now on.
   *
   * @return the call
   */
  public Caller<Object> stop() {
    return stop(LIMIT, "stop");
  }

  /**
   * Calls stop.
   *
   * @param limit how long it has from now on
   * @param which what the journal calls this call
   * @return the call
   */
  public Caller<Object> stop(Duration limit, String which) {
    return trial.start(
        "stopper",
        () -> {
          trial.note(which);
          service.stop(Deadline.after(limit, trial.time()));
          trial.note(which + " returned");
          return "normally";
        });
  }
}
