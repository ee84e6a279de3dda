package workbook.queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.Locale;
import workbook.hosting.NotStarted;

/**
 * Takes images over HTTP and has them transformed in the background: the request is answered as
 * soon as the queue has accepted the job, and the client asks later what has become of it. Mounted
 * at {@code /jobs}.
 *
 * <ul>
 *   <li>{@code POST /jobs} with an image: 202 without a body, {@code Location: /jobs/{id}}. The
 *       content type is {@code image/png} or {@code image/jpeg}, with or without parameters.
 *   <li>{@code GET /jobs/{id}}: 200 with a JSON object: {@code id}; {@code status}, one of queued,
 *       running, succeeded, failed; {@code reason} when failed; {@code result}, the path of the
 *       result, when succeeded.
 *   <li>{@code GET /jobs/{id}/result}: 200 with the new image as {@code image/png}, once succeeded.
 *   <li>Everything else is a problem (RFC 9457): 400 for an empty body, 404 for an unknown job or
 *       path and for a result that is not there, 405 with {@code Allow} for another method, 413 for
 *       a body that is too large, 415 for another content type, 503 with {@code Retry-After} when
 *       the queue is full or closed.
 * </ul>
 *
 * <p><b>Paths.</b> These three and no others: with a slash at the end, an encoded one ({@code %2f})
 * or a segment more, a path is unknown, and so is an id that is not the same letter by letter. A
 * query makes no difference.
 *
 * <p><b>Order.</b> The 202 is sent after the queue has accepted the job; the location works from
 * then on. It is not sent before, and it does not wait for the work.
 *
 * <p><b>Threads.</b> Requests are handled side by side, on whatever threads the server has; each is
 * answered, and its exchange closed, when {@code handle} returns. One that is slow to send its body
 * or to take its answer holds up no other. Neither does a job at work, nor does it hold up another
 * job. A job changes in one step: whoever is told that it has succeeded can fetch the result.
 *
 * <p><b>Failures.</b> What the transform throws makes the job a failed one, its message the reason;
 * where it has none, the reason says at least what was thrown. It is thrown on, so that the worker
 * can log it, and end if it was interrupted.
 *
 * <p><b>Security.</b> An id cannot be guessed: whoever knows it may see the job. Nothing that a
 * request contains is logged, used as a path, or sent back. An answer shows no stack trace, no
 * thread and no other job.
 *
 * <p><b>Memory.</b> Bodies are read up to the limit and no further, whatever is answered. Jobs and
 * their results are kept as long as the handler.
 */
public final class JobsHandler implements HttpHandler {

  /**
   * A handler that knows no job yet.
   *
   * @param queue takes the jobs
   * @param transform what a job does with its image
   * @param maxBytes the size of the largest body that is accepted, from 1 to the largest int
   */
  public JobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    // TODO: step 3
    throw new NotStarted("step 3", "the constructor of JobsHandler");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    // TODO: step 3
    throw new NotStarted("step 3", "JobsHandler.handle");
  }

  // given: the request's content type without parameters, in lower case; empty if it has none
  private static String mediaType(HttpExchange exchange) {
    var contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    return contentType == null ? "" : contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
  }
}
