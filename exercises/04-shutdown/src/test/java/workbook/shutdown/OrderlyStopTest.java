package workbook.shutdown;

import java.time.Duration;
import workbook.contracts.shutdown.OrderlyStopContract;
import workbook.hosting.TimeSource;

class OrderlyStopTest extends OrderlyStopContract {

  @Override
  protected StopSequence create(Duration grace, TimeSource time) {
    return new OrderlyStop(grace, time);
  }
}
