package workbook.email;

import workbook.contracts.email.EmailQueueContract;
import workbook.hosting.TimeSource;

class DelayedEmailQueueTest extends EmailQueueContract {

  @Override
  protected EmailQueue create(int capacity, TimeSource time) {
    return new DelayedEmailQueue(capacity, time);
  }
}
