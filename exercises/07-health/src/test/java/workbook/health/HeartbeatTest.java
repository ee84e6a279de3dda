package workbook.health;

import java.time.Duration;
import workbook.contracts.health.HeartbeatContract;
import workbook.hosting.TimeSource;

class HeartbeatTest extends HeartbeatContract {

  @Override
  protected Pulse create(Duration limit, TimeSource time) {
    return new Heartbeat(limit, time);
  }
}
