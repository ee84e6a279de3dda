package workbook.shutdown;

import java.util.concurrent.CompletionStage;

/**
 * Starts services together, watches them, and stops them together. Counterpart of {@code IHost} in
 * .NET.
 *
 * <p><b>Order.</b> Services are started in the order in which they were handed in, each after the
 * one before has started. They are stopped with the {@link StopSequence}, once, however often and
 * by whomever it is asked for, within {@link HostOptions#stopWithin}, which counts from the moment
 * when the stopping begins. A host is started once; it is not started again after its end.
 *
 * <p><b>Watching.</b> From the moment when a service has started, its {@code completion} is
 * watched. Work that ends normally is no reason to stop. Work that fails is logged with its cause,
 * and {@link CrashPolicy} decides what happens. A cancellation after the host was asked to stop is
 * a normal end; any other failure while the host stops counts as a crash.
 *
 * <p><b>Threads.</b> All methods may be called from any thread, by a service or a listener just as
 * by anyone else, also while a listener or somebody who waits for the completion is being told:
 * nobody holds a lock then that a call would wait for. Services are stopped on a thread of the
 * host's own. When the host has ended, no thread of its own is left.
 *
 * <p><b>Listeners</b> hear {@code started} before {@code start} returns, {@code stopping} before
 * the first service is asked to stop, and {@code stopped} before {@link #completion} completes;
 * each once, one call at a time, and in this order, also when the stop is asked for from within
 * {@code started}. What one of them throws is logged, and the others hear of the event all the
 * same. Whether they hear of the end of a host that was never running is left open.
 */
public interface ServiceHost {

  /**
   * Starts all services.
   *
   * <p>If one of them fails to start, those that had been started are stopped, the rest are not
   * started, and the failure is thrown when all that is done, also when the host was asked to stop
   * meanwhile. The one that failed is not stopped: it holds nothing.
   *
   * <p>If the host is asked to stop before or during this call, no further service is started,
   * those that had been started are stopped, and this call returns normally: {@link #completion}
   * tells how it ended.
   *
   * @throws IllegalStateException if it was called before, however that call ended, and for one of
   *     two calls at the same time; the first call is not disturbed
   * @throws Exception what the service threw, Exception or Error, itself; what the others threw
   *     while they were stopped is suppressed in it
   */
  void start() throws Exception;

  /**
   * Asks the host to stop, and returns at once: whoever wants to wait uses {@link #completion}. It
   * may be called at any time and any number of times. A host that was not started yet ends at
   * once.
   */
  void requestStop();

  /**
   * The end of the host. It completes when every service has been stopped or given up on: normally,
   * or exceptionally with the crash that stopped the host, with the failure of its start, or else
   * with what the {@link StopSequence} threw. What comes after the first is suppressed in it.
   *
   * @return the same stage, or an equivalent one, on every call
   */
  CompletionStage<Void> completion();
}
