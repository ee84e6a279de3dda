package workbook.proof.queue;

import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;

/**
 * Wrong: the {@code QueuedHostedService} of the .NET chapter, line for line. One item at a time,
 * all with the token that stop cancels; what is queued then is forgotten.
 */
public final class DotNetService extends BackgroundService {

  private static final Logger log = LoggerFactory.getLogger(DotNetService.class);

  private final BackgroundTaskQueue queue;

  /**
   * A service that has not been started.
   *
   * @param name its name
   * @param queue where the items come from
   * @param workers not used
   */
  public DotNetService(String name, BackgroundTaskQueue queue, int workers) {
    super(name);
    this.queue = Objects.requireNonNull(queue, "queue");
    Arguments.atLeast(workers, 1, "workers");
  }

  // region execute
  @Override
  protected void execute(CancellationToken stopping) throws InterruptedException {
    while (!stopping.isCancelled()) {
      var item = queue.dequeue(stopping);
      if (item.isPresent()) {
        try {
          item.get().run(stopping);
        } catch (Exception e) {
          log.error("Error occurred executing {}.", item.get().name(), e);
        }
      }
    }
  }
  // endregion
}
