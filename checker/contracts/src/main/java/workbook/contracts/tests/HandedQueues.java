package workbook.contracts.tests;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;
import workbook.tests.Queues;

/** Queues of one kind. */
final class HandedQueues implements Handed, Queues {

  private final IntFunction<BackgroundTaskQueue> kind;
  private final List<BackgroundTaskQueue> made = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();

  HandedQueues(IntFunction<BackgroundTaskQueue> kind) {
    this.kind = kind;
  }

  @Override
  public BackgroundTaskQueue create(int capacity) {
    if (capacity < 1) {
      calls.incrementAndGet(); // what is asked here is whether it is made at all
    }
    var queue = kind.apply(capacity);
    made.add(queue);
    return new Counted(queue);
  }

  @Override
  public int calls() {
    return calls.get();
  }

  @Override
  public void close() {
    for (var queue : made) {
      try {
        queue.close();
      } catch (RuntimeException e) {
        // It is a wrong one, and nobody waits for it: its close throws instead.
      }
    }
  }

  private final class Counted implements BackgroundTaskQueue {

    private final BackgroundTaskQueue queue;

    Counted(BackgroundTaskQueue queue) {
      this.queue = queue;
    }

    @Override
    public boolean enqueue(WorkItem item) {
      calls.incrementAndGet();
      return queue.enqueue(item);
    }

    @Override
    public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
      calls.incrementAndGet();
      return queue.dequeue(cancel);
    }

    @Override
    public void close() {
      calls.incrementAndGet();
      queue.close();
    }
  }
}
