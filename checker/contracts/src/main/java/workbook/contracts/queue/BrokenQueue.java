package workbook.contracts.queue;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * A queue that fails whenever it is asked for an item; whoever does not take no is kept waiting.
 */
final class BrokenQueue implements BackgroundTaskQueue {

  static final int MOST_CALLS = 20;

  final IllegalStateException failure = new IllegalStateException("the queue has lost its file");
  private final AtomicInteger asked = new AtomicInteger();
  private final Gate tooOften;

  BrokenQueue(Trial trial) {
    tooOften = trial.gate();
  }

  @Override
  public boolean enqueue(WorkItem item) {
    return false;
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    if (asked.incrementAndGet() >= MOST_CALLS) {
      tooOften.pass();
      return Optional.empty();
    }
    throw failure;
  }

  int asked() {
    return asked.get();
  }

  @Override
  public void close() {}
}
