package workbook.contracts.health;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import workbook.checker.Gate;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.checker.http.Wire.Answer;
import workbook.contracts.shared.Answers;
import workbook.health.HealthEndpoint;
import workbook.health.HealthReport;
import workbook.health.HealthReporter;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;

/** An endpoint under test on a server, and the two reporters that it was given. */
final class HealthBench {

  /** Makes the endpoint under test. */
  interface Factory {
    HealthEndpoint create(HealthReporter live, HealthReporter ready);
  }

  static final String LIVE = "/health/live";
  static final String READY = "/health/ready";

  final Trial trial;
  final StandIn live;
  final StandIn ready;
  final HealthEndpoint endpoint;
  final Wire wire;
  final Answers answers;

  HealthBench(Trial trial, Factory factory) throws IOException {
    this.trial = trial;
    live = new StandIn();
    ready = new StandIn();
    endpoint = trial.subject(factory.create(live, ready));
    wire = new Wire(trial, "/health", endpoint);
    answers = new Answers(trial);
  }

  /** A reporter that says what the rule tells it to. */
  static final class StandIn implements HealthReporter {

    final AtomicInteger asked = new AtomicInteger();
    volatile HealthReport report = HealthBench.report(HealthStatus.HEALTHY);
    volatile @Nullable Gate gate;
    volatile boolean interrupted;

    @Override
    public HealthReport report() throws InterruptedException {
      asked.incrementAndGet();
      if (interrupted) {
        throw new InterruptedException("hunter2 is no password of db-7");
      }
      var hold = gate;
      if (hold != null) {
        hold.pass();
      }
      return report;
    }

    void holdAt(Gate shut) {
      gate = shut;
    }
  }

  /** A report with one check of this status. */
  static HealthReport report(HealthStatus status) {
    return new HealthReport(
        status, List.of(entry("mail", new HealthResult(status, "as it is"), 12)));
  }

  static HealthReport.Entry entry(String name, HealthResult result, long millis) {
    return new HealthReport.Entry(name, result, Duration.ofMillis(millis));
  }

  HealthBench started() {
    event("started", endpoint::started);
    return this;
  }

  void event(String name, Runnable event) {
    trial.note(name);
    var heard =
        trial.start(
            "host",
            () -> {
              event.run();
              return "normally";
            });
    trial.expectReturn(name + " returns at once", heard);
  }

  Answer get(String path) {
    return wire.send("GET", path);
  }

  /** The document of an answer that has this status. */
  Map<String, @Nullable Object> document(String when, Answer answer, int status) {
    trial.expect(when + answer.request() + " is answered " + status, answer.status(), status);
    trial.lookAt("durationMs", "handle");
    answers.expectJsonType(answer);
    var document = answers.json(answer);
    trial.lookAt();
    return document;
  }

  /** Asks, and expects a status of the answer and in its document. */
  Map<String, @Nullable Object> expect(String when, String path, int status, String word) {
    var document = document(when, get(path), status);
    trial.lookAt("durationMs", "handle");
    expectMember(document, "status", word);
    trial.lookAt();
    return document;
  }

  void expectMember(Map<String, @Nullable Object> document, String name, String value) {
    trial.expectThat(
        "the member %s is \"%s\"".formatted(name, value),
        value.equals(document.get(name)),
        "the document is " + Wire.escaped(document.toString()));
  }

  /** The list of checks in a document. */
  List<Map<?, ?>> checks(Map<String, @Nullable Object> document) {
    var checks = new ArrayList<Map<?, ?>>();
    if (document.get("checks") instanceof List<?> list) {
      list.forEach(each -> checks.add(each instanceof Map<?, ?> check ? check : Map.of()));
      return checks;
    }
    throw trial.broken(
        "the member checks is a list", "the document is " + Wire.escaped(document.toString()));
  }

  /** Handles a request, and tells how its interrupt was lost: an empty text if it was not. */
  String handleInterrupted(HttpExchange exchange) throws IOException {
    try {
      endpoint.handle(exchange);
      return Thread.interrupted() ? "" : "it returned, and the flag was clear";
    } catch (InterruptedIOException e) {
      return "";
    }
  }

  void expectNoStore(Answer answer) {
    var control = answer.header("cache-control").orElse("none");
    trial.expectThat(
        "the %d to %s has Cache-Control: no-store".formatted(answer.status(), answer.request()),
        Arrays.stream(control.split(",")).map(String::strip).anyMatch("no-store"::equals),
        "Cache-Control: " + control);
  }

  void expectAsked(String when, int liveTimes, int readyTimes) {
    trial.expectThat(
        "%s, reports asked for: live %d, ready %d".formatted(when, liveTimes, readyTimes),
        live.asked.get() == liveTimes && ready.asked.get() == readyTimes,
        "live %d, ready %d".formatted(live.asked.get(), ready.asked.get()));
  }

  /** Waits until a request has reached a reporter. */
  void expectReached(String expected, StandIn reporter, int times) {
    trial.expectSoon(
        expected,
        () -> reporter.asked.get() >= times,
        () -> "it has been asked " + ReportBench.times(reporter.asked.get()));
  }
}
