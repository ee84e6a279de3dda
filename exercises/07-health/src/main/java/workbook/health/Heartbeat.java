package workbook.health;

import java.time.Duration;
import workbook.hosting.HostedService;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/** The sign of life of one service. */
public final class Heartbeat implements Pulse {

  /**
   * A pulse that has not beaten yet.
   *
   * @param limit the longest time between two beats, longer than zero; at the limit itself the
   *     service still counts as beating
   * @param time whose monotonic clock counts
   */
  public Heartbeat(Duration limit, TimeSource time) {
    // TODO: step 1
    throw new NotStarted("step 1", "the constructor of Heartbeat");
  }

  @Override
  public void beat() {
    // TODO: step 1
    throw new NotStarted("step 1", "Heartbeat.beat");
  }

  @Override
  public void watch(HostedService service) {
    // TODO: step 1
    throw new NotStarted("step 1", "Heartbeat.watch");
  }

  @Override
  public HealthCheck live() {
    // TODO: step 1
    throw new NotStarted("step 1", "Heartbeat.live");
  }

  @Override
  public HealthCheck ready() {
    // TODO: step 1
    throw new NotStarted("step 1", "Heartbeat.ready");
  }
}
