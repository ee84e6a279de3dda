package workbook.proof.timed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/** Right: an executor makes the thread; the timer is made on it; failures are logged wrapped. */
public final class ExecutorTimedService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(ExecutorTimedService.class);

  private final String name;
  private final Supplier<? extends TickSource> timer;
  private final Work work;
  private final ExecutorService executor;
  private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch running = new CountDownLatch(1);
  private final CancellationSource stopping = new CancellationSource();
  private volatile CompletableFuture<Void> completion = new CompletableFuture<>();

  /**
   * A service.
   *
   * @param name its name
   * @param timer makes its timer
   * @param work its work
   */
  public ExecutorTimedService(String name, Supplier<? extends TickSource> timer, Work work) {
    if (name == null) {
      throw new IllegalArgumentException("a service needs a name");
    }
    if (timer == null) {
      throw new IllegalArgumentException(name + " needs a timer");
    }
    if (work == null) {
      throw new IllegalArgumentException(name + " needs work to do");
    }
    this.name = name;
    this.timer = timer;
    this.work = work;
    this.executor =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name(name + "-", 1).factory());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() throws InterruptedException {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException(name + " is not new");
    }
    CompletableFuture.runAsync(this::loop, executor)
        .whenComplete(
            (_, failure) -> {
              if (failure == null) {
                completion.complete(null);
              } else {
                completion.completeExceptionally(failure);
              }
            });
    executor.shutdown();
    running.await();
  }

  private void loop() {
    thread.set(Thread.currentThread());
    running.countDown();
    var ticks = timer.get();
    try {
      while (!stopping.token().isCancelled() && ticks.waitForNextTick(stopping.token())) {
        try {
          work.run(stopping.token());
          if (Thread.interrupted()) {
            log.info("{}: the work has left an interrupt", name);
          }
        } catch (Exception e) {
          if (e instanceof InterruptedException && stopping.token().isCancelled()) {
            throw (InterruptedException) e;
          }
          log.warn("{}", name, new IllegalStateException("iteration of " + name, e));
        }
      }
    } catch (InterruptedException e) {
      log.info("{} was interrupted", name);
    } finally {
      ticks.close();
    }
  }

  @Override
  public void stop(Deadline deadline) throws Exception {
    var own = thread.get();
    if (own == null) {
      return;
    }
    try {
      stopping.cancel();
    } catch (RuntimeException | Error e) {
      log.warn("{}: an action at its cancellation failed", name, e);
    }
    if (!deadline.join(own)) {
      executor.shutdownNow();
      own.interrupt();
      throw new TimeoutException(name + " is late");
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion;
  }
}
