package workbook.tests;

import java.time.Duration;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;

/**
 * Makes the services that are under test: each does its work once a period. A test knows what is
 * promised here and by {@link HostedService}, and not how a service is built.
 *
 * <p><b>Periods.</b> The work is due on a grid that begins when the service is started: for the
 * first time one period later, and then once a period, however long a run takes. Runs never
 * overlap. What falls due during a run becomes one run, which begins as soon as that one has ended;
 * after it the service is on its grid again. Time is measured on the monotonic clock: setting the
 * wall clock changes nothing.
 *
 * <p><b>Failures.</b> What ends the service is stop, or an Error. An exception of the work, checked
 * or not, an InterruptedException of its own as well, is told to the listener once, and the work
 * runs again when it is next due. An interrupt flag that the work leaves set is cleared, and an
 * exception of the listener is forgotten. An Error of the work ends the service and fails its
 * completion.
 *
 * <p><b>Stopping.</b> As soon as stop begins, and not before, the work's token is cancelled, and no
 * run begins any more, not even one that is late. The run in progress goes on undisturbed until it
 * ends or the deadline has passed, and stop waits for it. A run that is interrupted at the deadline
 * has been stopped: it is no failure, and the completion completes normally.
 */
@FunctionalInterface
public interface TimedServices {

  /**
   * A service that has not been started, and a new one on every call.
   *
   * @param name the name of the service
   * @param period the time between two runs of the work, longer than zero
   * @param time the clocks to measure with, and the waits
   * @param work what to do once a period; its token is cancelled when the service is stopped
   * @param failures hears of the exceptions of the work
   * @return the service
   */
  HostedService create(
      String name, Duration period, TimeSource time, Work work, FailureListener failures);
}
