package workbook.contracts.tests;

import java.time.Duration;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;
import workbook.tests.FailureListener;

/** What a service is made with. */
record ServicePlan(
    String name, Duration period, TimeSource time, Work work, FailureListener failures) {

  /** Lets a bench see when this thread is at rest: one that waits for others does not sleep. */
  static void takePart(TimeSource time) throws InterruptedException {
    time.sleep(Duration.ZERO, CancellationToken.none());
  }

  long now() {
    return time.nanoTime();
  }

  Duration until(long due) {
    return Duration.ofNanos(due - now());
  }

  /** The first due time that lies ahead, on the grid of another one. */
  long nextAfter(long due) {
    long nanos = period.toNanos();
    return due + (Math.max(0, now() - due) / nanos + 1) * nanos;
  }

  /** Does the work once, and tells who has to hear of its exception. */
  void runOnce(CancellationToken stopping) {
    try {
      work.run(stopping);
    } catch (Exception e) {
      if (!stopping.isCancelled() || !(e instanceof InterruptedException)) {
        tell(e);
      }
    } finally {
      Thread.interrupted(); // left by the work
    }
  }

  private void tell(Exception failure) {
    try {
      failures.failed(failure);
    } catch (RuntimeException e) {
      // As promised: the work goes on, whoever listens.
    }
  }
}
