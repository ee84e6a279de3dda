package workbook.queue;

import workbook.contracts.queue.BackgroundTaskQueueContract;

class BoundedTaskQueueTest extends BackgroundTaskQueueContract {

  @Override
  protected BackgroundTaskQueue create(int capacity) {
    return new BoundedTaskQueue(capacity);
  }
}
