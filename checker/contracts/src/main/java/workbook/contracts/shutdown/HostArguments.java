package workbook.contracts.shutdown;

import java.util.ArrayList;
import java.util.List;
import workbook.checker.Trial;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;
import workbook.shutdown.CrashPolicy;
import workbook.shutdown.HostOptions;
import workbook.shutdown.StopSequence;

/** Arguments that a host refuses. */
final class HostArguments {

  private HostArguments() {}

  static void arguments(Trial trial, HostContract page) {
    var staff = new Staff(trial);
    HostedService one = staff.member("a printer");
    HostedService two = staff.member("two");
    var options = new HostOptions(HostBench.STOP_WITHIN, CrashPolicy.STOP_HOST);
    StopSequence stop = (_, _) -> {};
    var time = trial.time();
    var services = List.of(one, two);
    List<LifecycleListener> none = List.of();
    trial.subject(page.create(services, none, options, stop, time));
    trial.lookAt("IdentityHashMap", "<init>");
    trial.expectRefused(
        "the same service, 'a printer', twice",
        () -> page.create(List.of(one, two, one), none, options, stop, time),
        "a printer");
    trial.lookAt();
    trial.expectRefused(
        "a list of services that is null",
        () -> make(page, Trial.noValue(), none, options, stop, time));
    trial.expectRefused(
        "a list of listeners that is null",
        () -> make(page, services, Trial.noValue(), options, stop, time));
    trial.expectRefused(
        "options that are null", () -> make(page, services, none, Trial.noValue(), stop, time));
    trial.expectRefused(
        "a sequence that is null",
        () -> make(page, services, none, options, Trial.noValue(), time));
    trial.expectRefused(
        "a time that is null", () -> make(page, services, none, options, stop, Trial.noValue()));
    var someNull = new ArrayList<HostedService>(services);
    someNull.add(Trial.noValue());
    trial.expectRefused(
        "a list of services that contains null",
        () -> make(page, someNull, none, options, stop, time));
    var noListener = new ArrayList<LifecycleListener>();
    noListener.add(Trial.noValue());
    trial.expectRefused(
        "a list of listeners that contains null",
        () -> make(page, services, noListener, options, stop, time));
  }

  private static void make(
      HostContract page,
      List<HostedService> services,
      List<LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    page.create(services, listeners, options, stopping, time);
  }
}
