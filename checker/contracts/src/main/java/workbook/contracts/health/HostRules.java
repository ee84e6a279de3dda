package workbook.contracts.health;

import static workbook.health.HealthStatus.DEGRADED;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import workbook.checker.Rule;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.health.HealthEndpoint;
import workbook.health.HealthReporter;

/** What live and ready have to do with each other and with the host. */
abstract class HostRules {

  private static final String LIVE = "/health/live";
  private static final String READY = "/health/ready";

  /**
   * Makes the endpoint under test. It has not heard of the host yet.
   *
   * @param live reports whether the process works
   * @param ready reports whether the application can do its work
   * @return a new endpoint
   */
  protected abstract HealthEndpoint create(HealthReporter live, HealthReporter ready);

  final HealthBench bench(Trial trial) throws IOException {
    return new HealthBench(trial, this::create);
  }

  /** A database that is down is no reason to kill the process. */
  @Rule(
      number = "7.26",
      says =
          "Live MUST ask the live reporter only, ready the ready one only, once for each request.",
      check = "which reporter is asked on which path; results that are kept from the last request",
      lookAt = "handle")
  void separate(Trial trial) throws IOException {
    trial.setUp("a started host; the database is down: ready reports unhealthy, live healthy");
    var bench = bench(trial).started();
    bench.ready.report = HealthBench.report(UNHEALTHY);
    bench.expect("", LIVE, 200, "healthy");
    bench.expectAsked("after one GET of live", 1, 0);
    bench.expect("", READY, 503, "unhealthy");
    bench.expectAsked("after one GET of each", 1, 1);
    bench.live.report = HealthBench.report(UNHEALTHY);
    bench.ready.report = HealthBench.report(DEGRADED);
    bench.expect("when live is unhealthy, ", LIVE, 503, "unhealthy");
    bench.expect("when live is unhealthy, ", READY, 200, "degraded");
    bench.expectAsked("after two GETs of each", 2, 2);
  }

  /** Ready is said by the host, too. */
  @Rule(
      number = "7.27",
      says =
          "Ready MUST be unhealthy, host 'starting', until the host has started; then 'running'.",
      check =
          "what ready says before started was heard; that the members status and host agree with"
              + " the status code; toLowerCase without a locale",
      lookAt = "handle")
  void starting(Trial trial) throws IOException {
    trial.setUp("every check is healthy; ready before and after started; the JVM speaks Turkish");
    var locale = Locale.getDefault();
    trial.afterwards(() -> Locale.setDefault(locale));
    Locale.setDefault(Locale.forLanguageTag("tr")); // in which a small I has no dot
    var bench = bench(trial);
    var document = bench.expect("before started, ", READY, 503, "unhealthy");
    bench.expectMember(document, "host", "starting");
    bench.started();
    document = bench.expect("after started, ", READY, 200, "healthy");
    bench.expectMember(document, "host", "running");
  }

  /** Nothing has been stopped yet, and nobody sends work any more. */
  @Rule(
      number = "7.28",
      says =
          "From stopping on ready MUST be unhealthy, host 'stopping', whatever its checks say, for"
              + " good.",
      check =
          "that stopping is heard, and that it decides whatever the checks say; a host that stops"
              + " before it has started",
      lookAt = "handle")
  void stopping(Trial trial) throws IOException {
    trial.setUp("every check is healthy; stopping, then stopped; a host whose start failed");
    var bench = bench(trial).started();
    bench.expect("while the host runs, ", READY, 200, "healthy");
    bench.event("stopping", bench.endpoint::stopping);
    var document = bench.expect("after stopping, ", READY, 503, "unhealthy");
    bench.expectMember(document, "host", "stopping");
    bench.event("stopped", bench.endpoint::stopped);
    document = bench.expect("after stopped, ", READY, 503, "unhealthy");
    bench.expectMember(document, "host", "stopping");
    trial.expect("it holds the report's one check", bench.checks(document).size(), 1);

    var failed = bench(trial);
    failed.event("stopping", failed.endpoint::stopping);
    document = failed.expect("when it never started, ", READY, 503, "unhealthy");
    failed.expectMember(document, "host", "stopping");
  }

  /** Who drains must not be killed. */
  @Rule(
      number = "7.29",
      says = "Live MUST NOT depend on the host: not on its start, nor on its stop.",
      check = "that live does not look at the host",
      lookAt = "handle")
  void liveAllTheTime(Trial trial) throws IOException {
    trial.setUp("every check is healthy; live while the host starts, runs, stops, has stopped");
    var bench = bench(trial);
    var document = bench.expect("before started, ", LIVE, 200, "healthy");
    trial.expectThat(
        "live says nothing of the host",
        !document.containsKey("host"),
        "the document is " + Wire.escaped(document.toString()));
    bench.started();
    bench.expect("after started, ", LIVE, 200, "healthy");
    bench.event("stopping", bench.endpoint::stopping);
    bench.expect("after stopping, ", LIVE, 200, "healthy");
    bench.event("stopped", bench.endpoint::stopped);
    bench.expect("after stopped, ", LIVE, 200, "healthy");
  }

  /** The host waits for its listeners. */
  @Rule(
      number = "7.30",
      says = "An event of the host MUST NOT wait for a request whose report takes long.",
      check =
          "a lock that a request holds while it makes its report; reports that are made in"
              + " stopping",
      lookAt = "handle")
  void eventsDoNotWait(Trial trial) throws IOException {
    trial.setUp("live, then ready, hangs and is asked for; then started, stopping and stopped");
    for (var path : List.of(LIVE, READY)) {
      var bench = bench(trial);
      var gate = trial.gate();
      var reporter = path.equals(LIVE) ? bench.live : bench.ready;
      reporter.holdAt(gate);
      try (var connection = bench.wire.connect()) {
        connection.send("GET", path);
        trial.note("GET " + path + ", no answer yet");
        bench.expectReached("GET " + path + " asks its reporter", reporter, 1);
        bench.event("started", bench.endpoint::started);
        bench.event("stopping", bench.endpoint::stopping);
        bench.event("stopped", bench.endpoint::stopped);
        gate.open();
        connection.answer();
      }
    }
  }

  /**
   * After stopping has returned, the host stops its services: an answer that was on its way must
   * not say that they are there.
   */
  @Rule(
      number = "7.31",
      says =
          "A ready answer sent after stopping has returned MUST NOT be healthy, whenever it was"
              + " asked.",
      check = "when the host's state is looked at: before the report it is too early",
      lookAt = "handle")
  void onItsWay(Trial trial) throws IOException {
    trial.setUp("ready is asked for, its healthy report takes long, the host stops meanwhile");
    var bench = bench(trial).started();
    var gate = trial.gate();
    bench.ready.holdAt(gate);
    try (var connection = bench.wire.connect()) {
      connection.send("GET", READY);
      trial.note("GET /health/ready, no answer yet");
      bench.expectReached("GET /health/ready asks its reporter", bench.ready, 1);
      bench.event("stopping", bench.endpoint::stopping);
      trial.note("the report is there, healthy");
      gate.open();
      var document = bench.document("asked before stopping, ", connection.answer(), 503);
      bench.expectMember(document, "status", "unhealthy");
      bench.expectMember(document, "host", "stopping");
    }
  }
}
