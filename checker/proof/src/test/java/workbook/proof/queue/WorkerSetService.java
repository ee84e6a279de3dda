package workbook.proof.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationSource;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.WorkItem;

/** Right: a set of background services, each with one worker and what that worker has in hand. */
public final class WorkerSetService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(WorkerSetService.class);

  private final String name;
  private final BackgroundTaskQueue queue;
  private final CancellationSource overdue = new CancellationSource();
  private final List<Worker> workers = new ArrayList<>();

  /**
   * A service that has not been started.
   *
   * @param name its name
   * @param queue where the items come from
   * @param workers how many items run at a time
   */
  public WorkerSetService(String name, BackgroundTaskQueue queue, int workers) {
    this.name = Objects.requireNonNull(name);
    this.queue = Objects.requireNonNull(queue);
    if (workers < 1) {
      throw new IllegalArgumentException("needs a worker");
    }
    for (int n = 0; n < workers; n++) {
      this.workers.add(new Worker(name + " " + n));
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    workers.forEach(Worker::start); // the first one refuses to be started again
  }

  @Override
  public void stop(Deadline deadline) throws Exception {
    queue.close();
    boolean late = false;
    for (var worker : workers) {
      late |= !worker.endsBy(deadline);
    }
    var left = new ArrayList<String>();
    if (late) {
      cancel();
      for (var worker : workers) {
        var item = worker.inHand();
        if (item != null) {
          left.add(item.name());
        }
      }
    }
    for (var item = queue.dequeue(CancellationToken.none());
        item.isPresent();
        item = queue.dequeue(CancellationToken.none())) {
      left.add(item.get().name());
    }
    if (!left.isEmpty()) {
      throw new TimeoutException(name + " did not get done: " + left);
    }
  }

  private void cancel() {
    try {
      overdue.cancel();
    } catch (RuntimeException | Error e) {
      log.warn("{}: an action of an item's", name, e);
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return CompletableFuture.allOf(
        workers.stream()
            .map(worker -> worker.completion().toCompletableFuture())
            .toArray(CompletableFuture<?>[]::new));
  }

  private final class Worker extends BackgroundService {

    private final ReentrantLock hands = new ReentrantLock();
    private @Nullable WorkItem item; // guarded by hands
    private volatile @Nullable Deadline limit;

    Worker(String name) {
      super(name);
    }

    boolean endsBy(Deadline deadline) throws Exception {
      limit = deadline;
      try {
        stop(deadline);
        return true;
      } catch (TimeoutException e) {
        return false;
      }
    }

    @Nullable WorkItem inHand() {
      hands.lock();
      try {
        return item;
      } finally {
        hands.unlock();
      }
    }

    @Override
    protected void execute(CancellationToken stopping) throws Exception {
      for (var next = take(); next != null; next = take()) {
        try {
          next.run(overdue.token());
        } catch (Exception e) {
          log.warn("{}: {} failed", name(), next.name(), e);
        } catch (Error e) {
          letGo();
          throw e;
        }
        var until = limit;
        if (until != null && until.hasPassed()) {
          return; // with the item in hand: it was not done in time
        }
        Thread.interrupted(); // left behind by the item
      }
    }

    private void letGo() {
      hands.lock();
      item = null;
      hands.unlock();
    }

    private @Nullable WorkItem take() throws InterruptedException {
      hands.lock();
      try {
        item = null;
        item = queue.dequeue(overdue.token()).orElse(null);
        return item;
      } finally {
        hands.unlock();
      }
    }
  }
}
