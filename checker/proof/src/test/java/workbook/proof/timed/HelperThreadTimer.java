package workbook.proof.timed;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** Right, a fixed delay: each wait hands its sleep to a helper thread and waits for a future. */
public final class HelperThreadTimer implements TickSource {

  private final Duration delay;
  private final TimeSource time;
  private final Semaphore oneWait = new Semaphore(1);
  private final CancellationSource closed = new CancellationSource();

  /**
   * A timer.
   *
   * @param delay the time that each wait takes
   * @param time the clock
   */
  public HelperThreadTimer(Duration delay, TimeSource time) {
    this.delay = Arguments.positive(delay, "delay");
    this.time = Objects.requireNonNull(time);
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    if (!oneWait.tryAcquire()) {
      throw new IllegalStateException("a second wait");
    }
    var outcome = new CompletableFuture<Boolean>();
    var wake = CancellationToken.anyOf(cancel, closed.token());
    var helper =
        Thread.ofVirtual()
            .start(
                () -> {
                  try {
                    outcome.complete(time.sleep(delay, wake));
                  } catch (InterruptedException e) {
                    outcome.complete(false);
                  }
                });
    try {
      return outcome.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      helper.interrupt();
      oneWait.release();
    }
  }

  @Override
  public void close() {
    closed.cancel();
  }
}
