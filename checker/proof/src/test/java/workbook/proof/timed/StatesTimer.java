package workbook.proof.timed;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.TimeSource;
import workbook.timed.TickSource;

/**
 * Right, a fixed rate: one reference to an immutable state, idle, waiting or closed, which is
 * changed by compare-and-set alone; it holds the last tick that was taken.
 */
public final class StatesTimer implements TickSource {

  private sealed interface State {
    record Idle(long lastTick) implements State {}

    record Waiting(long lastTick, CancellationSource wake) implements State {}

    record Closed() implements State {}
  }

  private final long period;
  private final TimeSource time;
  private final AtomicReference<State> state;

  /** As the reference's. */
  public StatesTimer(Duration period, TimeSource time) {
    this.period = Arguments.positive(period, "period").toNanos();
    this.time = Objects.requireNonNull(time, "time");
    this.state = new AtomicReference<>(new State.Idle(time.nanoTime()));
  }

  @Override
  public boolean waitForNextTick(CancellationToken cancel) throws InterruptedException {
    return switch (state.get()) {
      case State.Closed() -> false;
      case State.Waiting _ -> throw new IllegalStateException("two cannot wait");
      case State.Idle idle -> {
        var mine = new State.Waiting(idle.lastTick, new CancellationSource());
        yield state.compareAndSet(idle, mine) ? wait(mine, cancel) : waitForNextTick(cancel);
      }
    };
  }

  private boolean wait(State.Waiting mine, CancellationToken cancel) throws InterruptedException {
    long last = mine.lastTick;
    try (var _ = cancel.onCancel(mine.wake::cancel)) {
      if (mine.wake.token().isCancelled()) {
        return false;
      }
      long left = period - (time.nanoTime() - last);
      if (!time.sleep(Duration.ofNanos(left), mine.wake.token())) {
        return false;
      }
      long now = time.nanoTime();
      last = now - Math.floorMod(now - last, period);
      return true;
    } finally {
      state.compareAndSet(mine, new State.Idle(last));
    }
  }

  @Override
  public void close() {
    if (state.getAndSet(new State.Closed()) instanceof State.Waiting(_, var wake)) {
      wake.cancel();
    }
  }
}
