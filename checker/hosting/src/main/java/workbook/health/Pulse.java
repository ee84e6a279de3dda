package workbook.health;

import workbook.hosting.HostedService;

/**
 * The sign of life of one service: the service beats, and two checks look how long ago that was.
 * There is no flag that says "healthy", since a service that is dead or stuck could not take it
 * back.
 *
 * <p>The first row that applies decides, and the description begins with its word:
 *
 * <table>
 *   <caption>What the checks say</caption>
 *   <tr><th>word</th><th>the service</th><th>live</th><th>ready</th></tr>
 *   <tr><td>dead</td><td>is watched, and has failed</td><td>unhealthy</td><td>unhealthy</td></tr>
 *   <tr><td>ended</td><td>is watched, and has ended without a failure</td><td>healthy</td>
 *       <td>unhealthy</td></tr>
 *   <tr><td>waiting</td><td>has not beaten yet, however long ago it began</td><td>healthy</td>
 *       <td>unhealthy</td></tr>
 *   <tr><td>stale</td><td>has not beaten for longer than the limit</td><td>unhealthy</td>
 *       <td>unhealthy</td></tr>
 *   <tr><td>beating</td><td>has beaten within the limit</td><td>healthy</td><td>healthy</td></tr>
 * </table>
 *
 * <p>A service that has ended is not ready, but restarting the process would not help: so it is
 * live. No description holds any text of the exception that a service has failed with.
 *
 * <p><b>Time</b> is the monotonic clock of the time source: setting the wall clock changes nothing.
 *
 * <p><b>Threads.</b> All methods, and both checks, may be called from any thread; none blocks, and
 * none starts a thread. What a check says holds at that moment: a beat that has returned is seen by
 * every check that begins later.
 */
public interface Pulse {

  /** The service is alive, now. Called by the service itself, once in each of its rounds. */
  void beat();

  /**
   * Watches for the end of a service, which may have come already. To be called once.
   *
   * @param service the service that beats; its {@link HostedService#completion} tells how it ended
   */
  void watch(HostedService service);

  /**
   * A check that tells, when it is asked, whether restarting the process would help: it is
   * unhealthy when the service is dead or stuck.
   */
  HealthCheck live();

  /** A check that tells, when it is asked, whether the service does its work. */
  HealthCheck ready();
}
