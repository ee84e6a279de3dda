package workbook.contracts.health;

import static workbook.health.HealthStatus.DEGRADED;
import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import workbook.checker.Rule;
import workbook.checker.Step;
import workbook.checker.Trial;
import workbook.checker.WorkbookModule;
import workbook.checker.http.Wire;
import workbook.health.HealthReport;
import workbook.health.HealthResult;

/** The rules of health over HTTP: what an answer is. */
@Tag("step-3")
@Step(module = WorkbookModule.HEALTH, number = 3, type = "HealthHandler")
public abstract class HealthHandlerContract extends HostRules {

  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";

  /** A contract is stateless. */
  protected HealthHandlerContract() {}

  /** The status code is for machines. */
  @Rule(
      number = "7.32",
      says = "Healthy and degraded MUST be answered 200, unhealthy 503, each with its JSON.",
      check =
          "the three statuses, for both paths; that an unhealthy answer has a body like any other;"
              + " that the path is taken without the query",
      lookAt = "handle")
  void statuses(Trial trial) throws IOException {
    trial.setUp(
        "a started host; reports of each status, from live and from ready, the last time with a"
            + " query");
    var bench = bench(trial).started();
    for (var path : List.of(LIVE, READY)) {
      for (var status : List.of(HEALTHY, DEGRADED, UNHEALTHY, HEALTHY)) {
        var reporter = path.equals(LIVE) ? bench.live : bench.ready;
        reporter.report = HealthBench.report(status);
        trial.note("the report is " + status);
        var word = status.name().toLowerCase(Locale.ROOT);
        bench.expect("", path, status == UNHEALTHY ? 503 : 200, word);
      }
      bench.expect("", path + "?at=1", 200, "healthy");
    }
  }

  /** The body is for those who want to know why. */
  @Rule(
      number = "7.33",
      says =
          "The JSON MUST hold each check in order: name, status, description and durationMs,"
              + " whatever their texts.",
      check =
          "the names of the members; durationMs as a number, not as a text; texts with quotes, line"
              + " breaks and letters of any script, which Replies knows to escape",
      lookAt = "handle")
  void document(Trial trial) throws IOException {
    trial.setUp("three checks, with quotes, a backslash, a line break, markup and \\u00fc in them");
    var name = "db \"main\" \\ </script><b>";
    var description = "line 1\nline 2\t\u00fc \u2713 \u0001";
    var report =
        new HealthReport(
            UNHEALTHY,
            List.of(
                HealthBench.entry("zeta", HealthResult.healthy("fine"), 0),
                HealthBench.entry(name, HealthResult.unhealthy(description), 1_500),
                HealthBench.entry("alpha", HealthResult.degraded(""), 20)));
    var bench = bench(trial).started();
    bench.live.report = report;
    bench.ready.report = report;
    for (var path : List.of(LIVE, READY)) {
      var checks = bench.checks(bench.expect("", path, 503, "unhealthy"));
      expectAll(trial, checks, "name", List.of("zeta", name, "alpha"));
      expectAll(trial, checks, "status", List.of("healthy", "unhealthy", "degraded"));
      expectAll(trial, checks, "description", List.of("fine", description, ""));
      expectAll(trial, checks, "durationMs", List.of("0.0", "1500.0", "20.0"));
    }
  }

  private static void expectAll(
      Trial trial, List<Map<?, ?>> checks, String member, List<String> wanted) {
    var escaped = wanted.stream().map(Wire::escaped).toList();
    trial.expect(
        "the checks have, in order, as " + member + ": " + escaped,
        checks.stream().map(check -> Wire.escaped(member(check, member))).toList().toString(),
        escaped.toString());
  }

  private static String member(Map<?, ?> check, String name) {
    var value = check.get(name);
    boolean text = value instanceof String;
    return name.equals("durationMs") && text ? "the text " + value : String.valueOf(value);
  }

