package workbook.proof.timed;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/**
 * Wrong: nothing is caught inside the loop and nobody looks at what the loop came to. The first
 * exception ends the work for good, as with {@code scheduleAtFixedRate}, and the log stays empty.
 */
public final class SilentService implements HostedService {

  private final String name;
  private final Supplier<? extends TickSource> timer;
  private final Work work;
  private final CancellationSource stopping = new CancellationSource();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private @Nullable Thread thread;

  /**
   * A service.
   *
   * @param name its name
   * @param timer makes its timer
   * @param work its work
   */
  public SilentService(String name, Supplier<? extends TickSource> timer, Work work) {
    this.name = Objects.requireNonNull(name, "name");
    this.timer = Objects.requireNonNull(timer, "timer");
    this.work = Objects.requireNonNull(work, "work");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void start() {
    if (thread != null) {
      throw new IllegalStateException("service '" + name + "' was already started");
    }
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  private void run() {
    // region loop
    try (var ticks = timer.get()) {
      while (ticks.waitForNextTick(stopping.token())) {
        work.run(stopping.token());
      }
    } catch (Throwable fault) {
      completion.completeExceptionally(fault);
    }
    // endregion
    completion.complete(null);
  }

  @Override
  public void stop(Deadline deadline) throws Exception {
    var running = thread;
    if (running == null) {
      return;
    }
    stopping.cancel();
    if (!deadline.join(running)) {
      running.interrupt();
      throw new TimeoutException("service '" + name + "' did not end and was interrupted");
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion;
  }
}
