package workbook.contracts.health;

import static workbook.contracts.health.HealthBench.LIVE;
import static workbook.contracts.health.HealthBench.READY;
import static workbook.health.HealthStatus.DEGRADED;
import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.contracts.shared.DefaultCharset;
import workbook.health.HealthPage;
import workbook.health.HealthReport;
import workbook.health.HealthResult;

/** What live, ready and the page answer. */
final class HealthAnswers {

  private HealthAnswers() {}

  static void statuses(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp(
        "a started host; reports of each status, from live and from ready; then a request with a"
            + " query");
    var bench = contract.bench(trial).started();
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

  static void document(Trial trial, HealthHandlerContract contract) throws IOException {
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
    var bench = contract.bench(trial).started();
    bench.live.report = report;
    bench.ready.report = report;
    for (var path : List.of(LIVE, READY)) {
      var checks = bench.checks(bench.expect("", path, 503, "unhealthy"));
      expectAll(trial, checks, "name", List.of("zeta", name, "alpha"));
      expectAll(trial, checks, "status", List.of("healthy", "unhealthy", "degraded"));
      expectAll(trial, checks, "description", List.of("fine", description, ""));
      expectAll(trial, checks, "durationMs", List.of("0.0", "1500.0", "20.0"));
    }
    trial.setUp("your class files");
    DefaultCharset.expectNone(trial, contract.getClass());
  }

  static void noStore(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("live, ready and the page: healthy, unhealthy and interrupted");
    var bench = contract.bench(trial).started();
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
    var wire = new Wire(trial, "/health", exchange -> bench.handleInterrupted(exchange));
    for (var path : List.of(LIVE, READY)) {
      bench.expectNoStore(wire.send("GET", path));
      wire.expectIdle();
    }
  }

  static void page(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("GET /health before the host has started, and while it is unhealthy");
    var bench = contract.bench(trial);
    bench.ready.report = HealthBench.report(UNHEALTHY);
    for (int round = 1; round <= 2; round++) {
      var answer = bench.get("/health");
      trial.expect("the page is answered 200", answer.status(), 200);
      trial.expect("its content type is text/html", answer.mediaType(), "text/html");
      trial.expectThat(
          "its body is the %d bytes of HealthPage".formatted(HealthPage.bytes().length),
          Arrays.equals(answer.body(), HealthPage.bytes()),
          "it is " + answer.body().length + " bytes that differ");
      bench.started();
    }
    bench.expectAsked("after two GETs of the page", 0, 0);
  }

  private static void expectAll(
      Trial trial, List<Map<?, ?>> checks, String member, List<String> wanted) {
    var escaped = wanted.stream().map(Wire::escaped).toList();
    trial.expect(
        "the %s of each check, in order: %s".formatted(member, escaped),
        checks.stream().map(check -> Wire.escaped(member(check, member))).toList().toString(),
        escaped.toString());
  }

  private static String member(Map<?, ?> check, String name) {
    var value = check.get(name);
    boolean text = value instanceof String;
    return name.equals("durationMs") && text ? "the text " + value : String.valueOf(value);
  }
}
