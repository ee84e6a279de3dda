package workbook.hosting;

import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hosted service whose work is one method on one virtual thread. Counterpart of {@code
 * BackgroundService} in .NET.
 *
 * <p><b>Order.</b> {@link #execute} runs once, after {@code start}. What the starting thread did
 * before {@code start} is visible to it; what it did is visible to whoever returns normally from
 * {@code stop} or sees {@link #completion} completed.
 *
 * <p><b>Stopping.</b> {@code stop} cancels the token, waits until the deadline and only then
 * interrupts. Called from the service's own thread it cancels the token and returns, since a thread
 * cannot wait for its own end.
 *
 * <p><b>Faults.</b> Whatever leaves {@code execute} is logged with its cause and completes {@link
 * #completion} exceptionally. Cancellation or interruption after the service was asked to stop is
 * its normal end.
 */
public abstract class BackgroundService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(BackgroundService.class);

  private final String name;
  private final CancellationSource stopping = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private @Nullable Thread thread; // guarded by this; set once, by start

  /**
   * A service that has not been started.
   *
   * @param name the name of the service and of its thread
   */
  protected BackgroundService(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /**
   * The work. It ends when it returns; a loop ends when {@code stopping} is cancelled.
   *
   * @param stopping cancelled as soon as the service is asked to stop
   * @throws Exception any failure, which ends the service
   */
  protected abstract void execute(CancellationToken stopping) throws Exception;

  @Override
  public final String name() {
    return name;
  }

  @Override
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException("service '" + name + "' was already started");
    }
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  @Override
  public void stop(Deadline deadline) throws Exception {
    var running = runningThread();
    if (running == null) {
      return;
    }
    // region stop
    try {
      stopping.cancel();
    } finally { // what the work has registered with its token may throw
      if (running != Thread.currentThread() && !deadline.join(running)) {
        running.interrupt();
        throw new TimeoutException(
            "service '" + name + "' had not ended at its deadline and was interrupted");
      }
    }
    // endregion
  }

  @Override
  public final CompletionStage<Void> completion() {
    return completion.minimalCompletionStage();
  }

  private synchronized @Nullable Thread runningThread() {
    return thread;
  }

  private void run() {
    try {
      execute(stopping.token());
      completion.complete(null);
    } catch (Throwable fault) {
      if (stopping.token().isCancelled() && isCancellation(fault)) {
        completion.complete(null);
      } else {
        log.error("service '{}' failed", name, fault);
        completion.completeExceptionally(fault);
      }
    }
  }

  private static boolean isCancellation(Throwable fault) {
    return fault instanceof InterruptedException || fault instanceof CancellationException;
  }
}
