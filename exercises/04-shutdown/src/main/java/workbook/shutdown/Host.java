package workbook.shutdown;

import java.util.List;
import java.util.concurrent.CompletionStage;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/** Starts services in order, watches them, and stops them in reverse when asked to. */
public final class Host implements ServiceHost {

  /**
   * A host that has not been started.
   *
   * @param services what it runs, in the order in which they are started
   * @param listeners who hears of its life
   * @param options how it behaves
   * @param stopping how services are stopped
   * @param time in which the deadline is counted
   * @throws IllegalArgumentException if a service is listed twice; the message names it
   */
  public Host(
      List<? extends HostedService> services,
      List<? extends LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    // TODO: step 2
    throw new NotStarted("step 2", "the constructor of Host");
  }

  @Override
  public void start() throws Exception {
    // TODO: step 2
    throw new NotStarted("step 2", "Host.start");
  }

  @Override
  public void requestStop() {
    // TODO: step 2
    throw new NotStarted("step 2", "Host.requestStop");
  }

  @Override
  public CompletionStage<Void> completion() {
    // TODO: step 2
    throw new NotStarted("step 2", "Host.completion");
  }
}
