package workbook.proof.timed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/**
 * Right, a fixed delay: the thread that waits is put into a field with a VarHandle; a wait has an
 * end on the clock, and sleeps an hour at most before it looks again.
 */
public final class SlicesTimer implements TickSource {

  private static final Duration SLICE = Duration.ofHours(1);
  private static final VarHandle OWNER;

  static {
    try {
      OWNER = MethodHandles.lookup().findVarHandle(SlicesTimer.class, "owner", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final long delay;
  private final TimeSource time;
  private final CancellationSource end = new CancellationSource();

  @SuppressWarnings("unused") // through OWNER
  private volatile @Nullable Thread owner;

  /** As the reference's. */
  public SlicesTimer(Duration delay, TimeSource time) {
    if (Objects.requireNonNull(delay, "delay").compareTo(Duration.ZERO) <= 0) {
      throw new IllegalArgumentException("delay must be positive: " + delay);
    }
    this.delay = TimeUnit.NANOSECONDS.convert(delay);
    this.time = Objects.requireNonNull(time, "time");
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    var other = (@Nullable Thread) OWNER.compareAndExchange(this, null, Thread.currentThread());
    if (other != null) {
      throw new IllegalStateException("thread " + other.getName() + " waits already");
    }
    try {
      long due = time.nanoTime() + delay;
      var wake = CancellationToken.anyOf(end.token(), cancel);
      for (long left = delay; left > 0; left = due - time.nanoTime()) {
        var rest = Duration.ofNanos(left);
        if (!time.sleep(rest.compareTo(SLICE) < 0 ? rest : SLICE, wake)) {
          return false;
        }
      }
      return true;
    } finally {
      OWNER.setVolatile(this, null);
    }
  }

  @Override
  public void close() {
    end.cancel();
  }
}
