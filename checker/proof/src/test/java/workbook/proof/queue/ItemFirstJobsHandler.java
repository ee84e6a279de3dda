package workbook.proof.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import workbook.hosting.CancellationToken;
import workbook.queue.BackgroundTaskQueue;
import workbook.queue.ImageTransform;
import workbook.queue.WorkItem;

/**
 * Right: a job is its own item and knows its state, so it is registered only once the queue has it;
 * ids of 72 bits; an answer is a value first and is sent, in chunks, at one place.
 */
public final class ItemFirstJobsHandler implements HttpHandler {

  private static final String ROOT = "/jobs";
  private static final int ID_BYTES = 9;
  private static final byte[] NOTHING = new byte[0];

  private final SecureRandom random = new SecureRandom();
  private final Map<String, Job> jobs = new ConcurrentSkipListMap<>();
  private final BackgroundTaskQueue queue;
  private final ImageTransform transform;
  private final long most;

  private record Answer(int status, String header, String value, String type, byte[] body) {

    static Answer problem(int status, String title) {
      return problem(status, title, "", "");
    }

    static Answer problem(int status, String title, String header, String value) {
      var json = "{\"title\":\"%s\"}".formatted(title);
      return new Answer(status, header, value, "application/problem+json", json.getBytes(UTF_8));
    }

    static Answer ok(String type, byte[] body) {
      return new Answer(200, "", "", type, body);
    }
  }

  private sealed interface State {
    record Waits() implements State {}

    record Works() implements State {}

    record Done(byte[] png) implements State {}

    record Broken(String why) implements State {}
  }

  /** A job: only the thread that runs it changes its state, others read it. */
  private static final class Job implements WorkItem {
    private static final VarHandle STATE;

    static {
      try {
        STATE = MethodHandles.lookup().findVarHandle(Job.class, "state", State.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    private final byte[] image;
    private final ImageTransform transform;

    @SuppressWarnings("unused") // through STATE
    private State state = new State.Waits();

    Job(byte[] image, ImageTransform transform) {
      this.image = image;
      this.transform = transform;
    }

    State now() {
      return (State) STATE.getAcquire(this);
    }

    @Override
    public String name() {
      return "image of " + image.length + " bytes";
    }

    @Override
    public void run(CancellationToken stop) throws Exception {
      STATE.setRelease(this, new State.Works());
      State end = new State.Broken("the work ended unexpectedly");
      try {
        end = new State.Done(transform.apply(image).clone());
      } catch (Throwable e) {
        end = new State.Broken(e.toString());
        throw e;
      } finally {
        STATE.setRelease(this, end);
      }
    }
  }

  /** As the reference's. */
  public ItemFirstJobsHandler(BackgroundTaskQueue queue, ImageTransform transform, int maxBytes) {
    this.queue = Objects.requireNonNull(queue, "queue");
    this.transform = Objects.requireNonNull(transform, "transform");
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
    }
    this.most = maxBytes;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      var answer = answer(exchange);
      if (!answer.header.isEmpty()) {
        exchange.getResponseHeaders().set(answer.header, answer.value);
      }
      if (answer.body.length == 0) {
        exchange.sendResponseHeaders(answer.status, -1);
        return;
      }
      exchange.getResponseHeaders().set("Content-Type", answer.type);
      exchange.sendResponseHeaders(answer.status, 0);
      try (var out = exchange.getResponseBody()) {
        out.write(answer.body);
      }
    } finally {
      exchange.close();
    }
  }

  private Answer answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getRawPath();
    var method = exchange.getRequestMethod();
    if (path.equals(ROOT)) {
      return method.equals("POST") ? post(exchange) : wrongMethod("POST");
    }
    if (!path.startsWith(ROOT + "/")) {
      return Answer.problem(404, "no such path");
    }
    var rest = path.substring(ROOT.length() + 1);
    int slash = rest.indexOf('/');
    var id = slash < 0 ? rest : rest.substring(0, slash);
    var tail = rest.substring(id.length());
    @Nullable Job job = jobs.get(id);
    if (job == null || !(tail.isEmpty() || tail.equals("/result"))) {
      return Answer.problem(404, "unknown");
    }
    if (!method.equals("GET")) {
      return wrongMethod("GET");
    }
    return tail.isEmpty() ? status(id, job.now()) : result(job.now());
  }

  private static Answer wrongMethod(String right) {
    return Answer.problem(405, "another method", "Allow", right);
  }

  private static Answer result(State state) {
    return state instanceof State.Done(var png)
        ? Answer.ok("image/png", png)
        : Answer.problem(404, "no result");
  }

  private static Answer status(String id, State state) {
    var more =
        switch (state) {
          case State.Waits() -> "\"queued\"";
          case State.Works() -> "\"running\"";
          case State.Done _ -> "\"succeeded\",\"result\":\"" + ROOT + "/" + id + "/result\"";
          case State.Broken(var why) -> "\"failed\",\"reason\":\"" + escaped(why) + "\"";
        };
    var json = "{\"id\":\"" + id + "\",\"status\":" + more + "}";
    return Answer.ok("application/json", json.getBytes(UTF_8));
  }

  private static String escaped(String text) {
    var json = new StringBuilder();
    text.chars()
        .forEach(
            c -> {
              boolean plain = c >= ' ' && c < 127 && c != '"' && c != '\\';
              json.append(plain ? Character.toString(c) : "\\u%04X".formatted(c));
            });
    return json.toString();
  }

  private Answer post(HttpExchange exchange) throws IOException {
    if (!isImage(exchange.getRequestHeaders().getFirst("Content-Type"))) {
      return Answer.problem(415, "PNG or JPEG, please");
    }
    var length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length != null && Long.parseLong(length) > most) {
      return Answer.problem(413, "too many bytes");
    }
    var image = new ByteArrayOutputStream();
    var part = new byte[1 << 10];
    var body = exchange.getRequestBody();
    for (int n = body.read(part); n >= 0; n = body.read(part)) {
      if (n > most - image.size()) {
        return Answer.problem(413, "too many bytes");
      }
      image.write(part, 0, n);
    }
    if (image.size() == 0) {
      return Answer.problem(400, "no bytes");
    }
    var job = new Job(image.toByteArray(), transform);
    if (!queue.enqueue(job)) {
      return Answer.problem(503, "busy", "Retry-After", "1");
    }
    // Nobody knows the id before the answer is out, so it is early enough here.
    var bits = new byte[ID_BYTES];
    random.nextBytes(bits);
    var id = Base64.getUrlEncoder().encodeToString(bits);
    jobs.put(id, job);
    return new Answer(202, "Location", ROOT + "/" + id, "", NOTHING);
  }

  private static boolean isImage(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    var type = new StringBuilder();
    for (char c : contentType.toCharArray()) {
      if (c == ';') {
        break;
      }
      type.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    var plain = type.toString().trim();
    return plain.equals("image/png") || plain.equals("image/jpeg");
  }
}
