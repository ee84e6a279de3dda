package workbook.shutdown;

import java.time.Duration;
import java.util.List;
import workbook.contracts.shutdown.ProgramContract;
import workbook.hosting.HostedService;
import workbook.hosting.LifecycleListener;
import workbook.hosting.TimeSource;

class ProgramTest extends ProgramContract {

  @Override
  protected HostRunner runner(HostProcess process) {
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
