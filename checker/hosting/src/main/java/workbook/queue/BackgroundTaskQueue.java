package workbook.queue;

import java.util.Optional;
import workbook.hosting.CancellationToken;

/**
 * A bounded first-in, first-out queue between those who have work and those who do it. Counterpart
 * of {@code IBackgroundTaskQueue} in the .NET chapter.
 *
 * <p><b>Order.</b> Items are taken in the order in which they were accepted. Every accepted item is
 * taken exactly once, however many threads put and take.
 *
 * <p><b>Full.</b> The queue never holds more than its capacity. What does not fit is refused at
 * once rather than made to wait, so that the caller can say so to its own caller (backpressure).
 *
 * <p><b>After close</b> nothing is accepted; what was accepted can still be taken; after that,
 * takers are told that nothing will come.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. Only {@link #dequeue} waits, and it
 * does so without polling. What a thread did before it enqueued an item is visible to the one that
 * takes it.
 */
public interface BackgroundTaskQueue extends AutoCloseable {

  /**
   * Puts an item at the end of the queue. Never blocks, so an interrupt of the calling thread makes
   * no difference to it and is left alone.
   *
   * @param item the item
   * @return true if it was accepted; false if the queue is full or closed
   * @throws NullPointerException if the item is null, whatever the state of the queue; the message
   *     names the argument
   */
  boolean enqueue(WorkItem item);

  /**
   * Takes the item at the head of the queue and waits for one if there is none.
   *
   * @param cancel ends this wait, and only this one, when cancelled; a token cancelled beforehand
   *     wins over an item that is there, and the item stays
   * @return the item; empty if the token was cancelled, or if the queue is closed and has no item
   *     left
   * @throws InterruptedException if interrupted before the call, even if there is an item, or while
   *     waiting; no item is lost by it
   */
  Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException;

  /**
   * Accepts nothing from now on and wakes every taker that would wait in vain. Idempotent; an
   * interrupt of the calling thread makes no difference to it and is left alone.
   */
  @Override
  void close();
}
