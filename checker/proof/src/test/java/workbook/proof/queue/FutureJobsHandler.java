package workbook.proof.queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import workbook.hosting.CancellationToken;
import workbook.http.Replies;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/**
 * Built differently: a future per job, base-36 ids, the state derived from flags, an Answer
 * exception for every problem, the path cut by hand, everything logged with the raw request line.
 */
public final class FutureJobsHandler implements HttpHandler {

  private static final Logger log = LoggerFactory.getLogger(FutureJobsHandler.class);

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    final int status;

    Refused(int status, String detail) {
      super(detail);
      this.status = status;
    }
  }

  private record Job(CompletableFuture<byte[]> begun, CompletableFuture<byte[]> result) {}

  private final Map<String, Job> jobs = new ConcurrentHashMap<>();
  private final SecureRandom random = new SecureRandom();
  private final BackgroundTaskQueue queue;
  private final ImageTransform transform;
  private final int maxBytes;

  public FutureJobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    this.queue = Objects.requireNonNull(queue);
    this.transform = Objects.requireNonNull(transform);
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes: " + maxBytes);
    }
    this.maxBytes = maxBytes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    log.debug("{} {}", exchange.getRequestMethod(), exchange.getRequestURI());
    try (exchange) {
      try {
        route(exchange);
      } catch (Refused refused) {
        Replies.problem(exchange, refused.status, String.valueOf(refused.getMessage()));
      }
    }
  }

  private void route(HttpExchange exchange) throws IOException, Refused {
    var rest = exchange.getRequestURI().getRawPath().substring("/jobs".length());
    if (rest.isEmpty()) {
      only(exchange, "POST");
      post(exchange);
      return;
    }
    if (!rest.startsWith("/")) {
      // method first: another right order
      only(exchange, "GET");
      throw new Refused(404, "no such path");
    }
    only(exchange, "GET");
    boolean result = rest.lastIndexOf('/') > 0 && rest.endsWith("/result");
    var id = rest.substring(1, rest.length() - (result ? "/result".length() : 0));
    var job = jobs.get(id);
    if (job == null) {
      throw new Refused(404, "no such job");
    }
    var members = new LinkedHashMap<String, String>();
    members.put("result", exchange.getRequestURI().getRawPath() + "/result");
    members.put("id", id);
    members.put("job", "yes");
    boolean done = job.result.isDone(); // once: it may change between two looks
    if (result && !done) {
      throw new Refused(404, "not yet");
    }
    try {
      var image = done ? job.result.join() : new byte[0];
      if (result) {
        Replies.bytes(exchange, 200, "image/png", image);
        return;
      }
      members.put("status", done ? "succeeded" : job.begun.isDone() ? "running" : "queued");
    } catch (CompletionException e) {
      if (result) {
        throw new Refused(404, "failed");
      }
      members.put("status", "failed");
      members.put("reason", String.valueOf(e.getCause()));
    }
    Replies.json(exchange, 200, members);
  }

  private void post(HttpExchange exchange) throws IOException, Refused {
    var headers = exchange.getRequestHeaders();
    var body = exchange.getRequestBody();
    if (Long.parseLong(headers.getOrDefault("Content-length", java.util.List.of("0")).getFirst())
        > maxBytes) {
      throw new Refused(413, "too large");
    }
    int first = body.read();
    if (first < 0) {
      throw new Refused(400, "empty");
    }
    var type = String.valueOf(headers.getFirst("Content-type")).strip();
    int semicolon = type.indexOf(';');
    type = (semicolon < 0 ? type : type.substring(0, semicolon)).strip();
    if (!type.equalsIgnoreCase("image/png") && !type.equalsIgnoreCase("image/jpeg")) {
      throw new Refused(415, "only image/png, image/jpeg");
    }
    var image = new ByteArrayOutputStream();
    for (int b = first; b >= 0; b = body.read()) {
      if (image.size() == maxBytes) {
        throw new Refused(413, "too large");
      }
      image.write(b);
    }
    var id = new BigInteger(128, random).toString(36);
    var job = new Job(new CompletableFuture<>(), new CompletableFuture<>());
    jobs.put(id, job);
    var bytes = image.toByteArray();
    if (!queue.enqueue(
        new WorkItem() {
          @Override
          public String name() {
            return id;
          }

          @Override
          public void run(CancellationToken stop) throws Exception {
            job.begun.complete(bytes);
            try {
              job.result.complete(transform.apply(bytes));
            } catch (Throwable e) {
              if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
              }
              job.result.completeExceptionally(e);
              throw new IllegalStateException("job " + id + " failed", e);
            }
          }
        })) {
      jobs.remove(id, job);
      exchange.getResponseHeaders().add("Retry-After", "120");
      throw new Refused(503, "later");
    }
    exchange.getResponseHeaders().add("Location", "jobs/" + id);
    exchange.sendResponseHeaders(202, -1);
  }

  private static void only(HttpExchange exchange, String method) throws Refused {
    if (!exchange.getRequestMethod().equalsIgnoreCase(method)) {
      exchange.getResponseHeaders().add("Allow", method);
      throw new Refused(405, "only " + method);
    }
  }
}