  /** An old answer about health is a wrong one. */
  @Rule(
      number = "7.34",
      says = "Live, ready and the page MUST carry Cache-Control: no-store, whatever their status.",
      check =
          "that the header is set before the answer is sent, on a 503 as on a 200, and on the page",
      lookAt = "handle")
  void noStore(Trial trial) throws IOException {
    trial.setUp("live, ready and the page, healthy, unhealthy and interrupted");
    var bench = bench(trial).started();
    for (var status : List.of(HEALTHY, UNHEALTHY)) {
      bench.live.report = HealthBench.report(status);
      bench.ready.report = HealthBench.report(status);
      for (var path : List.of(LIVE, READY, "/health")) {
        bench.expectNoStore(bench.get(path));
      }
    }
    bench.live.interrupted = true;
    bench.ready.interrupted = true;
    trial.note("reports are interrupted");
    var wire = new Wire(trial, "/health", exchange -> handled(bench, exchange));
    for (var path : List.of(LIVE, READY)) {
      bench.expectNoStore(wire.send("GET", path));
      wire.expectIdle();
    }
  }

  /** A page for a person. */
  @Rule(
      number = "7.35",
      says = "GET on /health MUST give the HealthPage as text/html, and ask no reporter.",
      check =
          "the path /health itself; the content type, with its charset; that the page is sent as it"
              + " is, and asks for the reports itself",
      lookAt = "handle")
  void page(Trial trial) throws IOException {
    trial.setUp("GET on /health, of a host that has not started, and of one that is unhealthy");
    var bench = bench(trial);
    bench.ready.report = HealthBench.report(UNHEALTHY);
    for (int round = 1; round <= 2; round++) {
      var answer = bench.get("/health");
      trial.expect("the page is answered 200", answer.status(), 200);
      trial.expect("its type is text/html", answer.mediaType(), "text/html");
      trial.expectThat(
          "its body is HealthPage.bytes()",
          Arrays.equals(answer.body(), workbook.health.HealthPage.bytes()),
          "it has " + answer.body().length + " bytes, which differ");
      bench.started();
    }
    bench.expectAsked("for two pages", 0, 0);
  }

  /** What is not there is not there. */
  @Rule(
      number = "7.36",
      says =
          "An unknown path MUST be answered 404, another method 405 with Allow, both with a"
              + " problem.",
      check =
          "that the server hands over every path that begins with /health, so that the handler must"
              + " look at the whole of it",
      lookAt = "handle")
  void unknown(Trial trial) throws IOException {
    trial.setUp("paths that begin like known ones; POST, PUT and DELETE on the known ones");
    var bench = bench(trial).started();
    var paths =
        List.of("/healthy", "/health/other", "/health/live/x", "/health/liveness", "/health/Live");
    for (var path : paths) {
      bench.expectProblem(bench.get(path), 404);
    }
    for (var path : List.of("/health", LIVE, READY)) {
      for (var method : List.of("POST", "PUT", "DELETE")) {
        var answer = bench.wire.send(method, path, "text/plain", new byte[] {1});
        bench.expectProblem(answer, 405);
        var allow = answer.header("allow").orElse("none");
        var methods = Arrays.stream(allow.split(",")).map(String::strip).toList();
        trial.expectThat(
            "an Allow header with GET and without " + method,
            methods.contains("GET") && !methods.contains(method),
            "Allow: " + allow);
      }
    }
    bench.expectAsked("for none of these", 0, 0);
  }

