package workbook.shutdown;

import java.util.List;
import workbook.contracts.shutdown.HostContract;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;

class HostTest extends HostContract {

  @Override
  protected ServiceHost create(
      List<HostedService> services,
      List<LifecycleListener> listeners,
      HostOptions options,
      StopSequence stopping,
      TimeSource time) {
    return new Host(services, listeners, options, stopping, time);
  }
}
