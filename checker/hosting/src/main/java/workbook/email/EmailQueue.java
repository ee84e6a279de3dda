package workbook.email;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import workbook.hosting.CancellationToken;

/**
 * A bounded queue of mails, in which a mail that could not be sent waits for its next attempt while
 * others go ahead. Counterpart of {@code IEmailQueue} in the .NET chapter.
 *
 * <p><b>Order.</b> A new mail is due at once, one that is tried again after its delay. Whoever is
 * due first is taken first; of those due at the same time, the one that was put in first. Every
 * mail that was put in is given to exactly one taker, or to whoever shuts the queue down.
 *
 * <p><b>Full.</b> A new mail is refused while as many mails as the capacity are in the queue, due
 * or not. One that is tried again was accepted before: it always has a place.
 *
 * <p><b>Time</b> is measured on the monotonic clock that was handed in; setting the wall clock
 * changes nothing. A delay is a minimum.
 *
 * <p><b>Threads.</b> All methods may be called from any thread. Only {@link #dequeue} waits, and it
 * does so without polling. What a thread did before it put a mail in is visible to whoever gets it.
 *
 * <p><b>After shutdown</b> the queue accepts nothing more, and every taker returns empty.
 */
public interface EmailQueue {

  /**
   * Puts a new mail in. Never blocks.
   *
   * @param message the mail
   * @return true if it was accepted; false if the queue is full or shut down
   * @throws NullPointerException if the message is null, whatever the state of the queue; the
   *     exception's message names the argument
   */
  boolean enqueue(EmailMessage message);

  /**
   * Puts a mail in once more, full or not. Never blocks.
   *
   * @param email the mail, with the number of attempts so far
   * @param delay how long it waits at least; zero if it is due at once. It may be as long as a
   *     Duration can be; a hundred years are as good as any longer time
   * @return true if it was accepted; false if the queue is shut down, and the mail stays with the
   *     caller
   * @throws NullPointerException if an argument is null, whatever the state of the queue; the
   *     message names it
   * @throws IllegalArgumentException if the delay is negative; the message names it
   */
  boolean retry(QueuedEmail email, Duration delay);

  /**
   * Takes the mail that is due, and waits until one is.
   *
   * @param cancel ends this wait, and only this one, when cancelled; a token cancelled beforehand
   *     wins over a mail that is due, and the mail stays
   * @return the mail; empty if the token was cancelled or the queue is shut down
   * @throws InterruptedException if interrupted before or while waiting; no mail is lost by it
   */
  Optional<QueuedEmail> dequeue(CancellationToken cancel) throws InterruptedException;

  /**
   * Shuts the queue down and hands over what is in it, due or not. Takers that wait return empty.
   *
   * @return the mails, in the order in which they would have been taken; none the second time
   */
  List<QueuedEmail> shutDown();
}
