package workbook.hosting;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A long-running part of an application, started when the application starts and stopped when it
 * stops. Counterpart of {@code IHostedService} in .NET.
 *
 * <p><b>Order.</b> A host calls {@link #start} once, and {@link #stop} any number of times, before
 * it or after it. A stop that comes before the start does not count: the service can still be
 * started. A service that was started is never started again, not even when it has been stopped.
 *
 * <p><b>Threads.</b> {@code start} and {@code stop} may be called from any thread. What a service
 * does in between runs on threads of its own.
 */
public interface HostedService {

  /**
   * The name used for threads, log lines and error messages: the same for the life of the service.
   */
  String name();

  /**
   * Starts the service and returns without waiting for its work.
   *
   * @throws IllegalStateException if it was started before
   * @throws Exception if it cannot start; it then holds no thread, file or connection
   */
  void start() throws Exception;

  /**
   * Asks the service to stop and waits for it until the deadline. Before {@code start}, and after
   * the service has ended, there is nothing to wait for and it returns at once, though a service
   * may close what it takes its work from.
   *
   * <p>It may be called again, also while another call waits. Each call waits until the service has
   * ended or its own deadline has passed, so it holds no lock while it waits that another call
   * needs.
   *
   * <p>Stopping has two phases. First the service is asked: its token is cancelled, and work in
   * progress may end at a point of its own choosing. Only when the deadline has passed is it
   * forced: its threads are interrupted, and {@code stop} throws.
   *
   * @param deadline how long the service may take, shared with all others that stop with it
   * @throws java.util.concurrent.TimeoutException if the service had not ended at the deadline; the
   *     message names the service
   * @throws InterruptedException if the calling thread is interrupted while waiting
   * @throws Exception if stopping failed
   */
  void stop(Deadline deadline) throws Exception;

  /**
   * The end of the service's own work, for those who watch it: completed normally when the work
   * ended or was stopped, exceptionally with the cause when it failed. This one never completes,
   * which is right for a service without a loop of its own.
   *
   * @return the same stage, or an equivalent one, on every call
   */
  default CompletionStage<Void> completion() {
    return new CompletableFuture<Void>().minimalCompletionStage();
  }
}
