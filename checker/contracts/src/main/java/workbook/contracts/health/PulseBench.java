package workbook.contracts.health;

import java.time.Duration;
import workbook.checker.Trial;
import workbook.health.HealthCheck;
import workbook.health.HealthResult;
import workbook.health.HealthStatus;
import workbook.health.Pulse;
import workbook.hosting.BackgroundService;
import workbook.hosting.CancellationToken;
import workbook.hosting.Deadline;
import workbook.hosting.HostedService;
import workbook.hosting.TimeSource;
import workbook.hosting.Work;

/** A pulse under test, and its two checks, which are made before anything happens. */
final class PulseBench {

  static final Duration LIMIT = Duration.ofSeconds(5);
  static final long HOUR = 3_600_000;
  static final HealthStatus GOOD = HealthStatus.HEALTHY;
  static final HealthStatus BAD = HealthStatus.UNHEALTHY;

  final Trial trial;
  final Pulse pulse;
  final HealthCheck live;
  final HealthCheck ready;

  PulseBench(Trial trial, Pulse pulse) {
    this.trial = trial;
    this.pulse = trial.subject(pulse);
    live = pulse.live();
    ready = pulse.ready();
  }

  void beat() {
    var beat =
        trial.start(
            "worker",
            () -> {
              trial.note("beat");
              pulse.beat();
              return "normally";
            });
    trial.expectReturn("beat returns at once", beat);
  }

  void expect(String when, String word, HealthStatus isLive, HealthStatus isReady) {
    expect(when + ", live", live, word, isLive);
    expect(when + ", ready", ready, word, isReady);
  }

  private void expect(String which, HealthCheck check, String word, HealthStatus status) {
    var result = look(which, check);
    trial.expectThat(
        "%s is %s, and its description begins with '%s'".formatted(which, status, word),
        result.status() == status && result.description().startsWith(word),
        "it is %s: %s".formatted(result.status(), result.description()));
  }

  HealthResult look(String which, HealthCheck check) {
    var result = trial.expectReturn(which + " answers at once", trial.start("asker", check::check));
    trial.expectThat(which + " gives a result", result != null, "null");
    return result;
  }

  /** A real service that does this, watched, and ended with the trial. */
  HostedService watched(Work work) {
    var service = service(work);
    pulse.watch(service);
    trial.afterwards(() -> service.stop(Deadline.after(Duration.ZERO, TimeSource.system())));
    return service;
  }

  void expectEnd(HostedService service) throws Exception {
    var completion = service.completion().toCompletableFuture();
    trial.expectSoon("the service ends", completion::isDone, () -> "it goes on");
    // Its thread, too: by then all who wait for the completion have been told.
    service.stop(Deadline.after(Duration.ofMinutes(1), TimeSource.system()));
    trial.note("the service has ended");
  }

  private static HostedService service(Work work) {
    return new BackgroundService("mailer") {
      @Override
      protected void execute(CancellationToken stopping) throws Exception {
        work.run(stopping);
      }
    };
  }
}
