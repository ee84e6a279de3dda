package workbook.proof.cleanup;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import workbook.cleanup.CleanupPlan;
import workbook.hosting.CancellationSource;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.ServiceScopeFactory;
import workbook.hosting.TimeSource;

/** Right: a hosted service with a platform thread of its own. */
public final class OwnThreadCleanupService implements HostedService {

  private final CleanupOnce cleanup;
  private final CancellationSource stopping = new CancellationSource();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile @Nullable Thread thread;

  /**
   * A service.
   *
   * @param name its name
   * @param scopes opens scopes
   * @param time the clock
   * @param plan the plan
   */
  public OwnThreadCleanupService(
      String name, ServiceScopeFactory scopes, TimeSource time, CleanupPlan plan) {
    cleanup = new CleanupOnce(name, scopes, time, plan);
  }

  @Override
  public String name() {
    return cleanup.name();
  }

  @Override
  public synchronized void start() {
    if (thread != null) {
      throw new IllegalStateException(name() + " was started before");
    }
    thread = Thread.ofPlatform().name(name() + " loop").daemon().start(this::loop);
  }

  private void loop() {
    try {
      do {
        cleanup.run(stopping.token());
      } while (cleanup.time().sleep(cleanup.plan().every(), stopping.token()));
      end.complete(null);
    } catch (InterruptedException e) {
      end.complete(null); // only stop interrupts
    } catch (Throwable e) {
      end.completeExceptionally(e);
    }
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    var running = thread;
    if (running == null) {
      return;
    }
    stopping.cancel();
    if (!deadline.join(running)) {
      running.interrupt();
      throw new TimeoutException("the run of " + name() + " took too long");
    }
  }

  @Override
  public CompletionStage<Void> completion() {
    return end;
  }
}
