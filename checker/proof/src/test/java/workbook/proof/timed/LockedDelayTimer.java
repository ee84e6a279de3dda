package workbook.proof.timed;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/** Right, a fixed delay: one atomic reference says who waits, and whether it is all over. */
public final class LockedDelayTimer implements TickSource {

  private static final CancellationSource CLOSED = new CancellationSource();

  private final Duration delay;
  private final TimeSource time;
  private final AtomicReference<@Nullable CancellationSource> waiter = new AtomicReference<>();

  /**
   * A timer.
   *
   * @param delay the time that each wait takes
   * @param time the clock
   */
  public LockedDelayTimer(Duration delay, TimeSource time) {
    if (delay == null || delay.isZero() || delay.isNegative()) {
      throw new IllegalArgumentException("delay: " + delay);
    }
    if (time == null) {
      throw new IllegalArgumentException("time: null");
    }
    this.delay = delay;
    this.time = time;
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    var mine = new CancellationSource();
    var other = waiter.compareAndExchange(null, mine);
    if (other == CLOSED) {
      return false;
    }
    if (other != null) {
      throw new IllegalStateException("a wait is in progress");
    }
    try (var _ = cancel.onCancel(mine::cancel)) {
      return time.sleep(delay, mine.token());
    } finally {
      waiter.compareAndSet(mine, null);
    }
  }

  @Override
  public void close() {
    var pending = waiter.getAndSet(CLOSED);
    if (pending != null) {
      pending.cancel();
    }
  }
}
