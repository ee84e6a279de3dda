package workbook.problems;

import java.time.Duration;
import java.util.List;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.shutdown.StopSequence;

/** One deadline for all, and a grace for whoever forces itself just after it. */
final class OneDeadline implements StopSequence {

  private final Duration grace;
  private final TimeSource time;

  OneDeadline(Duration grace, TimeSource time) {
    this.grace = grace;
    this.time = time;
  }

  @Override
  public void stop(List<? extends HostedService> started, Deadline deadline)
      throws InterruptedException {
    for (var service : started.reversed()) {
      var stopping = Thread.ofVirtual().start(() -> stop(service, deadline));
      if (!time.join(stopping, deadline.remaining().plus(grace))) {
        stopping.interrupt();
      }
    }
  }

  private static void stop(HostedService service, Deadline deadline) {
    try {
      service.stop(deadline);
    } catch (Exception e) {
      Thread.currentThread().interrupt(); // the picture shows it
    }
  }
}
