package workbook.proof.queue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import workbook.http.Replies;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/**
 * Right: a FutureTask per job tells how far it is; all jobs are one immutable map, which is
 * replaced by a changed copy; a body is transferred into a sink that refuses what is too much.
 */
public final class TaskJobsHandler implements HttpHandler {

  private final AtomicReference<Map<String, Job>> jobs = new AtomicReference<>(Map.of());
  private final BackgroundTaskQueue queue;
  private final ImageTransform transform;
  private final int maxBytes;

  private static final class Job extends FutureTask<byte[]> {
    private volatile boolean begun;

    Job(ImageTransform transform, byte[] image) {
      super(() -> transform.apply(image));
    }

    void work() throws Exception {
      begun = true;
      run();
      if (state() == State.FAILED) {
        switch (exceptionNow()) {
          case Exception e -> throw e;
          case Error e -> throw e;
          case Throwable e -> throw new IllegalStateException(e);
        }
      }
    }

    Map<String, String> look(String path) {
      return switch (state()) {
        case RUNNING -> Map.of("status", begun ? "running" : "queued");
        case SUCCESS -> Map.of("status", "succeeded", "result", path + "/result");
        case FAILED -> Map.of("status", "failed", "reason", "it failed: " + exceptionNow());
        case CANCELLED -> throw new IllegalStateException("nobody cancels a job");
      };
    }
  }

  private static final class TooMuch extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** Takes so many bytes and no more. */
  private static final class Sink extends OutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final int most;

    Sink(int most) {
      this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      if (length > most - bytes.size()) {
        throw new TooMuch();
      }
      bytes.write(from, offset, length);
    }
  }

  /** As the reference's. */
  public TaskJobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    this.queue = Objects.requireNonNull(queue, "the queue");
    this.transform = Objects.requireNonNull(transform, "the transform");
    this.maxBytes = maxBytes;
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes = " + maxBytes);
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var segments = List.of(exchange.getRequestURI().getRawPath().substring(1).split("/", -1));
      boolean known = segments.getFirst().equals("jobs") && segments.size() <= 3;
      if (!known || (segments.size() == 3 && !segments.get(2).equals("result"))) {
        Replies.problem(exchange, 404, "there is no such path");
        return;
      }
      var allowed = segments.size() == 1 ? "POST" : "GET";
      if (!exchange.getRequestMethod().equals(allowed)) {
        exchange.getResponseHeaders().set("Allow", allowed);
        Replies.problem(exchange, 405, "try " + allowed);
        return;
      }
      if (segments.size() == 1) {
        create(exchange);
        return;
      }
      var id = segments.get(1);
      var job = jobs.get().get(id);
      if (job == null) {
        Replies.problem(exchange, 404, "there is no such job");
      } else if (segments.size() == 2) {
        var members = new HashMap<String, String>(job.look("/jobs/" + id));
        members.put("id", id);
        Replies.json(exchange, 200, members);
      } else if (job.state() == FutureTask.State.SUCCESS) {
        Replies.bytes(exchange, 200, "image/png", job.resultNow());
      } else {
        Replies.problem(exchange, 404, "there is no result");
      }
    }
  }

  private void create(HttpExchange exchange) throws IOException {
    var sink = new Sink(maxBytes);
    try {
      var length = exchange.getRequestHeaders().getFirst("Content-Length");
      if (length != null && Long.parseLong(length) > maxBytes) {
        throw new TooMuch();
      }
      exchange.getRequestBody().transferTo(sink);
    } catch (TooMuch e) {
      Replies.problem(exchange, 413, "that is too much");
      return;
    }
    var image = sink.bytes.toByteArray();
    if (!isImage(exchange.getRequestHeaders().getOrDefault("Content-Type", List.of()))) {
      Replies.problem(exchange, 415, "that is no image");
    } else if (image.length == 0) {
      Replies.problem(exchange, 400, "that is nothing");
    } else {
      enqueue(exchange, new Job(transform, image));
    }
  }

  private static boolean isImage(List<String> types) {
    if (types.size() != 1) {
      return false;
    }
    var type = types.getFirst().split(";", 2)[0].trim();
    return List.of("image/png", "image/jpeg").stream().anyMatch(type::equalsIgnoreCase);
  }

  private void enqueue(HttpExchange exchange, Job job) throws IOException {
    var id = UUID.randomUUID().toString().replace("-", "").toUpperCase(java.util.Locale.ROOT);
    change(all -> all.put(id, job));
    boolean accepted = false;
    try {
      accepted = queue.enqueue(WorkItem.of(id, _ -> job.work()));
    } finally {
      if (!accepted) {
        change(all -> all.remove(id));
      }
    }
    if (accepted) {
      exchange.getResponseHeaders().set("Location", "/jobs/" + id);
      exchange.sendResponseHeaders(202, -1);
    } else {
      exchange.getResponseHeaders().set("Retry-After", "3600");
      Replies.problem(exchange, 503, "that is one too many");
    }
  }

  private void change(java.util.function.Consumer<Map<String, Job>> change) {
    UnaryOperator<Map<String, Job>> copied =
        all -> {
          var copy = new HashMap<>(all);
          change.accept(copy);
          return Map.copyOf(copy);
        };
    jobs.updateAndGet(copied);
  }
}
