package workbook.queue;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.NotStarted;

/**
 * A service that takes items from a queue and runs them, as many at a time as it has workers, each
 * on a virtual thread named after the service.
 *
 * <p><b>Order.</b> Items are begun in the order of the queue; with one worker they also end in it.
 *
 * <p><b>Stopping.</b> Stop closes the queue, so nothing more is accepted, and waits until what was
 * accepted has been done. At the deadline the token of the items that run is cancelled and their
 * threads are interrupted, even if what an item has registered with its token throws. Stop throws,
 * and the message names every accepted item that was not done, whether it runs or is queued: once
 * for each time it was accepted. It names what is left just as well when an Error has ended the
 * workers before.
 *
 * <p><b>Failures.</b> An exception that leaves an item is logged, and the worker takes the next; an
 * interrupt flag that the item leaves set is cleared first. An Error ends the worker and fails the
 * {@link #completion}, and so does a queue that throws when it is asked for an item.
 */
public final class QueuedService implements HostedService {

  /**
   * A service that has not been started.
   *
   * @param name the name of the service
   * @param queue where the items come from; closed by stop
   * @param workers how many items run at a time, at least 1
   * @throws IllegalArgumentException if workers is below 1
   */
  public QueuedService(String name, BackgroundTaskQueue queue, int workers) {
    // TODO: step 2
    throw new NotStarted("step 2", "the constructor of QueuedService");
  }

  @Override
  public String name() {
    // TODO: step 2
    throw new NotStarted("step 2", "QueuedService.name");
  }

  @Override
  public void start() {
    // TODO: step 2
    throw new NotStarted("step 2", "QueuedService.start");
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    // TODO: step 2
    throw new NotStarted("step 2", "QueuedService.stop");
  }

  @Override
  public CompletionStage<Void> completion() {
    // TODO: step 2
    throw new NotStarted("step 2", "QueuedService.completion");
  }
}
