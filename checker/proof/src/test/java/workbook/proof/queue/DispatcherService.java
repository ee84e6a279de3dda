package workbook.proof.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
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

/** Right: one thread takes, and begins a thread for each item when a permit is free. */
public final class DispatcherService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(DispatcherService.class);

  private final String name;
  private final BackgroundTaskQueue queue;
  private final int workers;
  private final Semaphore permits;
  private final CancellationSource overdue = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final Map<Thread, WorkItem> running = new ConcurrentHashMap<>();
  private boolean started; // guarded by this
  private final Thread dispatcher;
  private final Thread ender;

  /**
   * A service that has not been started.
   *
   * @param name its name
   * @param queue where the items come from
   * @param workers how many items run at a time
   */
  public DispatcherService(String name, BackgroundTaskQueue queue, int workers) {
    this.name = Objects.requireNonNull(name, "name");
    this.queue = Objects.requireNonNull(queue, "queue");
    this.workers = Arguments.atLeast(workers, 1, "workers");
    this.permits = new Semaphore(workers);
    this.dispatcher = Thread.ofVirtual().name(name + " dispatcher").unstarted(this::dispatch);
    this.ender = Thread.ofVirtual().name(name + " ender").unstarted(this::end);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (started) {
      throw new IllegalStateException(name + " was started before");
    }
    started = true;
    dispatcher.start();
    ender.start();
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    queue.close();
    if (!isStarted() || deadline.join(ender)) {
      return;
    }
    try {
      overdue.cancel();
    } catch (RuntimeException | Error e) {
      log.warn("{}: an action of an item's", name, e);
    }
    dispatcher.join(); // it runs no item, so it ends now
    var left = new ArrayList<String>();
    running.forEach((_, item) -> left.add(item.name()));
    for (var item = next(); item != null; item = next()) {
      left.add(item.name());
    }
    List.copyOf(running.keySet()).forEach(Thread::interrupt);
    ender.interrupt();
    throw new TimeoutException(name + " left undone " + left);
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion;
  }

  private synchronized boolean isStarted() {
    return started;
  }

  private @Nullable WorkItem next() throws InterruptedException {
    return queue.dequeue(CancellationToken.none()).orElse(null);
  }

  private void dispatch() {
    try (var _ = overdue.token().onCancel(permits::release)) {
      while (true) {
        permits.acquire();
        var item = queue.dequeue(overdue.token());
        if (item.isEmpty()) {
          permits.release();
          return;
        }
        var thread =
            Thread.ofVirtual()
                .name(name + " " + item.get().name())
                .unstarted(() -> run(item.get()));
        running.put(thread, item.get());
        thread.start();
      }
    } catch (InterruptedException e) {
      log.error("nobody interrupts the dispatcher", e);
    } catch (RuntimeException e) {
      completion.completeExceptionally(e);
    }
  }

  private void run(WorkItem item) {
    try {
      item.run(overdue.token());
    } catch (Exception e) {
      log.error("{}: item {}", name, item.name(), e);
    } catch (Error e) {
      completion.completeExceptionally(e);
    } finally {
      running.remove(Thread.currentThread());
      permits.release();
    }
  }

  private void end() {
    try {
      dispatcher.join();
      permits.acquire(workers);
    } catch (InterruptedException e) {
      log.debug("{} ends late", name);
    }
    completion.complete(null);
  }
}
