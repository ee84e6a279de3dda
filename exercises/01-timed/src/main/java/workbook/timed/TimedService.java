package workbook.timed;

import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.NotStarted;
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

  /**
   * A service that has not been started.
   *
   * @param name the name of the service and of its thread
   * @param timer makes the timer when the service starts; the service closes it
   * @param work what to do at each tick; its token is cancelled when the service is stopped
   */
  public TimedService(String name, Supplier<? extends TickSource> timer, Work work) {
    // TODO: step 3
    throw new NotStarted("step 3", "the constructor of TimedService");
  }

  @Override
  public String name() {
    // TODO: step 3
    throw new NotStarted("step 3", "TimedService.name");
  }

  @Override
  public void start() {
    // TODO: step 3
    throw new NotStarted("step 3", "TimedService.start");
  }

  @Override
  public void stop(Deadline deadline) throws InterruptedException, TimeoutException {
    // TODO: step 3
    throw new NotStarted("step 3", "TimedService.stop");
  }

  @Override
  public CompletionStage<Void> completion() {
    // TODO: step 3
    throw new NotStarted("step 3", "TimedService.completion");
  }
}
