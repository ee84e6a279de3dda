package workbook.tests;

import workbook.queue.BackgroundTaskQueue;

/**
 * Makes the queues that are under test. A test knows their contract, and not how they are built.
 */
@FunctionalInterface
public interface Queues {

  /**
   * An empty queue, open, and a new one on every call.
   *
   * @param capacity how many items it holds at most, at least 1
   * @return the queue
   * @throws IllegalArgumentException if the capacity is below 1
   */
  BackgroundTaskQueue create(int capacity);
}
