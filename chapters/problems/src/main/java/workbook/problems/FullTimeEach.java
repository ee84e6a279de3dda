package workbook.problems;

import java.time.Duration;
import java.util.List;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** The time-out that one thinks of first: so much for each service. Wrong: the sum is unbounded. */
final class FullTimeEach implements StopSequence {

  private final Duration limit;
  private final TimeSource time;

  FullTimeEach(Duration limit, TimeSource time) {
    this.limit = limit;
    this.time = time;
  }

  @Override
  public void stop(List<? extends HostedService> started, Deadline deadline)
      throws InterruptedException {
    // region loop
    for (var service : started.reversed()) {
      var stopping = Thread.ofVirtual().start(() -> stop(service, Deadline.after(limit, time)));
      if (!time.join(stopping, limit)) {
        stopping.interrupt();
      }
    }
    // endregion
  }

  private static void stop(HostedService service, Deadline deadline) {
    try {
      service.stop(deadline);
    } catch (Exception e) {
      Thread.currentThread().interrupt(); // nobody hears of it
    }
  }
}
