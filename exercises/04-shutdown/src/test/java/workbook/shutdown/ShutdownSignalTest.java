package workbook.shutdown;

import java.time.Duration;
import java.util.List;
import workbook.checker.shutdown.ShutdownSignalContract;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;

class ShutdownSignalTest extends ShutdownSignalContract {

  @Override
  protected HostRunner create(HostProcess process) {
    return new ShutdownSignal(process);
  }

  @Override
  protected ServiceHost host(
      List<HostedService> services,
      List<LifecycleListener> listeners,
      HostOptions options,
      Duration grace,
      TimeSource time) {
    return new Host(services, listeners, options, new OrderlyStop(grace, time), time);
  }
}
