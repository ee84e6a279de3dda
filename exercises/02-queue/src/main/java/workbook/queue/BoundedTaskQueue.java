package workbook.queue;

import java.util.Optional;
import workbook.hosting.CancellationToken;
import workbook.hosting.NotStarted;

/**
 * A task queue in memory that holds a fixed number of items at most.
 *
 * <p>Order, threads, cancellation and close are as {@link BackgroundTaskQueue} says.
 */
public final class BoundedTaskQueue implements BackgroundTaskQueue {

  /**
   * An empty queue.
   *
   * @param capacity how many items it holds at most, at least 1
   * @throws IllegalArgumentException if the capacity is below 1
   */
  public BoundedTaskQueue(int capacity) {
    // TODO: step 1
    throw new NotStarted("step 1", "the constructor of BoundedTaskQueue");
  }

  @Override
  public boolean enqueue(WorkItem item) {
    // TODO: step 1
    throw new NotStarted("step 1", "BoundedTaskQueue.enqueue");
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    // TODO: step 1
    throw new NotStarted("step 1", "BoundedTaskQueue.dequeue");
  }

  @Override
  public void close() {
    // TODO: step 1
    throw new NotStarted("step 1", "BoundedTaskQueue.close");
  }
}
