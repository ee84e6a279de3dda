package workbook.timed;

import java.time.Duration;
import workbook.checker.timed.PeriodicTimerContract;
import workbook.hosting.TimeSource;

class PeriodicTimerTest extends PeriodicTimerContract {

  @Override
  protected TickSource create(Duration period, TimeSource time) {
    return new PeriodicTimer(period, time);
  }
}
