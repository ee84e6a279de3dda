package workbook.health;

import com.sun.net.httpserver.HttpHandler;
import workbook.hosting.LifecycleListener;

/**
 * Tells over HTTP whether the application lives and whether it is ready. Mounted at {@code
 * /health}; listens to the host.
 *
 * <ul>
 *   <li>{@code GET /health/live}: should somebody restart the process? The live reporter is asked,
 *       and nothing else: not the ready one, not the host.
 *   <li>{@code GET /health/ready}: should it be sent work? The ready reporter is asked. Whatever it
 *       says, the answer is unhealthy until the host has started, and from the moment that it is
 *       stopping, even to a request whose report is complete only after {@code stopping} has
 *       returned.
 *   <li>{@code GET /health}: the page for a person, {@link HealthPage}, as {@code text/html}.
 *   <li>Everything else is a problem (RFC 9457): 404 for an unknown path, 405 with {@code Allow}
 *       for another method. {@code HEAD} may be answered like GET, without a body.
 * </ul>
 *
 * <p><b>The query</b> of a request is ignored: {@code /health/live?at=1} is live.
 *
 * <p><b>Status.</b> 200 when healthy or degraded, 503 when unhealthy.
 *
 * <p><b>Body</b> of live and ready: a JSON object. {@code status} is one of healthy, degraded,
 * unhealthy; {@code host}, of ready only, one of starting, running, stopping; {@code checks} is a
 * list with an object for each check, in the order of the report: {@code name}, {@code status},
 * {@code description}, and {@code durationMs}, a number. An unhealthy one has the same body.
 *
 * <p><b>Never kept.</b> The page and every answer of live and ready carry {@code Cache-Control:
 * no-store}, and each request makes one report of its own.
 *
 * <p><b>Threads.</b> Requests are handled side by side; a report that takes long holds up no other
 * request and no event of the host.
 *
 * <p><b>Interrupted</b> while a report is made, it answers 503, and the thread's interrupt flag is
 * set again afterwards.
 */
public interface HealthEndpoint extends HttpHandler, LifecycleListener {}
