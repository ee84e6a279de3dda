package workbook.proof.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/**
 * Right: an executor with a fixed number of platform threads. Its own wait is on the real clock, so
 * a thread waits for it without a limit, and stop waits for that thread until the deadline.
 */
public final class PooledService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(PooledService.class);

  private final String name;
  private final BackgroundTaskQueue queue;
  private final int workers;
  private final CancellationSource overdue = new CancellationSource();
  private final ReentrantReadWriteLock taking = new ReentrantReadWriteLock();
  private final Map<Thread, WorkItem> running = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private @Nullable ExecutorService pool; // guarded by this

  /**
   * A service that has not been started.
   *
   * @param name its name
   * @param queue where the items come from
   * @param workers how many items run at a time
   */
  public PooledService(String name, BackgroundTaskQueue queue, int workers) {
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
    if (pool != null) {
      throw new IllegalStateException(name + " was started before");
    }
    pool = Executors.newFixedThreadPool(workers, Thread.ofPlatform().name(name + "-", 1).factory());
    var all = new ArrayList<CompletableFuture<Void>>();
    for (int n = 0; n < workers; n++) {
      all.add(CompletableFuture.runAsync(this::work, pool));
    }
    CompletableFuture.allOf(all.toArray(CompletableFuture<?>[]::new))
        .whenComplete(
            (_, failure) -> {
              if (failure == null) {
                completion.complete(null);
              } else {
                completion.completeExceptionally(failure.getCause());
              }
            });
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    queue.close();
    var executor = pool();
    if (executor == null) {
      return;
    }
    executor.shutdown();
    var waiter = Thread.ofVirtual().name(name + " ends").start(() -> awaitEnd(executor));
    var left = new ArrayList<String>();
    if (deadline.join(waiter)) {
      nameQueued(left); // an Error may have ended all who could take it
      if (left.isEmpty()) {
        return;
      }
      throw new TimeoutException("%s: nobody is left for %s".formatted(name, left));
    }
    try {
      overdue.cancel();
    } catch (RuntimeException | Error e) {
      log.warn("{}: an action of an item's", name, e);
    }
    taking.writeLock().lock();
    try {
      running.forEach((_, item) -> left.add("%s (running)".formatted(item.name())));
    } finally {
      taking.writeLock().unlock();
    }
    nameQueued(left);
    executor.shutdownNow();
    waiter.interrupt();
    throw new TimeoutException("%s: %d items left: %s".formatted(name, left.size(), left));
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  private synchronized @Nullable ExecutorService pool() {
    return pool;
  }

  private void nameQueued(List<String> left) throws InterruptedException {
    for (var item = next(); item.isPresent(); item = next()) {
      left.add("%s (queued)".formatted(item.get().name()));
    }
  }

  private Optional<WorkItem> next() throws InterruptedException {
    return queue.dequeue(CancellationToken.none());
  }

  private static void awaitEnd(ExecutorService executor) {
    try {
      executor.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (true) {
      WorkItem item;
      taking.readLock().lock();
      try {
        item = queue.dequeue(overdue.token()).orElse(null);
        if (item == null) {
          return;
        }
        running.put(Thread.currentThread(), item);
      } catch (InterruptedException e) {
        return;
      } finally {
        taking.readLock().unlock();
      }
      try {
        item.run(overdue.token());
      } catch (Exception e) {
        log.warn("item '{}' of {} failed", item.name(), name, e);
      } finally {
        running.remove(Thread.currentThread());
      }
      if (overdue.token().isCancelled()) {
        return;
      }
      Thread.interrupted(); // left behind by the item
    }
  }
}
