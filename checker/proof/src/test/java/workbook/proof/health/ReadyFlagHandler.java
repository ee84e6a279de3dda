package workbook.proof.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import workbook.health.HealthEndpoint;
import workbook.health.HealthPage;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthStatus;

/** Right: writes its JSON itself, knows GET alone, and lets an interrupt go on as an exception. */
public final class ReadyFlagHandler implements HealthEndpoint {

  private final HealthReporter live;
  private final HealthReporter ready;
  private final AtomicReference<String> host = new AtomicReference<>("starting");

  /** As the reference's. */
  public ReadyFlagHandler(HealthReporter live, HealthReporter ready) {
    if (live == null) {
      throw new IllegalArgumentException("live must not be null");
    }
    if (ready == null) {
      throw new IllegalArgumentException("ready must not be null");
    }
    this.live = live;
    this.ready = ready;
  }

  @Override
  public void started() {
    host.compareAndSet("starting", "running");
  }

  @Override
  public void stopping() {
    host.set("stopping");
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      var path = exchange.getRequestURI().getPath();
      if (!List.of("/health", "/health/live", "/health/ready").contains(path)) {
        send(exchange, 404, "application/problem+json", "{\"status\": 404}");
      } else if (!exchange.getRequestMethod().equals("GET")) {
        exchange.getResponseHeaders().add("allow", "GET");
        send(exchange, 405, "application/problem+json", "{\"status\": 405}");
      } else {
        exchange.getResponseHeaders().add("Cache-control", "no-cache, no-store");
        get(exchange, path);
      }
    } finally {
      exchange.close();
    }
  }

  private void get(HttpExchange exchange, String path) throws IOException {
    if (path.equals("/health")) {
      send(exchange, 200, "text/html;charset=UTF-8", new String(HealthPage.bytes(), UTF_8));
      return;
    }
    boolean asksReady = path.endsWith("ready");
    try {
      var report = (asksReady ? ready : live).report();
      var now = host.get();
      boolean off = asksReady && !now.equals("running");
      var status = off ? HealthStatus.UNHEALTHY : report.status();
      var more = asksReady ? ", \"host\": " + quoted(now) : "";
      send(
          exchange,
          Map.of(HealthStatus.HEALTHY, 200, HealthStatus.DEGRADED, 200).getOrDefault(status, 503),
          "application/json",
          "{\"status\": %s, \"checks\": [%s]%s}".formatted(word(status), checks(report), more));
    } catch (InterruptedException e) {
      send(exchange, 503, "application/json", "{\"status\": \"unhealthy\", \"checks\": []}");
      throw new InterruptedIOException("interrupted while a report was made");
    }
  }

  private static String checks(HealthReport report) {
    return report.checks().stream()
        .map(
            entry ->
                "{\"durationMs\": %s, \"status\": %s, \"name\": %s, \"description\": %s}"
                    .formatted(
                        entry.duration().toNanos() / 1e6,
                        word(entry.result().status()),
                        quoted(entry.name()),
                        quoted(entry.result().description())))
        .collect(Collectors.joining(", "));
  }

  private static String word(HealthStatus status) {
    return switch (status) {
      case HEALTHY -> "\"healthy\"";
      case DEGRADED -> "\"degraded\"";
      case UNHEALTHY -> "\"unhealthy\"";
    };
  }

  private static String quoted(String text) {
    return IntStream.range(0, text.length())
        .mapToObj(i -> "\\u%04x".formatted((int) text.charAt(i)))
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static void send(HttpExchange exchange, int status, String type, String body)
      throws IOException {
    var bytes = body.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.getResponseBody().flush();
  }
}
