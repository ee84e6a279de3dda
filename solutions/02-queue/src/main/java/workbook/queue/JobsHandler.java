package workbook.queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.Arguments;
import workbook.http.Replies;

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

  private static final Logger log = LoggerFactory.getLogger(JobsHandler.class);
  private static final Set<String> IMAGES = Set.of("image/png", "image/jpeg");
  private static final Pattern JOB = Pattern.compile("/jobs/([^/]+)(/result)?");
  private static final String RETRY_AFTER_SECONDS = "5";

  // A job is in the map from before it is enqueued, unless the queue refuses it. Then it belongs to
  // the thread that runs it: no other changes its state.
  private final ConcurrentMap<String, JobState> jobs = new ConcurrentHashMap<>();
  private final BackgroundTaskQueue queue;
  private final ImageTransform transform;
  private final int maxBytes;

  /**
   * A handler that knows no job yet.
   *
   * @param queue takes the jobs
   * @param transform what a job does with its image
   * @param maxBytes the size of the largest body that is accepted, from 1 to the largest int
   */
  public JobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    this.queue = Objects.requireNonNull(queue, "queue");
    this.transform = Objects.requireNonNull(transform, "transform");
    this.maxBytes = Arguments.atLeast(maxBytes, 1, "maxBytes");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getRawPath();
      if (path.equals("/jobs")) {
        if (isAllowed("POST", exchange)) {
          create(exchange);
        }
        return;
      }
      // The server hands over whatever begins with /jobs, be it /jobsfoo.
      var matcher = JOB.matcher(path);
      var state = matcher.matches() ? jobs.get(matcher.group(1)) : null;
      if (state == null) {
        Replies.problem(exchange, 404, "there is no such job");
      } else if (isAllowed("GET", exchange)) {
        if (matcher.group(2) == null) {
          sendStatus(exchange, matcher.group(1), state);
        } else {
          sendResult(exchange, state);
        }
      }
    }
  }

  private static boolean isAllowed(String method, HttpExchange exchange) throws IOException {
    if (exchange.getRequestMethod().equals(method)) {
      return true;
    }
    exchange.getResponseHeaders().set("Allow", method);
    Replies.problem(exchange, 405, "the only method here is " + method);
    return false;
  }

  private void create(HttpExchange exchange) throws IOException {
    if (!IMAGES.contains(mediaType(exchange))) {
      Replies.problem(exchange, 415, "send an image as image/png or image/jpeg");
      return;
    }
    if (announcedLength(exchange) > maxBytes) {
      Replies.problem(exchange, 413, "send at most " + maxBytes + " bytes");
      return;
    }
    var body = exchange.getRequestBody();
    var image = body.readNBytes(maxBytes);
    if (body.read() != -1) { // a chunked body announces no length
      Replies.problem(exchange, 413, "send at most " + maxBytes + " bytes");
    } else if (image.length == 0) {
      Replies.problem(exchange, 400, "the body is empty: send an image");
    } else {
      enqueue(exchange, image);
    }
  }

  private void enqueue(HttpExchange exchange, byte[] image) throws IOException {
    var id = UUID.randomUUID().toString();
    jobs.put(id, new JobState.Queued()); // first: a worker may be at it before enqueue returns
    if (!queue.enqueue(WorkItem.of("job " + id, _ -> run(id, image)))) {
      jobs.remove(id);
      exchange.getResponseHeaders().set("Retry-After", RETRY_AFTER_SECONDS);
      Replies.problem(exchange, 503, "too busy or about to stop: try again later");
      return;
    }
    log.info("job {} accepted, {} bytes", id, image.length);
    exchange.getResponseHeaders().set("Location", "/jobs/" + id);
    exchange.sendResponseHeaders(202, -1);
  }

  private void run(String id, byte[] image) throws Exception {
    jobs.put(id, new JobState.Running());
    try {
      jobs.put(id, new JobState.Succeeded(transform.apply(image)));
    } catch (Throwable e) {
      var reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      jobs.put(id, new JobState.Failed(reason));
      throw e;
    }
  }

  private static void sendStatus(HttpExchange exchange, String id, JobState state)
      throws IOException {
    var members = new LinkedHashMap<String, String>();
    members.put("id", id);
    switch (state) {
      case JobState.Queued() -> members.put("status", "queued");
      case JobState.Running() -> members.put("status", "running");
      case JobState.Succeeded _ -> {
        members.put("status", "succeeded");
        members.put("result", "/jobs/" + id + "/result");
      }
      case JobState.Failed(var reason) -> {
        members.put("status", "failed");
        members.put("reason", reason);
      }
    }
    Replies.json(exchange, 200, members);
  }

  private static void sendResult(HttpExchange exchange, JobState state) throws IOException {
    if (state instanceof JobState.Succeeded(var result)) {
      Replies.bytes(exchange, 200, "image/png", result);
    } else {
      Replies.problem(exchange, 404, "there is no result: see the status of the job");
    }
  }

  private static String mediaType(HttpExchange exchange) {
    var contentType = exchange.getRequestHeaders().getFirst("Content-Type");
    return contentType == null ? "" : contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
  }

  private static long announcedLength(HttpExchange exchange) {
    var length = exchange.getRequestHeaders().getFirst("Content-Length");
    return length == null ? -1 : Long.parseLong(length); // the server has refused what is no number
  }
}
