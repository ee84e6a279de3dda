package workbook.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/**
 * A service that takes items from a queue and runs them, as many at a time as it has workers, each
 * on a virtual thread named after the service.
 *
 * <p><b>Order.</b> Items are begun in the order of the queue; with one worker they also end in it.
 *
 * <p><b>Stopping.</b> Stop closes the queue, so nothing more is accepted, and waits until what was
 * accepted has been done. At the deadline the token of the items that run is cancelled and their
 * threads are interrupted, even if what an item has registered with its token throws. Stop throws,
 * and the message names every accepted item that was not done, whether it runs or is queued: once
 * for each time it was accepted. It names what is left just as well when an Error has ended the
 * workers before.
 *
 * <p><b>Failures.</b> An exception that leaves an item is logged, and the worker takes the next; an
 * interrupt flag that the item leaves set is cleared first. An Error ends the worker and fails the
 * {@link #completion}, and so does a queue that throws when it is asked for an item.
 */
public final class QueuedService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(QueuedService.class);

  // Whoever holds taking may take an item and enter it in running in one step. So whoever holds it
  // and finds an item neither in the queue nor in running knows that it was done.
  private final String name;
  private final BackgroundTaskQueue queue;
  private final int workers;
  private final CancellationSource overdue = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final ReentrantLock taking = new ReentrantLock();
  private final Map<Thread, WorkItem> running = new ConcurrentHashMap<>();
  private volatile List<Thread> threads = List.of(); // set once, by start, when they have started

  /**
   * A service that has not been started.
   *
   * @param name the name of the service
   * @param queue where the items come from; closed by stop
   * @param workers how many items run at a time, at least 1
   * @throws IllegalArgumentException if workers is below 1
   */
  public QueuedService(String name, BackgroundTaskQueue queue, int workers) {
    this.name = Objects.requireNonNull(name, "name");
    this.queue = Objects.requireNonNull(queue, "queue");
    this.workers = Arguments.atLeast(workers, 1, "workers");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (!threads.isEmpty()) {
      throw new IllegalStateException("service '" + name + "' was already started");
    }
    var working = new AtomicInteger(workers);
    var started = new ArrayList<Thread>();
    for (int n = 1; n <= workers; n++) {
      started.add(Thread.ofVirtual().name(name + "-" + n).start(() -> work(working)));
    }
    threads = List.copyOf(started);
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    queue.close();
    boolean ended = true;
    for (var thread : threads) {
      ended &= deadline.join(thread);
    }
    var notDone = notDone(); // first: what is cancelled may end before it is asked for its name
    if (!ended) {
      cancelWhatRuns();
    }
    threads.forEach(Thread::interrupt);
    if (!notDone.isEmpty()) {
      throw new TimeoutException(
          "service '" + name + "' stopped with work not done: " + String.join(", ", notDone));
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  private void cancelWhatRuns() {
    try {
      overdue.cancel();
    } catch (Throwable e) { // it keeps nobody from being interrupted and named
      log.error("service '{}': what an item has registered with its token failed", name, e);
    }
  }

  /** What runs and what is queued: from here on no worker takes anything. */
  private List<String> notDone() throws InterruptedException {
    var names = new ArrayList<String>();
    taking.lock();
    try {
      running.values().stream()
          .map(item -> item.name() + " (interrupted)")
          .sorted()
          .forEach(names::add);
      for (var item = next(); item.isPresent(); item = next()) {
        names.add(item.get().name() + " (not begun)");
      }
    } finally {
      taking.unlock();
    }
    return names;
  }

  private Optional<WorkItem> next() throws InterruptedException {
    return queue.dequeue(CancellationToken.none()); // closed, so this does not wait
  }

  private void work(AtomicInteger working) {
    try {
      for (var item = take(); item.isPresent(); item = take()) {
        run(item.get());
      }
    } catch (InterruptedException e) {
      log.debug("service '{}': {} was interrupted", name, Thread.currentThread().getName());
    } catch (Throwable fault) {
      log.error("service '{}' lost a worker", name, fault);
      completion.completeExceptionally(fault);
    } finally {
      if (working.decrementAndGet() == 0) {
        completion.complete(null);
      }
    }
  }

  private Optional<WorkItem> take() throws InterruptedException {
    taking.lockInterruptibly();
    try {
      var item = queue.dequeue(overdue.token());
      item.ifPresent(taken -> running.put(Thread.currentThread(), taken));
      return item;
    } finally {
      taking.unlock();
    }
  }

  private void run(WorkItem item) {
    try {
      item.run(overdue.token());
    } catch (Exception e) {
      log.error("service '{}': item '{}' failed, the next one will run", name, item.name(), e);
    } finally {
      running.remove(Thread.currentThread());
      if (!overdue.token().isCancelled()) {
        Thread.interrupted(); // an item's own interrupt must not end the worker
      }
    }
  }
}
