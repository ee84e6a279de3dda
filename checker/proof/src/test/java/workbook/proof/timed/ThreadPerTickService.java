package workbook.proof.timed;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.Work;
import workbook.timed.TickSource;

/**
 * Wrong: a virtual thread for each tick. Threads are cheap, so why not: because slow work then
 * overlaps itself, and stop waits for the loop and for none of the work.
 */
public final class ThreadPerTickService implements HostedService {

  private static final Logger log = LoggerFactory.getLogger(ThreadPerTickService.class);

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
  public ThreadPerTickService(String name, Supplier<? extends TickSource> timer, Work work) {
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
        Thread.ofVirtual().name(name).start(this::workOnce);
      }
    } catch (InterruptedException e) {
      log.info("service '{}' was interrupted", name);
    }
    // endregion
    completion.complete(null);
  }

  private void workOnce() {
    try {
      work.run(stopping.token());
    } catch (Exception e) {
      log.error("service '{}': an iteration failed", name, e);
    }
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException {
    if (thread != null) {
      stopping.cancel();
      deadline.join(thread);
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return completion;
  }
}
