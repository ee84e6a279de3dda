package workbook.email;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;
import workbook.hosting.TimeSource;

/**
 * An email queue in memory.
 *
 * <p>Order, capacity, threads, time and shutdown are as {@link EmailQueue} says.
 */
public final class DelayedEmailQueue implements EmailQueue {

  /**
   * An empty queue.
   *
   * @param capacity how many mails it holds before it refuses new ones, at least 1
   * @param time its clock, which it also waits on
   * @throws NullPointerException if the clock is null; the message names the argument
   * @throws IllegalArgumentException if the capacity is below 1; the message names the argument and
   *     its value
   */
  public DelayedEmailQueue(int capacity, TimeSource time) {
    // TODO: step 2
    throw new NotStarted("step 2", "the constructor of DelayedEmailQueue");
  }

  @Override
  public boolean enqueue(EmailMessage message) {
    // TODO: step 2
    throw new NotStarted("step 2", "DelayedEmailQueue.enqueue");
  }

  @Override
  public boolean retry(QueuedEmail email, Duration delay) {
    // TODO: step 2
    throw new NotStarted("step 2", "DelayedEmailQueue.retry");
  }

  @Override
  public Optional<QueuedEmail> dequeue(CancellationToken cancel) throws InterruptedException {
    // TODO: step 2
    throw new NotStarted("step 2", "DelayedEmailQueue.dequeue");
  }

  @Override
  public List<QueuedEmail> shutDown() {
    // TODO: step 2
    throw new NotStarted("step 2", "DelayedEmailQueue.shutDown");
  }
}
