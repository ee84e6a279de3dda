package workbook.contracts.health;

import static workbook.contracts.health.HealthBench.LIVE;
import static workbook.contracts.health.HealthBench.READY;
import static workbook.health.HealthStatus.DEGRADED;
import static workbook.health.HealthStatus.HEALTHY;
import static workbook.health.HealthStatus.UNHEALTHY;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import workbook.checker.Trial;
import workbook.checker.http.Wire;
import workbook.health.HealthReport;

/** How live and ready depend on their reporters and on the host. */
final class HostEvents {

  private HostEvents() {}

  // A database that is down is no reason to kill the process.
  static void separate(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("a started host; the database is down: ready reports unhealthy, live healthy");
    var bench = contract.bench(trial).started();
    bench.ready.report = HealthBench.report(UNHEALTHY);
    trial.lookAt("HealthReporter.report", "handle");
    bench.expect("", LIVE, 200, "healthy");
    trial.lookAt("HealthReporter.report", "handle");
    bench.expectAsked("after one GET of live", 1, 0);
    trial.lookAt();
    bench.expect("", READY, 503, "unhealthy");
    trial.lookAt("'host'", "handle");
    bench.expectAsked("after one GET of each", 1, 1);
    trial.lookAt();
    bench.live.report = HealthBench.report(UNHEALTHY);
    bench.ready.report = HealthBench.report(DEGRADED);
    bench.expect("when live is unhealthy, ", LIVE, 503, "unhealthy");
    bench.expect("when live is unhealthy, ", READY, 200, "degraded");
    bench.expectAsked("after two GETs of each", 2, 2);
  }

  static void starting(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp(
        "every check is healthy; ready before and after started; the language of the JVM is"
            + " Turkish");
    var locale = Locale.getDefault();
    trial.afterwards(() -> Locale.setDefault(locale));
    Locale.setDefault(Locale.forLanguageTag("tr")); // in which a small I has no dot
    var bench = contract.bench(trial);
    trial.lookAt("<init>");
    var document = bench.expect("before started, ", READY, 503, "unhealthy");
    var withChecks = bench.ready.report;
    bench.ready.report = new HealthReport(HEALTHY, List.of());
    trial.lookAt("'host'", "handle");
    bench.expect("before started, without any check, ", READY, 503, "unhealthy");
    bench.ready.report = withChecks;
    trial.lookAt("toLowerCase", "handle");
    bench.expectMember(document, "host", "starting");
    trial.lookAt("started");
    bench.started();
    document = bench.expect("after started, ", READY, 200, "healthy");
    bench.expectMember(document, "host", "running");
  }

  static void stopping(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("every check is healthy; stopping, then stopped; a host whose start failed");
    var bench = contract.bench(trial).started();
    bench.expect("while the host runs, ", READY, 200, "healthy");
    bench.event("stopping", bench.endpoint::stopping);
    trial.lookAt("stopping");
    var document = bench.expect("after stopping, ", READY, 503, "unhealthy");
    bench.expectMember(document, "host", "stopping");
    bench.event("stopped", bench.endpoint::stopped);
    trial.lookAt("stopped");
    document = bench.expect("after stopped, ", READY, 503, "unhealthy");
    trial.lookAt("stopped");
    bench.expectMember(document, "host", "stopping");
    trial.lookAt("'host'", "handle");
    trial.expect("it lists 1 check", bench.checks(document).size(), 1);

    var failed = contract.bench(trial);
    failed.event("stopping", failed.endpoint::stopping);
    document = failed.expect("when it never started, ", READY, 503, "unhealthy");
    failed.expectMember(document, "host", "stopping");
  }

  // A process that is not live gets killed, and one that drains must not be.
  static void liveAllTheTime(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("every check is healthy; live while the host starts, runs, stops and has stopped");
    var bench = contract.bench(trial);
    var document = bench.expect("before started, ", LIVE, 200, "healthy");
    trial.expectThat(
        "live does not mention the host",
        !document.containsKey("host"),
        "the document is " + Wire.escaped(document.toString()));
    bench.started();
    bench.expect("after started, ", LIVE, 200, "healthy");
    bench.event("stopping", bench.endpoint::stopping);
    bench.expect("after stopping, ", LIVE, 200, "healthy");
    bench.event("stopped", bench.endpoint::stopped);
    bench.expect("after stopped, ", LIVE, 200, "healthy");
  }

  // The host waits until its listeners return.
  static void eventsDoNotWait(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("live, then ready, whose report hangs; meanwhile started, stopping and stopped");
    for (var path : List.of(LIVE, READY)) {
      var bench = contract.bench(trial);
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

  // After stopping has returned, the host stops its services: what is answered from then on, even
  // if it was asked before, must not say that they are there.
  // Once stopping has returned, the host stops its services: an answer that was on its way must
  // not say that they are there.
  static void onItsWay(Trial trial, HealthHandlerContract contract) throws IOException {
    trial.setUp("ready, whose healthy report takes long; meanwhile the host stops");
    var bench = contract.bench(trial).started();
    var gate = trial.gate();
    bench.ready.holdAt(gate);
    try (var connection = bench.wire.connect()) {
      connection.send("GET", READY);
      trial.note("GET /health/ready, no answer yet");
      bench.expectReached("GET /health/ready asks its reporter", bench.ready, 1);
      bench.event("stopping", bench.endpoint::stopping);
      trial.note("the report is complete, and healthy");
      gate.open();
      var document = bench.document("asked before stopping, ", connection.answer(), 503);
      bench.expectMember(document, "status", "unhealthy");
      bench.expectMember(document, "host", "stopping");
    }
  }
}
