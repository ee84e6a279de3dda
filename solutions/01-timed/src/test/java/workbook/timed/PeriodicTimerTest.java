package workbook.timed;

import java.time.Duration;
import workbook.contracts.timed.PeriodicTimerContract;
import workbook.hosting.TimeSource;

class PeriodicTimerTest extends PeriodicTimerContract {

  @Override
  protected TickSource create(Duration period, TimeSource time) {
    return new PeriodicTimer(period, time);
  }
}
