package workbook.shutdown;

import workbook.contracts.shutdown.ShutdownSignalContract;

class ShutdownSignalTest extends ShutdownSignalContract {

  @Override
  protected HostRunner create(HostProcess process) {
    return new ShutdownSignal(process);
  }
}
