package workbook.health;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import workbook.http.Replies;

/**
 * Live and ready over HTTP, and the page. It remembers one thing between two requests: what it has
 * heard from the host.
 */
public final class HealthHandler implements HealthEndpoint {

  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";
  private static final List<String> PATHS = List.of("/health", LIVE, READY);
  private static final List<String> METHODS = List.of("GET", "HEAD");

  private enum Host {
    STARTING,
    RUNNING,
    STOPPING
  }

  private final HealthReporter live;
  private final HealthReporter ready;
  private volatile Host host = Host.STARTING;

  /**
   * A handler of an application that is starting.
   *
   * @param live reports whether the process works; nothing outside of it, such as a database
   * @param ready reports whether the application can do its work
   */
  public HealthHandler(HealthReporter live, HealthReporter ready) {
    this.live = Objects.requireNonNull(live, "live");
    this.ready = Objects.requireNonNull(ready, "ready");
  }

  @Override
  public void started() {
    host = Host.RUNNING;
  }

  @Override
  public void stopping() {
    host = Host.STOPPING;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean interrupted = false;
    try (exchange) {
      interrupted = isInterruptedWhileAnswering(exchange);
    } finally {
      if (interrupted) { // not earlier: the flag closes the channel that the answer goes through
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean isInterruptedWhileAnswering(HttpExchange exchange) throws IOException {
    try {
      answer(exchange);
      return false;
    } catch (InterruptedException e) {
      Replies.problem(exchange, 503, "no longer answering");
      return true;
    }
  }

  private void answer(HttpExchange exchange) throws IOException, InterruptedException {
    var path = exchange.getRequestURI().getRawPath();
    var method = exchange.getRequestMethod();
    // The server hands over whatever begins with /health, be it /healthy.
    if (!PATHS.contains(path)) {
      Replies.problem(exchange, 404, "ask for one of " + PATHS);
    } else if (!METHODS.contains(method)) {
      exchange.getResponseHeaders().set("Allow", String.join(", ", METHODS));
      Replies.problem(exchange, 405, "the only methods here are " + METHODS);
    } else {
      exchange.getResponseHeaders().set("Cache-Control", "no-store");
      switch (path) {
        case LIVE -> sendLive(exchange);
        case READY -> sendReady(exchange);
        default -> Replies.bytes(exchange, 200, "text/html; charset=utf-8", HealthPage.bytes());
      }
    }
  }

  private void sendLive(HttpExchange exchange) throws IOException, InterruptedException {
    var report = live.report();
    send(exchange, report.status(), Map.of(), report);
  }

  private void sendReady(HttpExchange exchange) throws IOException, InterruptedException {
    var report = ready.report();
    var now = host; // looked at last: it may have changed while the checks ran
    var status = now == Host.RUNNING ? report.status() : HealthStatus.UNHEALTHY;
    send(exchange, status, Map.of("host", word(now)), report);
  }

  private static void send(
      HttpExchange exchange, HealthStatus status, Map<String, String> more, HealthReport report)
      throws IOException {
    var checks = new ArrayList<Map<String, ?>>();
    for (var entry : report.checks()) {
      var members = new LinkedHashMap<String, Object>();
      members.put("name", entry.name());
      members.put("status", word(entry.result().status()));
      members.put("description", entry.result().description());
      members.put("durationMs", entry.duration().toMillis());
      checks.add(members);
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("status", word(status));
    body.putAll(more);
    body.put("checks", checks);
    Replies.json(exchange, status == HealthStatus.UNHEALTHY ? 503 : 200, body);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
