package workbook.proof.timed;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/** Right: a platform thread and a lifecycle as an enum behind a lock. */
public final class StateMachineTimedService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(StateMachineTimedService.class);

  private enum State {
    NEW,
    RUNNING,
    STOPPING
  }

  private final String name;
  private final Supplier<? extends TickSource> timer;
  private final Work work;
  private final ReentrantLock lock = new ReentrantLock();
  private final CancellationSource stopping = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private State state = State.NEW; // these two guarded by lock
  private @Nullable Thread thread;

  /**
   * A service.
   *
   * @param name its name
   * @param timer makes its timer
   * @param work its work
   */
  public StateMachineTimedService(String name, Supplier<? extends TickSource> timer, Work work) {
    this.name = Objects.requireNonNull(name);
    this.timer = Objects.requireNonNull(timer, "timer");
    this.work = Objects.requireNonNull(work, "needs something to do");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    lock.lock();
    try {
      if (state != State.NEW) {
        throw new IllegalStateException(name + " is " + state);
      }
      state = State.RUNNING;
      thread = Thread.ofPlatform().daemon().name("service-" + name).start(this::run);
    } finally {
      lock.unlock();
    }
  }

  private void run() {
    try (var ticks = timer.get()) {
      while (ticks.waitForNextTick(stopping.token())) {
        try {
          work.run(stopping.token());
        } catch (InterruptedException e) {
          log.warn("{}: interrupted in its work", name, e);
        } catch (Exception e) {
          log.error("{}: failed", name, e);
        } finally {
          Thread.interrupted();
        }
      }
    } catch (InterruptedException e) {
      log.warn("{}: interrupted", name, e);
    } catch (Throwable e) {
      log.error("{} ended", name, e);
      completion.completeExceptionally(e);
    } finally {
      completion.complete(null);
    }
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    Thread toStop;
    lock.lockInterruptibly();
    try {
      if (state == State.NEW) {
        return;
      }
      state = State.STOPPING;
      toStop = Objects.requireNonNull(thread);
    } finally {
      lock.unlock();
    }
    boolean ended;
    try {
      stopping.cancel();
    } finally {
      ended = deadline.join(toStop);
      if (!ended) {
        toStop.interrupt();
      }
    }
    if (!ended) {
      throw new TimeoutException(name + " had " + deadline + " and did not end");
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.copy();
  }
}
