package workbook.shutdown;

import java.util.List;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;

/**
 * The way in which services that were started together are stopped together.
 *
 * <p><b>Order.</b> The service that was started last is stopped first. The next one is not asked
 * before the one before has ended or was given up on.
 *
 * <p><b>Deadline.</b> It and the grace may be as long as can be said. There is one for all: each
 * service is handed the same deadline and so is told what the ones before it have left over. A
 * service that keeps its own contract forces itself when the deadline has passed, and is given a
 * moment for it, the grace. One whose {@code stop} has not returned when the deadline and the grace
 * are over is given up on: the thread that is in its {@code stop} is interrupted and not waited
 * for. The others are still stopped. Each of them, too, has the grace, so that one bad service does
 * not cost the next one its stop.
 *
 * <p><b>Failures.</b> Whatever leaves the {@code stop} of a service, Exception or Error, is
 * collected, and the next service is stopped. A service that was given up on counts as a {@link
 * java.util.concurrent.TimeoutException} that names it, and no other; what its {@code stop} does
 * afterwards is not looked at.
 *
 * <p><b>Interruption.</b> An interrupt of the calling thread does not cut the sequence short: it is
 * over soon, and half a stop is no stop. Nor does it make the sequence longer, however many come,
 * and whenever: the deadline and the grace end when they would have ended. The flag is set again
 * when the sequence returns or throws. A service that leaves the flag of its thread set does not
 * interrupt the stop of the next one.
 *
 * <p><b>Null</b> is refused.
 *
 * <p><b>Threads.</b> May be called from any thread, again after one stop, and by two at the same
 * time: each stop has its own services, deadline and failures. When all services have ended, no
 * thread of the sequence's own is left.
 */
@FunctionalInterface
public interface StopSequence {

  /**
   * Stops services, and waits for each of them.
   *
   * @param started the services, in the order in which they were started; may be empty
   * @param deadline when all of them should have ended
   * @throws Exception the first failure itself, Exception or Error, with the later ones suppressed,
   *     in the order in which they came about; an object that was thrown more than once is
   *     collected once
   */
  void stop(List<? extends HostedService> started, Deadline deadline) throws Exception;
}
