package workbook.proof.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/**
 * Built differently: a job class with a lock, base64 ids, answers put together by hand, absolute
 * locations, lower-case headers, GET and HEAD, failures logged rather than thrown on, registered
 * under a lock that is held while enqueue is called.
 */
public final class LockingJobsHandler implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(LockingJobsHandler.class);
  private static final SecureRandom random = new SecureRandom();

  private final BackgroundTaskQueue queue;
  private final ImageTransform transform;
  private final int maxBytes;
  private final Map<String, Job> jobs = new HashMap<>();

  private enum Status {
    QUEUED,
    RUNNING,
    SUCCEEDED,
    FAILED
  }

  private final class Job implements WorkItem {
    private final String id;
    private final byte[] image;
    private Status status = Status.QUEUED;
    private byte[] result = new byte[0];
    private String reason = "";

    Job(String id, byte[] image) {
      this.id = id;
      this.image = image;
    }

    @Override
    public String name() {
      return "thumbnail";
    }

    @Override
    public void run(CancellationToken stop) throws InterruptedException {
      to(Status.RUNNING, result, "");
      try {
        to(Status.SUCCEEDED, transform.apply(image), "");
      } catch (InterruptedException e) {
        to(Status.FAILED, result, "interrupted");
        throw e;
      } catch (Exception | Error e) {
        to(Status.FAILED, result, "the transform failed: " + e); // its class, and its message
        log.warn("a transform failed", e);
      }
    }

    private void to(Status status, byte[] result, String reason) {
      synchronized (jobs) {
        this.status = status;
        this.result = result;
        this.reason = reason;
      }
    }
  }

  public LockingJobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    if (queue == null) {
      throw new IllegalArgumentException("queue is null");
    }
    if (transform == null) {
      throw new IllegalArgumentException("transform is null");
    }
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes is " + maxBytes);
    }
    this.queue = queue;
    this.transform = transform;
    this.maxBytes = maxBytes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      var path = exchange.getRequestURI().getRawPath();
      var parts = path.split("/", -1);
      var method = exchange.getRequestMethod();
      if (path.equals("/jobs")) {
        if (!method.equals("POST")) {
          exchange.getResponseHeaders().add("allow", "OPTIONS, POST");
          problem(exchange, 405, "post");
        } else {
          post(exchange);
        }
        return;
      }
      Job job = null;
      if (parts.length >= 3 && parts[1].equals("jobs")) {
        synchronized (jobs) {
          job = jobs.get(parts[2]);
        }
      }
      if (job == null || parts.length > 4 || (parts.length == 4 && !parts[3].equals("result"))) {
        problem(exchange, 404, "none");
      } else if (!method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().add("allow", "GET, HEAD");
        problem(exchange, 405, "get");
      } else {
        get(exchange, job, parts.length == 4);
      }
    } finally {
      exchange.getResponseBody().close();
      exchange.close();
    }
  }

  private void get(HttpExchange exchange, Job job, boolean wantsResult) throws IOException {
    Status status;
    byte[] result;
    String reason;
    synchronized (jobs) {
      status = job.status;
      result = job.result;
      reason = job.reason;
    }
    if (wantsResult) {
      if (status == Status.SUCCEEDED) {
        send(exchange, 200, "Image/PNG", result);
      } else {
        problem(exchange, 404, "no result");
      }
      return;
    }
    var json =
        """
        {
          "links" : [ {"self" : true}, null, 1.5e3 ],
          "result" : %s,
          "status" : "%s",
          "id" : "%s",
          "reason" : "%s"
        }
        """
            .formatted(
                status == Status.SUCCEEDED ? "\"" + job.id + "/result\"" : "null",
                status.name().toLowerCase(),
                job.id,
                escaped(reason));
    send(exchange, 200, "application/json; charset=utf-8", json.getBytes(UTF_8));
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"").replaceAll("\\p{Cntrl}", " ");
  }

  private void post(HttpExchange exchange) throws IOException {
    var type = exchange.getRequestHeaders().getFirst("content-type");
    if (type == null || !type.matches("(?i)image/(png|jpeg)\\s*(;.*)?")) {
      problem(exchange, 415, "type");
      return;
    }
    var length = exchange.getRequestHeaders().getFirst("content-length");
    if (length != null && Long.parseLong(length) > maxBytes) {
      problem(exchange, 413, "length");
      return;
    }
    var bytes = new ByteArrayOutputStream();
    var buffer = new byte[8192];
    for (int n = exchange.getRequestBody().read(buffer);
        n >= 0;
        n = exchange.getRequestBody().read(buffer)) {
      bytes.write(buffer, 0, n);
      if (bytes.size() > maxBytes) {
        problem(exchange, 413, "chunks");
        return;
      }
    }
    if (bytes.size() == 0) {
      problem(exchange, 400, "empty");
      return;
    }
    var secret = new byte[16];
    random.nextBytes(secret);
    var id = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    var job = new Job(id, bytes.toByteArray());
    synchronized (jobs) {
      if (!queue.enqueue(job)) {
        exchange.getResponseHeaders().add("retry-after", "Fri, 31 Dec 2100 23:59:59 GMT");
        problem(exchange, 503, "full");
        return;
      }
      jobs.put(id, job);
    }
    exchange
        .getResponseHeaders()
        .add("location", "http://" + exchange.getRequestHeaders().getFirst("Host") + "/jobs/" + id);
    exchange.sendResponseHeaders(202, -1);
  }

  private static void problem(HttpExchange exchange, int status, String detail) throws IOException {
    var json =
        "{ \"type\": \"about:blank\", \"detail\": \""
            + detail
            + "\", \"status\": "
            + status
            + " }\n";
    send(exchange, status, "application/problem+json;charset=UTF-8", json.getBytes(UTF_8));
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().add("content-type", type);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
  }
}
