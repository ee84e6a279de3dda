package workbook.checker.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import workbook.checker.Trial;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * A right queue without a bound, so that the service can be graded before the learner's queue is. It
 * writes down what is taken; whoever waits at it takes part in the virtual time.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class RecordingQueue implements BackgroundTaskQueue {

  private static final Duration FOR_EVER = Duration.ofDays(100_000);

  private final Trial trial;
  private final Queue<WorkItem> items = new ArrayDeque<>(); // these four guarded by this
  private final Set<CancellationSource> waiters = new HashSet<>();
  private boolean closed;
  private boolean waitedFor;

  RecordingQueue(Trial trial) {
    this.trial = trial;
  }

  @Override
  public boolean enqueue(WorkItem item) {
    return change(() -> !closed && items.add(item));
  }

  @Override
  public void close() {
    change(() -> closed = true);
  }

  @Override
  public Optional<WorkItem> dequeue(CancellationToken cancel) throws InterruptedException {
    trial.time().enroll(Thread.currentThread());
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var changed = new CancellationSource();
      synchronized (this) {
        waitedFor = true;
        if (cancel.isCancelled() || (closed && items.isEmpty())) {
          return Optional.empty();
        }
        if (!items.isEmpty()) {
          trial.note("take " + items.element().name());
          return Optional.of(items.remove());
        }
        waiters.add(changed);
      }
      try {
        trial.time().sleep(FOR_EVER, CancellationToken.anyOf(cancel, changed.token()));
      } finally {
        synchronized (this) {
          waiters.remove(changed);
        }
      }
    }
  }

  synchronized int size() {
    return items.size();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized boolean wasWaitedFor() {
    return waitedFor;
  }

  private boolean change(java.util.function.BooleanSupplier change) {
    boolean result;
    Set<CancellationSource> toWake;
    synchronized (this) {
      result = change.getAsBoolean();
      toWake = Set.copyOf(waiters);
    }
    toWake.forEach(CancellationSource::cancel);
    return result;
  }
}
