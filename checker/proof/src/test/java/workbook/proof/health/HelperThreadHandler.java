package workbook.proof.health;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import workbook.health.HealthEndpoint;
import workbook.health.HealthPage;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthStatus;
import workbook.http.Replies;

/**
 * Right: each report is made by a helper thread, which an interrupt cancels; a monitor guards the
 * host's state; HEAD is answered, and every answer forbids to keep it.
 */
public final class HelperThreadHandler implements HealthEndpoint {

  private enum Host {
    STARTING,
    RUNNING,
    STOPPING
  }

  private final HealthReporter live;
  private final HealthReporter ready;
  private final Object monitor = new Object();
  private Host host = Host.STARTING; // guarded by monitor

  /** As the reference's. */
  public HelperThreadHandler(HealthReporter live, HealthReporter ready) {
    this.live = Objects.requireNonNull(live, "live");
    this.ready = Objects.requireNonNull(ready, "ready");
  }

  @Override
  public void started() {
    synchronized (monitor) {
      if (host == Host.STARTING) {
        host = Host.RUNNING;
      }
    }
  }

  @Override
  public void stopping() {
    synchronized (monitor) {
      host = Host.STOPPING;
    }
  }

  @Override
  public void stopped() {
    stopping();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean interrupted = false;
    try {
      exchange.getResponseHeaders().set("Cache-Control", "no-store, max-age=0");
      answer(exchange, exchange.getRequestURI().getRawPath());
    } catch (InterruptedException e) {
      interrupted = true;
      Replies.problem(exchange, 503, "interrupted");
    } finally {
      exchange.close();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void answer(HttpExchange exchange, String path) throws IOException, InterruptedException {
    boolean page = path.equals("/health");
    if (!page && !path.equals("/health/live") && !path.equals("/health/ready")) {
      Replies.problem(exchange, 404, "no such page");
      return;
    }
    if (!List.of("HEAD", "GET").contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "HEAD, GET");
      Replies.problem(exchange, 405, "only to be looked at");
      return;
    }
    if (page) {
      Replies.bytes(exchange, 200, "text/html; charset=UTF-8", HealthPage.bytes());
    } else if (path.endsWith("live")) {
      var report = report(live);
      send(exchange, report.status(), null, report);
    } else {
      var report = report(ready);
      Host now;
      synchronized (monitor) {
        now = host;
      }
      send(exchange, now == Host.RUNNING ? report.status() : HealthStatus.UNHEALTHY, now, report);
    }
  }

  private static HealthReport report(HealthReporter reporter) throws InterruptedException {
    var task = new FutureTask<>(reporter::report);
    Thread.ofVirtual().name("report").start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException) {
        throw new InterruptedException("the report was interrupted");
      }
      throw new IllegalStateException("no report", e.getCause());
    }
  }

  private static void send(
      HttpExchange exchange, HealthStatus status, @Nullable Host host, HealthReport report)
      throws IOException {
    var body = new LinkedHashMap<String, Object>();
    if (host != null) {
      body.put("host", small(host));
    }
    body.put(
        "checks",
        report.checks().stream()
            .map(
                entry ->
                    Map.of(
                        "durationMs", entry.duration().toNanos() / 1_000_000.0,
                        "name", entry.name(),
                        "status", small(entry.result().status()),
                        "description", entry.result().description()))
            .toList());
    body.put("status", small(status));
    Replies.json(exchange, status == HealthStatus.UNHEALTHY ? 503 : 200, body);
  }

  private static String small(Enum<?> value) {
    return value.toString().toLowerCase(Locale.ENGLISH);
  }
}
