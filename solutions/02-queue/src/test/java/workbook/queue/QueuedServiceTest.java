package workbook.queue;

import workbook.contracts.queue.QueuedServiceContract;
import workbook.hosting.HostedService;

class QueuedServiceTest extends QueuedServiceContract {

  @Override
  protected HostedService create(String name, BackgroundTaskQueue queue, int workers) {
    return new QueuedService(name, queue, workers);
  }
}
