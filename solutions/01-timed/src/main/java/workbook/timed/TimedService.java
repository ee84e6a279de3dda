package workbook.timed;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;

/**
 * A service that does its work at every tick of a timer, on one virtual thread named after it.
 *
 * <p><b>Order.</b> Iterations never overlap: the thread that works is the one that waits. After
 * {@code stop} has returned normally, no work runs.
 *
 * <p><b>Stopping.</b> Stop cancels the work's token and waits for the iteration in progress, also
 * when an action that the work has registered with the token throws. At the deadline it interrupts
 * the thread and throws a TimeoutException.
 *
 * <p><b>Failures.</b> Only stop ends the loop. An exception in the work, an InterruptedException of
 * its own as well, is logged, and the next tick runs; an interrupt flag that the work leaves set is
 * cleared. An Error in the work, or a timer that fails, ends the service and fails its {@link
 * #completion}.
 */
public final class TimedService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(TimedService.class);

  private final String name;
  private final Supplier<? extends TickSource> timer;
  private final Work work;
  private final CancellationSource stopping = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private @Nullable Thread thread; // guarded by this; set once, by start

  /**
   * A service that has not been started.
   *
   * @param name the name of the service and of its thread
   * @param timer makes the timer when the service starts; the service closes it
   * @param work what to do at each tick; its token is cancelled when the service is stopped
   */
  public TimedService(String name, Supplier<? extends TickSource> timer, Work work) {
    this.name = Objects.requireNonNull(name, "name");
    this.timer = Objects.requireNonNull(timer, "timer");
    this.work = Objects.requireNonNull(work, "work");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("service '" + name + "' was already started");
    }
    var ticks = timer.get();
    thread = Thread.ofVirtual().name(name).start(() -> run(ticks));
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    var running = runningThread();
    if (running == null) {
      return;
    }
    try {
      stopping.cancel();
    } finally { // what the work has registered with its token may throw
      if (!deadline.join(running)) {
        running.interrupt();
        throw new TimeoutException(
            "service '" + name + "' had not ended at its deadline and was interrupted");
      }
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  private synchronized @Nullable Thread runningThread() {
    return thread;
  }

  private void run(TickSource ticks) {
    try (ticks) {
      while (ticks.waitForNextTick(stopping.token())) {
        workOnce();
      }
      completion.complete(null);
    } catch (Throwable fault) {
      end(fault);
    }
  }

  private void workOnce() {
    try {
      work.run(stopping.token());
    } catch (Exception e) {
      if (stopping.token().isCancelled() && e instanceof InterruptedException) {
        return; // as asked; the loop's next look at the token ends it
      }
      log.error("service '{}': an iteration failed, the next tick will run", name, e);
    } finally {
      Thread.interrupted(); // left by the work; what ends the loop is the token
    }
  }

  private void end(Throwable fault) {
    if (fault instanceof InterruptedException && stopping.token().isCancelled()) {
      completion.complete(null);
    } else {
      log.error("service '{}' failed", name, fault);
      completion.completeExceptionally(fault);
    }
  }
}
