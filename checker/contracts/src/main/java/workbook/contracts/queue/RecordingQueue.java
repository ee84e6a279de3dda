package workbook.contracts.queue;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import workbook.checker.Trial;
import workbook.checker.interleaving.Halt;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * A right queue without a bound, so that the service can be graded before the learner's queue is.
 * It writes down what is taken; whoever waits at it takes part in the virtual time.
 *
 * <p><b>Threads.</b> All methods may be called from any thread.
 */
final class RecordingQueue implements BackgroundTaskQueue {

  private static final Duration FOR_EVER = Duration.ofDays(100_000);

  private final Trial trial;
  private final Consumer<String> notes;
  private final Queue<WorkItem> items = new ArrayDeque<>(); // these six guarded by this
  private final Set<CancellationSource> waiters = new HashSet<>();
  private boolean closed;
  private boolean waitedFor;
  private @Nullable Semaphore hold;
  private @Nullable Halt halt;
  private volatile boolean handedOver;
  private final Set<Thread> toldOfTheEnd = ConcurrentHashMap.newKeySet();
  private volatile boolean abandoned;

  RecordingQueue(Trial trial, Consumer<String> notes) {
    this.trial = trial;
    this.notes = notes;
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
    var answer = answer(cancel);
    var here = takeHalt();
    if (here != null) {
      here.countFromHere();
    }
    return answer;
  }

  private Optional<WorkItem> answer(CancellationToken cancel) throws InterruptedException {
    trial.time().enroll(Thread.currentThread());
    keepOutOfTheWay();
    while (true) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      var changed = new CancellationSource();
      WorkItem taken = null;
      Semaphore slow = null;
      synchronized (this) {
        waitedFor = true;
        if (cancel.isCancelled() || (closed && items.isEmpty())) {
          return Optional.empty();
        }
        if (!items.isEmpty()) {
          notes.accept("take " + items.element().name());
          taken = items.remove();
          slow = hold;
        } else {
          waiters.add(changed);
        }
      }
      if (slow != null) {
        slow.acquireUninterruptibly();
        handedOver = true;
      }
      if (taken != null) {
        return Optional.of(taken);
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

  /** Closes the queue when the trial is over. */
  void abandon() {
    abandoned = true;
    close();
  }

  /**
   * A worker that asks a closed queue again and again would slow down all the rules that follow:
   * when the trial is over, it is told once that nothing will come, and then asks no more.
   */
  private void keepOutOfTheWay() {
    while (abandoned && !toldOfTheEnd.add(Thread.currentThread())) {
      LockSupport.park(this);
      Thread.interrupted(); // or park would not wait
    }
  }

  /** Stops the next taker between taking its item and returning with it, as if it lost its core. */
  synchronized void holdNext() {
    hold = new Semaphore(0);
  }

  synchronized boolean holdsOne() {
    return hold != null && hold.hasQueuedThreads();
  }

  /** Stops whoever is answered next, with an item or without one, at a line of its own code. */
  synchronized void haltNext(Halt halt) {
    this.halt = halt;
  }

  private synchronized @Nullable Halt takeHalt() {
    var here = halt;
    halt = null;
    return here;
  }

  /** A thread of the platform that was woken still looks like one that waits, until it runs. */
  boolean hasHandedOver() {
    return handedOver;
  }

  /** Lets whoever was stopped go on. */
  synchronized void release() {
    if (hold != null) {
      hold.release(Integer.MAX_VALUE);
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

  private boolean change(BooleanSupplier change) {
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
