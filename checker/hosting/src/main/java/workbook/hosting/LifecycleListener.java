package workbook.hosting;

/**
 * Hears of the life of a host: {@code started}, {@code stopping}, {@code stopped}, in this order,
 * each at most once. A host whose start failed was never started, so only the other two are heard,
 * if anything.
 *
 * <p><b>Threads.</b> Called on the thread that starts or stops the host, one call at a time; it
 * should return soon, since the host waits for it.
 *
 * <p><b>Exceptions</b> are logged by the host; the other listeners hear of the event all the same.
 */
public interface LifecycleListener {

  /** Every service has been started. */
  default void started() {}

  /** The host has been asked to stop; no service has been stopped yet. */
  default void stopping() {}

  /** Every service has been stopped, or given up on at the deadline. */
  default void stopped() {}
}
