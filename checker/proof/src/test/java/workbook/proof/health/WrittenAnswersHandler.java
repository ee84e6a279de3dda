package workbook.proof.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import workbook.health.HealthEndpoint;
import workbook.health.HealthPage;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;

/**
 * Right: the events of the host are bits of one number; an answer is worked out whole and then
 * written; its JSON, of the media type for health, is UTF-8 with as few escapes as may be.
 */
public final class WrittenAnswersHandler implements HealthEndpoint {

  private static final int STARTED = 1;
  private static final int STOPPING = 2;

  private final HealthReporter live;
  private final HealthReporter ready;
  private final AtomicInteger events = new AtomicInteger();

  private record Answer(int status, String type, byte[] body) {

    Answer(int status, String type, String body) {
      this(status, type, body.getBytes(UTF_8));
    }
  }

  /** As the reference's. */
  public WrittenAnswersHandler(HealthReporter live, HealthReporter ready) {
    if (live == null || ready == null) {
      throw new NullPointerException(live == null ? "live is missing" : "ready is missing");
    }
    this.live = live;
    this.ready = ready;
  }

  @Override
  public void started() {
    events.getAndUpdate(old -> old | STARTED);
  }

  @Override
  public void stopping() {
    events.getAndUpdate(old -> old | STOPPING);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    boolean wasInterrupted = false;
    Answer answer;
    var path = exchange.getRequestURI().getRawPath();
    var headers = exchange.getResponseHeaders();
    if (!path.matches("/health(/live|/ready)?")) {
      answer = new Answer(404, "application/problem+json", "{}");
    } else if (!exchange.getRequestMethod().equals("GET")) {
      headers.add("Allow", "GET");
      answer = new Answer(405, "application/problem+json", "{}");
    } else {
      headers.add("Pragma", "no-cache");
      headers.add("Cache-Control", "no-store");
      try {
        answer = get(path);
      } catch (InterruptedException e) {
        wasInterrupted = true;
        answer = new Answer(503, "text/plain", "interrupted");
      }
    }
    try {
      headers.set("Content-Type", answer.type);
      exchange.sendResponseHeaders(answer.status, answer.body.length);
      try (OutputStream out = exchange.getResponseBody()) {
        out.write(answer.body);
      }
    } finally {
      exchange.close();
      if (wasInterrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private Answer get(String path) throws InterruptedException {
    return switch (path) {
      case "/health/live" -> {
        var report = live.report();
        yield answer(report, small(report.status()), "");
      }
      case "/health/ready" -> {
        var report = ready.report();
        yield switch (events.get()) {
          case 0 -> answer(report, "unhealthy", "\"host\":\"starting\",");
          case STARTED -> answer(report, small(report.status()), "\"host\":\"running\",");
          default -> answer(report, "unhealthy", "\"host\":\"stopping\",");
        };
      }
      default -> new Answer(200, "text/html", HealthPage.bytes());
    };
  }

  private static Answer answer(HealthReport report, String status, String host) {
    var json = new StringBuilder("{" + host + "\"checks\":[");
    var comma = "";
    for (var entry : report.checks()) {
      json.append(comma).append("{\"name\":");
      text(json, entry.name());
      json.append(",\"status\":\"").append(small(entry.result().status()));
      json.append("\",\"durationMs\":").append(entry.duration().toMillis());
      json.append(",\"description\":");
      text(json, entry.result().description());
      json.append('}');
      comma = ",";
    }
    json.append("],\"status\":\"").append(status).append("\"}");
    int code = status.equals("unhealthy") ? 503 : 200;
    return new Answer(code, "application/health+json", json.toString());
  }

  private static String small(workbook.health.HealthStatus status) {
    return switch (status) {
      case HEALTHY -> "healthy";
      case DEGRADED -> "degraded";
      case UNHEALTHY -> "unhealthy";
    };
  }

  private static void text(StringBuilder json, String text) {
    json.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else if (c < ' ' || Character.isSurrogate(c)) {
        json.append("\\u%04x".formatted((int) c));
      } else {
        json.append(c);
      }
    }
    json.append('"');
  }
}
