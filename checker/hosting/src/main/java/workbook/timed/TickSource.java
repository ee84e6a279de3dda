package workbook.timed;

import workbook.hosting.CancellationToken;

/**
 * A timer that is waited on: the loop asks for the next tick, instead of the timer calling the
 * loop. So an iteration can never overlap the next. Counterpart of {@code PeriodicTimer} in .NET.
 *
 * <pre>{@code
 * while (ticks.waitForNextTick(stopping)) {
 *   work();
 * }
 * }</pre>
 *
 * <p><b>Threads.</b> One thread at a time may wait; a second one is refused while the first waits.
 * {@code close} may be called from any thread.
 *
 * <p><b>Time</b> is measured on the monotonic clock: setting the wall clock changes nothing.
 */
public interface TickSource extends AutoCloseable {

  /**
   * Waits for the next tick.
   *
   * <p>Only a wait that returns true takes a tick: whatever else ends it, the tick that is due or
   * that comes next is there for a later wait. An interrupt is never lost: a wait that ends in
   * another way than by InterruptedException leaves the flag as it is.
   *
   * @param cancel ends this wait, and only this one, when cancelled; a token cancelled beforehand
   *     wins over a tick that is due
   * @return true at a tick; false if the token was cancelled or the source is closed
   * @throws InterruptedException if interrupted before or while waiting; the interrupt flag is then
   *     clear, and a later wait works
   * @throws IllegalStateException if another thread is waiting; that wait is not disturbed
   */
  boolean waitForNextTick(CancellationToken cancel) throws InterruptedException;

  /**
   * Ends the wait in progress and all later ones: they return false, also if a tick is due.
   * Idempotent. It does not block: not even until the wait that it ends has returned.
   */
  @Override
  void close();
}
