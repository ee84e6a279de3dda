package workbook.shutdown;

import java.time.Duration;
import java.util.List;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/**
 * Stops services in reverse order, one after the other, within one deadline for all; gives up on
 * one whose stop does not return, and goes on with the next.
 */
public final class OrderlyStop implements StopSequence {

  /**
   * A way to stop services.
   *
   * @param grace how long a stop may go on when the deadline has passed; longer than zero
   * @param time in which it waits
   * @throws IllegalArgumentException if grace is zero or negative
   */
  public OrderlyStop(Duration grace, TimeSource time) {
    // TODO: step 1
    throw new NotStarted("step 1", "the constructor of OrderlyStop");
  }

  @Override
  public void stop(List<? extends HostedService> started, Deadline deadline) throws Exception {
    // TODO: step 1
    throw new NotStarted("step 1", "OrderlyStop.stop");
  }
}
