package workbook.shutdown;

import workbook.checker.shutdown.ShutdownSignalContract;

class ShutdownSignalTest extends ShutdownSignalContract {

  @Override
  protected HostRunner create(HostProcess process) {
    return new ShutdownSignal(process);
  }
}
