package workbook.proof.queue;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import workbook.hosting.Arguments;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.queue.BackgroundTaskQueue;

/**
 * Wrong: hands every item to a pool as soon as it comes. The pool has a queue of its own, without a
 * bound, so the bounded one is never full; a failure stays in a future that nobody looks at.
 */
public final class ForwardingService implements HostedService {

  private final String name;
  private final BackgroundTaskQueue queue;
  private final int workers;
  private final CancellationSource overdue = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private @Nullable ExecutorService pool; // guarded by this

  /**
   * A service that has not been started.
   *
   * @param name its name
   * @param queue where the items come from
   * @param workers how many items run at a time
   */
  public ForwardingService(String name, BackgroundTaskQueue queue, int workers) {
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
    var executor = Executors.newFixedThreadPool(workers, Thread.ofVirtual().name(name).factory());
    pool = executor;
    Thread.ofVirtual().name(name).start(() -> forward(executor));
  }

  // region forward
  private void forward(ExecutorService executor) {
    try {
      for (var item = queue.dequeue(overdue.token());
          item.isPresent();
          item = queue.dequeue(overdue.token())) {
        var work = item.get();
        executor.submit(
            () -> {
              work.run(overdue.token());
              return work;
            });
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    executor.shutdown();
  }

  // endregion

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    queue.close();
    var executor = pool();
    if (executor == null) {
      return;
    }
    if (executor.awaitTermination(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS)) {
      completion.complete(null);
      return;
    }
    overdue.cancel();
    executor.shutdownNow();
    throw new TimeoutException(name + " did not end in time");
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  private synchronized @Nullable ExecutorService pool() {
    return pool;
  }
}
