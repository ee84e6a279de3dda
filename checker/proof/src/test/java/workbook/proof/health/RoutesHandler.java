package workbook.proof.health;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import workbook.health.HealthEndpoint;
import workbook.health.HealthPage;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.http.Replies;

/** Right: a route for each path, two latches for the host, and reports that are made over. */
public final class RoutesHandler implements HealthEndpoint {

  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Map<String, HttpHandler> routes;

  /** As the reference's. */
  public RoutesHandler(HealthReporter live, HealthReporter ready) {
    Objects.requireNonNull(live, "live");
    Objects.requireNonNull(ready, "ready");
    routes =
        Map.of(
            "/health/live",
            exchange -> report(exchange, live, body -> body),
            "/health/ready",
            exchange -> report(exchange, ready, this::withHost),
            "/health",
            exchange -> Replies.bytes(exchange, 200, "text/html", HealthPage.bytes()));
  }

  @Override
  public void started() {
    started.countDown();
  }

  @Override
  public void stopping() {
    stopping.countDown();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    var route = routes.get(exchange.getRequestURI().getRawPath());
    var headers = exchange.getResponseHeaders();
    headers.set("Cache-Control", "no-store");
    if (route == null) {
      Replies.problem(exchange, 404, "unknown");
    } else if (exchange.getRequestMethod().equals("GET")) {
      route.handle(exchange);
    } else {
      headers.set("Allow", "GET");
      Replies.problem(exchange, 405, "GET only");
    }
    exchange.close();
  }

  private void report(
      HttpExchange exchange, HealthReporter reporter, UnaryOperator<Map<String, Object>> over)
      throws IOException {
    HealthReport report;
    boolean interrupted = false;
    try {
      report = reporter.report();
    } catch (InterruptedException e) {
      interrupted = true;
      report = new HealthReport(HealthStatus.UNHEALTHY, List.of());
    }
    var body = new LinkedHashMap<String, Object>();
    body.put("checks", report.checks().stream().map(entry -> check(entry)).toList());
    body.put("status", report.status().name().toLowerCase(Locale.ROOT));
    var made = over.apply(body);
    Replies.json(exchange, "unhealthy".equals(made.get("status")) ? 503 : 200, made);
    if (interrupted) {
      exchange.close();
      Thread.currentThread().interrupt();
    }
  }

  private Map<String, Object> withHost(Map<String, Object> body) {
    boolean stops = stopping.getCount() == 0;
    boolean runs = started.getCount() == 0 && !stops;
    body.put("host", stops ? "stopping" : runs ? "running" : "starting");
    if (!runs) {
      body.put("status", "unhealthy");
    }
    return body;
  }

  private static Map<String, Object> check(HealthReport.Entry entry) {
    HealthResult result = entry.result();
    return Map.of(
        "name", entry.name(),
        "status", result.status().name().toLowerCase(Locale.ROOT),
        "description", result.description(),
        "durationMs", entry.duration().toMillis());
  }
}
