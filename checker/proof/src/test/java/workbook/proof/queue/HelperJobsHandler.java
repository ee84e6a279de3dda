package workbook.proof.queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import workbook.hosting.CancellationToken;
import workbook.http.Replies;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/**
 * Right: a helper thread transforms, while the worker waits for it and hands an interrupt and a
 * cancelled token on to it; what is known of a job is a map of its members, under a read-write
 * lock.
 */
public final class HelperJobsHandler implements HttpHandler {

  private final BackgroundTaskQueue queue;
  private final ImageTransform transform;
  private final int maxBytes;
  private final ReadWriteLock lock = new ReentrantReadWriteLock();
  private final Map<String, Map<String, String>> states = new LinkedHashMap<>(); // guarded by lock
  private final Map<String, byte[]> results = new LinkedHashMap<>(); // guarded by lock

  /** As the reference's. */
  public HelperJobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
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
      Map<String, String> state;
      byte[] result;
      lock.readLock().lock();
      try {
        state = states.get(status);
        result = results.get(status);
      } finally {
        lock.readLock().unlock();
      }
      if (state == null) {
        Replies.problem(exchange, 404, "nothing there");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().set("Allow", "GET");
        Replies.problem(exchange, 405, "GET");
      } else if (!wantsResult) {
        Replies.json(exchange, 200, state);
      } else if (result == null) {
        Replies.problem(exchange, 404, "nothing there yet");
      } else {
        Replies.bytes(exchange, 200, "image/png", result);
      }
    }
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
    if (queue.enqueue(WorkItem.of("thumbnail " + id, stop -> work(id, path, image, stop)))) {
      exchange.getResponseHeaders().set("Location", path);
      exchange.sendResponseHeaders(202, -1);
      return;
    }
    lock.writeLock().lock();
    states.remove(path);
    lock.writeLock().unlock();
    exchange.getResponseHeaders().set("Retry-After", "17");
    Replies.problem(exchange, 503, "in 17 seconds, perhaps");
  }

  private void know(String path, Map<String, String> state) {
    lock.writeLock().lock();
    try {
      states.put(path, state);
    } finally {
      lock.writeLock().unlock();
    }
  }

  private void work(String id, String path, byte[] image, CancellationToken stop) throws Exception {
    know(path, Map.of("id", id, "status", "running"));
    var task = new FutureTask<>(() -> transform.apply(image));
    var helper = Thread.ofVirtual().name("transform " + id).start(task);
    try (var _ = stop.onCancel(helper::interrupt)) {
      var result = task.get();
      lock.writeLock().lock();
      try {
        results.put(path, result);
        know(path, Map.of("id", id, "status", "succeeded", "result", "/jobs/" + id + "/result"));
      } finally {
        lock.writeLock().unlock();
      }
    } catch (InterruptedException e) {
      helper.interrupt();
      know(path, Map.of("id", id, "status", "failed", "reason", "interrupted"));
      throw e;
    } catch (ExecutionException e) {
      var cause = Objects.requireNonNull(e.getCause());
      var reason = cause.getClass().getSimpleName() + ": " + cause.getMessage();
      know(path, Map.of("id", id, "status", "failed", "reason", reason));
      if (cause instanceof InterruptedException interrupt) {
        throw interrupt;
      }
      throw new IllegalStateException("job " + id + " has failed", e);
    }
  }
}