  /** Whoever polls keeps its connection. */
  @Rule(
      number = "7.37",
      says = "A connection MUST be usable again after each answer, which MUST have a length.",
      check =
          "that the exchange is closed on every path, by try-with-resources or finally; the length"
              + " handed to sendResponseHeaders",
      lookAt = "handle")
  void connection(Trial trial) throws IOException {
    trial.setUp("six requests on one connection: live, ready, 503, the page, 404, 405");
    var bench = bench(trial).started();
    record Request(String method, String path, int status) {}
    var requests =
        List.of(
            new Request("GET", LIVE, 200),
            new Request("GET", READY, 503),
            new Request("GET", "/health", 200),
            new Request("GET", "/healthy", 404),
            new Request("DELETE", LIVE, 405),
            new Request("GET", LIVE, 200));
    bench.ready.report = HealthBench.report(UNHEALTHY);
    try (var connection = bench.wire.connect()) {
      for (var request : requests) {
        var answer =
            connection
                .send(request.method(), request.path())
                .answer("a request on a connection that was used before is answered");
        trial.expect(
            answer.request() + " is answered " + request.status(),
            answer.status(),
            request.status());
        trial.expectThat(
            answer.request() + " has a Content-Length",
            answer.header("content-length").isPresent(),
            "Transfer-Encoding: " + answer.header("transfer-encoding").orElse("none"));
        bench.wire.expectClosed();
      }
    }
  }

  /** A slow report is slow alone. */
  @Rule(
      number = "7.38",
      says = "Requests MUST NOT wait for each other.",
      check = "synchronized or a lock around the whole of handle",
      lookAt = "handle")
  void sideBySide(Trial trial) throws IOException {
    trial.setUp("ready hangs; meanwhile live, ready once more, and the page");
    var bench = bench(trial).started();
    var gate = trial.gate();
    bench.ready.holdAt(gate);
    try (var slow = bench.wire.connect();
        var other = bench.wire.connect()) {
      slow.send("GET", READY);
      trial.note("GET /health/ready, no answer yet");
      bench.expectReached("GET /health/ready asks its reporter", bench.ready, 1);
      trial.expect("meanwhile, live is answered 200", bench.get(LIVE).status(), 200);
      trial.expect("meanwhile, the page is answered 200", bench.get("/health").status(), 200);
      other.send("GET", READY);
      bench.expectReached("a second GET /health/ready asks it, too", bench.ready, 2);
      trial.note("the report is there");
      gate.open();
      trial.expect("the slow request is answered 200", slow.answer().status(), 200);
      trial.expect("the other one is answered 200", other.answer().status(), 200);
    }
  }

  /** An interrupt is meant for the thread. */
  @Rule(
      number = "7.39",
      says = "An interrupted report MUST be answered 503, and the interrupt MUST NOT be lost.",
      check =
          "the catch around report: the flag is set again, or the exception goes on as an"
              + " InterruptedIOException; not before the answer is out, for a set flag closes its"
              + " channel",
      lookAt = "handle")
  void interrupted(Trial trial) throws IOException {
    trial.setUp("reporters that throw InterruptedException, as when their thread is interrupted");
    for (var path : List.of(LIVE, READY)) {
      var lost = new AtomicReference<>("");
      var bench = bench(trial).started();
      bench.live.interrupted = true;
      bench.ready.interrupted = true;
      var wire = new Wire(trial, "/health", exchange -> lost.set(handled(bench, exchange)));
      trial.expect(path + " is answered 503", wire.send("GET", path).status(), 503);
      wire.expectIdle();
      trial.expectThat(
          "the flag is set, or the exception goes on", lost.get().isEmpty(), lost.get());
    }
  }

  /** What has become of the interrupt; nothing if it is still there. */
  private static String handled(HealthBench bench, HttpExchange exchange) throws IOException {
    try {
      bench.endpoint.handle(exchange);
      return Thread.interrupted() ? "" : "handle returned, and the flag was clear";
    } catch (InterruptedIOException e) {
      return "";
    }
  }

  /** What cannot work is refused when it is made. */
  @Rule(
      number = "7.40",
      says = "A live or ready reporter that is null MUST be refused.",
      check = "the null checks at the door, and that their messages name the argument",
      lookAt = "<init>")
  void arguments(Trial trial) throws IOException {
    trial.setUp("an endpoint with null for one of its reporters");
    var report = HealthBench.report(HEALTHY);
    trial.subject(create(() -> report, () -> report));
    trial.expectRefused("live that is null", () -> create(Trial.noValue(), () -> report));
    trial.expectRefused("ready that is null", () -> create(() -> report, Trial.noValue()));
  }
}
