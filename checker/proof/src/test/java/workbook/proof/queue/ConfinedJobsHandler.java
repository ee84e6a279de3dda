package workbook.proof.queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import workbook.http.Replies;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/**
 * Right: one thread owns all that is known of jobs; requests and workers have it look something up
 * or change something, and wait for that. It sleeps while nobody asks.
 */
public final class ConfinedJobsHandler implements HttpHandler {

  private final BackgroundTaskQueue queue;
  private final ImageTransform transform;
  private final int maxBytes;
  private final Map<String, Map<String, String>> states = new HashMap<>(); // both of the owner
  private final Map<String, byte[]> results = new HashMap<>();
  private final ExecutorService owner =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("owner of the jobs").factory());

  /** As the reference's. */
  public ConfinedJobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    this.queue = Objects.requireNonNull(queue, "queue");
    this.transform = Objects.requireNonNull(transform, "transform");
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("maxBytes must be at least 1, was " + maxBytes);
    }
    this.maxBytes = maxBytes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var path = exchange.getRequestURI().getRawPath();
      boolean isPost = exchange.getRequestMethod().equals("POST");
      if (path.equals("/jobs")) {
        if (isPost) {
          post(exchange);
        } else {
          exchange.getResponseHeaders().set("Allow", "POST");
          Replies.problem(exchange, 405, "POST");
        }
        return;
      }
      boolean wantsResult = path.endsWith("/result");
      var status = wantsResult ? path.substring(0, path.length() - 7) : path;
      var state = owned(() -> states.get(status));
      var result = owned(() -> results.get(status));
      if (state == null || (wantsResult && result == null && isGet(exchange))) {
        Replies.problem(exchange, 404, "nothing there");
      } else if (!isGet(exchange)) {
        exchange.getResponseHeaders().set("Allow", "GET");
        Replies.problem(exchange, 405, "GET");
      } else if (wantsResult) {
        Replies.bytes(exchange, 200, "image/png", result);
      } else {
        Replies.json(exchange, 200, state);
      }
    }
  }

  private static boolean isGet(HttpExchange exchange) {
    return exchange.getRequestMethod().equals("GET");
  }

  private void post(HttpExchange exchange) throws IOException {
    var headers = exchange.getRequestHeaders();
    if (headers.containsKey("Content-Length")
        && Long.parseLong(headers.getFirst("Content-Length")) > maxBytes) {
      Replies.problem(exchange, 413, "at most " + maxBytes + " bytes");
      return;
    }
    var type = headers.getOrDefault("Content-Type", java.util.List.of("")).getFirst();
    if (!type.split(";", 2)[0].trim().matches("(?i:image/(png|jpeg))")) {
      Replies.problem(exchange, 415, "not this type");
      return;
    }
    var image = exchange.getRequestBody().readNBytes(maxBytes);
    if (image.length == maxBytes && exchange.getRequestBody().read() >= 0) {
      Replies.problem(exchange, 413, "at most " + maxBytes + " bytes");
      return;
    }
    if (image.length == 0) {
      Replies.problem(exchange, 400, "at least 1 byte");
      return;
    }
    var id = UUID.randomUUID().toString();
    var path = "/jobs/" + id;
    know(path, Map.of("id", id, "status", "queued"));
    if (queue.enqueue(WorkItem.of("thumbnail " + id, _ -> work(id, path, image)))) {
      exchange.getResponseHeaders().set("Location", path);
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    owned(() -> states.remove(path));
    exchange.getResponseHeaders().set("Retry-After", "17");
    Replies.problem(exchange, 503, "in 17 seconds, perhaps");
  }

  private <T> T owned(Supplier<T> step) {
    return CompletableFuture.supplyAsync(step, owner).join(); // waits whatever interrupts it
  }

  private void know(String path, Map<String, String> state) {
    owned(() -> states.put(path, state));
  }

  private void work(String id, String path, byte[] image) throws Exception {
    know(path, Map.of("id", id, "status", "running"));
    try {
      var result = transform.apply(image);
      var state = Map.of("id", id, "status", "succeeded", "result", path + "/result");
      owned(
          () -> {
            results.put(path, result);
            return states.put(path, state);
          });
    } catch (Throwable e) {
      var reason = e.getClass().getSimpleName() + ": " + e.getMessage();
      know(path, Map.of("id", id, "status", "failed", "reason", reason));
      throw e;
    }
  }
}
