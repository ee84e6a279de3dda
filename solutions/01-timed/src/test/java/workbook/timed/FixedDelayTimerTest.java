package workbook.timed;

import java.time.Duration;
import workbook.contracts.timed.FixedDelayTimerContract;
import workbook.hosting.TimeSource;

class FixedDelayTimerTest extends FixedDelayTimerContract {

  @Override
  protected TickSource create(Duration delay, TimeSource time) {
    return new FixedDelayTimer(delay, time);
  }
}
