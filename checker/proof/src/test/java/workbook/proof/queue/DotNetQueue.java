package workbook.proof.queue;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * Wrong: the queue of the .NET chapter, word for word: a {@code ConcurrentQueue} without a bound
 * and a {@code SemaphoreSlim} that counts the items.
 */
public final class DotNetQueue implements BackgroundTaskQueue {

  // region queue
  private final ConcurrentLinkedQueue<WorkItem> items = new ConcurrentLinkedQueue<>();
  private final Semaphore signal = new Semaphore(0);

  /**
   * An empty queue.
   *
   * @param capacity not used
   */
  public DotNetQueue(int capacity) {}

  @Override
  public boolean enqueue(WorkItem item) {
    items.add(Objects.requireNonNull(item, "item"));
    signal.release();
    return true;
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    signal.acquire(); // WaitAsync(cancellationToken) has no counterpart
    return Optional.ofNullable(items.poll());
  }

  // endregion

  @Override
  public void close() {
    // IBackgroundTaskQueue has none
  }
}
