package workbook.tests;

import workbook.contracts.tests.TaskQueueTestsContract;

class TaskQueueTestsTest extends TaskQueueTestsContract {

  @Override
  protected Object create(Queues queues) {
    return new TaskQueueTests(queues);
  }
}
